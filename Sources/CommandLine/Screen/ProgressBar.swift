import Foundation

/// How far a long step has come: a bar that is written over itself on a terminal, and nothing elsewhere.
struct ProgressBar {
    static let width = 24

    let style: Style
    let title: String

    func show(_ done: Int, of count: Int) {
        guard isTerminal else { return }
        let fraction = count == 0 ? 1 : Double(done) / Double(count)
        let bar = Style.padded(Style.bar(fraction, width: Self.width), Self.width)
        print("\r\(title) \(style.colored(bar, .cyan)) \(done)/\(count)", terminator: "")
        if done >= count { print() }
        fflush(nil)
    }
}
