// Foundation reads the file.
import Foundation

/// What a 64-bit little-endian ELF file says about how it is loaded. Source: System V ABI, "Program Header".
struct ExecutableFile {
    /// Whether the kernel must load another program first, the dynamic linker.
    let hasInterpreter: Bool
    /// Shared libraries it needs.
    let neededCount: Int

    private enum Segment: UInt32 {
        case dynamic = 2
        case interpreter = 3
    }

    private static let neededTag: UInt64 = 1
    private static let dynamicEntryBytes = 16

    init(path: String) throws {
        let file = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        guard file.count > 64, Array(file[0..<6]) == [0x7f, 0x45, 0x4c, 0x46, 2, 1] else {
            throw ProgramFailure(words: "\(path) is no 64-bit ELF file")
        }
        func number<Number: FixedWidthInteger>(at offset: Int, _: Number.Type) -> Number {
            file[offset..<offset + Number.bitWidth / 8].reversed().reduce(0) { $0 << 8 | Number($1) }
        }
        let table = Int(number(at: 32, UInt64.self))
        let entryBytes = Int(number(at: 54, UInt16.self))
        var hasInterpreter = false
        var neededCount = 0
        for index in 0..<Int(number(at: 56, UInt16.self)) {
            let header = table + index * entryBytes
            switch Segment(rawValue: number(at: header, UInt32.self)) {
            case .interpreter: hasInterpreter = true
            case .dynamic:
                let start = Int(number(at: header + 8, UInt64.self))
                let length = Int(number(at: header + 32, UInt64.self))
                for entry in stride(from: start, to: start + length, by: Self.dynamicEntryBytes)
                where number(at: entry, UInt64.self) == Self.neededTag {
                    neededCount += 1
                }
            case nil: break
            }
        }
        self.hasInterpreter = hasInterpreter
        self.neededCount = neededCount
    }
}
