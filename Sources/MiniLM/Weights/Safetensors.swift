/// The tensors of a safetensors file that is in memory.
package struct Safetensors {
    /// The whole file.
    package let bytes: [UInt8]
    private let entries: [String: SafetensorsHeader.Entry]
    private let firstByte: Int

    /// Of one number.
    enum Format: String {
        case single = "F32"
        case half = "F16"

        var bytes: Int {
            switch self {
            case .single: 4
            case .half: 2
            }
        }
    }

    /// Where one tensor lies; not aligned.
    struct Tensor {
        let name: String
        let format: Format
        let range: Range<Int>
    }

    /// - Throws: ``MiniLMFailure/notSafetensors(reason:)`` when a length or an offset leads out of the
    ///   bytes, or two tensors share some.
    package init(_ bytes: [UInt8]) throws(MiniLMFailure) {
        guard bytes.count >= Self.lengthBytes else {
            throw .notSafetensors(reason: "it has \(bytes.count) bytes")
        }
        let length = bytes.prefix(Self.lengthBytes).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length <= SafetensorsHeader.greatestBytes, Int(length) <= bytes.count - Self.lengthBytes else {
            throw .notSafetensors(reason: "it has \(bytes.count) bytes, its header is said to have \(length)")
        }
        firstByte = Self.lengthBytes + Int(length)
        entries = try SafetensorsHeader(bytes[Self.lengthBytes..<firstByte]).entries
        self.bytes = bytes
        var end = 0
        for (name, entry) in entries.sorted(by: { $0.value.range.lowerBound < $1.value.range.lowerBound })
        where !entry.range.isEmpty {
            guard entry.range.lowerBound >= end else {
                throw .notSafetensors(reason: "the tensor \(name) lies over another one")
            }
            end = entry.range.upperBound
        }
        guard end <= bytes.count - firstByte else {
            throw .notSafetensors(
                reason: "its tensors have \(end) bytes, \(bytes.count - firstByte) are there")
        }
    }

    /// - Parameter shape: Rows first.
    func tensor(_ name: String, _ shape: [Int]) throws(MiniLMFailure) -> Tensor {
        guard let entry = entries[name] else { throw .missingTensor(name) }
        guard let format = Format(rawValue: entry.type) else {
            throw .wrongType(tensor: name, found: entry.type)
        }
        guard entry.shape == shape else {
            throw .wrongShape(tensor: name, expected: shape, found: entry.shape)
        }
        let count = shape.reduce(1, *) * format.bytes
        guard entry.range.count == count else {
            throw .notSafetensors(
                reason: "\(name) takes \(entry.range.count) bytes, its shape asks for \(count)")
        }
        let tensor = Tensor(
            name: name, format: format,
            range: firstByte + entry.range.lowerBound..<firstByte + entry.range.upperBound)
        guard isFinite(tensor) else { throw .notFinite(tensor: name) }
        return tensor
    }

    /// All values, as single precision.
    package func floats(_ name: String, _ shape: [Int]) throws(MiniLMFailure) -> [Float] {
        let tensor = try tensor(name, shape)
        return bytes.withUnsafeBytes { bytes in
            let source = UnsafeRawBufferPointer(rebasing: bytes[tensor.range])
            switch tensor.format {
            case .single:
                return (0..<source.count / 4).map {
                    source.loadUnaligned(fromByteOffset: 4 * $0, as: Float.self)
                }
            case .half:
                return (0..<source.count / 2).map {
                    Half.float(source.loadUnaligned(fromByteOffset: 2 * $0, as: UInt16.self))
                }
            }
        }
    }

    private static let lengthBytes = 8

    /// An infinite number and one that is none have an exponent of ones.
    private func isFinite(_ tensor: Tensor) -> Bool {
        bytes.withUnsafeBytes { bytes in
            let source = UnsafeRawBufferPointer(rebasing: bytes[tensor.range])
            var isFinite = true
            switch tensor.format {
            case .single:
                for offset in stride(from: 0, to: source.count, by: 4) {
                    let bits = source.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
                    isFinite = isFinite && bits & 0x7f80_0000 != 0x7f80_0000
                }
            case .half:
                for offset in stride(from: 0, to: source.count, by: 2) {
                    let bits = source.loadUnaligned(fromByteOffset: offset, as: UInt16.self)
                    isFinite = isFinite && bits & 0x7c00 != 0x7c00
                }
            }
            return isFinite
        }
    }
}
