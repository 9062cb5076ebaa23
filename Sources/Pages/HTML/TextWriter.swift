/// Puts lines of plain text together: white space is one blank, at most one line is empty, and characters
/// that no reader sees are left out.
struct TextWriter {
    private var bytes: [UInt8] = []
    private let limitBytes: Int
    /// Line ends before what is written next.
    private var lineEnds = 0
    private var hasBlank = false
    private var hasCellEnd = false
    private var prefix = ""
    private(set) var isFull = false

    /// - Parameter limitBytes: In UTF-8; what is beyond is left out.
    init(limitBytes: Int) { self.limitBytes = limitBytes }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    mutating func write(_ text: String) {
        for scalar in text.unicodeScalars {
            if scalar.properties.isWhitespace {
                hasBlank = true
            } else if !Self.isHidden(scalar) {
                write(scalar)
            }
        }
    }

    /// What follows begins a line.
    ///
    /// - Parameter isParagraph: Whether an empty line comes before.
    mutating func endLine(isParagraph: Bool = false) {
        lineEnds = max(lineEnds, isParagraph ? 2 : 1)
        hasBlank = false
        hasCellEnd = false
    }

    /// What stands before the next text, such as `- ` for an item of a list.
    mutating func begin(with prefix: String) { self.prefix = prefix }

    mutating func endCell() { hasCellEnd = lineEnds == 0 && !bytes.isEmpty }

    private mutating func write(_ scalar: Unicode.Scalar) {
        guard !isFull else { return }
        var next: [UInt8] = []
        if !bytes.isEmpty {
            if lineEnds > 0 {
                next += [UInt8](repeating: UInt8(ascii: "\n"), count: lineEnds)
            } else if hasCellEnd {
                next += " | ".utf8
            } else if hasBlank {
                next.append(UInt8(ascii: " "))
            }
        }
        next += prefix.utf8
        next += UTF8.encode(scalar).map(Array.init) ?? []
        guard bytes.count + next.count <= limitBytes else {
            isFull = true
            return
        }
        bytes += next
        (lineEnds, hasBlank, hasCellEnd, prefix) = (0, false, false, "")
    }

    /// Control and format characters, such as those that turn the direction of writing or take no room: they
    /// may hide words from a person that a model would read.
    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7f }
        if scalar.properties.isDefaultIgnorableCodePoint { return true }
        switch scalar.properties.generalCategory {
        case .control, .format, .privateUse, .surrogate, .unassigned: return true
        default: return false
        }
    }
}
