/// The weights of a linear layer, in the order the product reads them, in the precision of the file.
///
/// Panels of ``Tile/columns`` outputs; in a panel, for each input, filled up to whole tiles, the weights
/// of its outputs. Half precision stays half in memory: a block of a panel is widened when its turn
/// comes, into a buffer that fits the first cache.
package struct PackedMatrix: Sendable {
    package let inputs: Int
    package let outputs: Int
    /// One for each output, filled up to whole panels.
    let bias: [Float]
    private let panels: Panels

    private enum Panels: Sendable {
        case half([UInt16])
        case single([UInt32])
    }

    /// Tiles of inputs of one pass, 384 inputs: a block of a panel then takes 24 KiB of the 32 of the
    /// first cache.
    static let blockTiles = 24

    /// - Parameters:
    ///   - rows: For each output the weights of its inputs, as in PyTorch's `Linear`.
    ///   - bias: One for each output.
    package init(rows: [[Float]], bias: [Float]) {
        precondition(rows.count == bias.count && !rows.isEmpty)
        let inputs = rows[0].count
        precondition(rows.allSatisfy { $0.count == inputs })
        self.inputs = inputs
        outputs = rows.count
        self.bias = Self.filled(bias)
        var panels: [UInt32] = []
        rows.flatMap { $0 }.withUnsafeBytes {
            Self.append($0, outputs: rows.count, inputs: inputs, to: &panels)
        }
        self.panels = .single(panels)
    }

    /// One layer of several: their outputs stand one after another.
    ///
    /// - Parameter names: Each tensor `name.weight` is `outputs` times `inputs`, `name.bias` has
    ///   `outputs` values.
    package init(_ file: Safetensors, _ names: [String], outputs: Int, inputs: Int) throws(MiniLMFailure) {
        precondition(names.count == 1 || outputs % Tile.columns == 0, "panels of two layers do not mix")
        var bias: [Float] = []
        var tensors: [Safetensors.Tensor] = []
        for name in names {
            bias += try file.floats("\(name).bias", [outputs])
            tensors.append(try file.tensor("\(name).weight", [outputs, inputs]))
        }
        self.inputs = inputs
        self.outputs = outputs * names.count
        self.bias = Self.filled(bias)
        let format = tensors.first?.format ?? .single
        for tensor in tensors where tensor.format != format {
            throw .wrongType(tensor: tensor.name, found: tensor.format.rawValue)
        }
        switch format {
        case .half: panels = .half(Self.packed(file, tensors, outputs: outputs, inputs: inputs))
        case .single: panels = .single(Self.packed(file, tensors, outputs: outputs, inputs: inputs))
        }
    }

    /// Calls `body` with one block of a panel, in single precision.
    ///
    /// - Parameter buffer: Room for ``blockTiles`` times ``Tile/columns`` rows of ``Tile/columns`` numbers.
    @inline(__always)
    func withBlock(
        panel: Int, from step: Int, tiles: Int, buffer: UnsafeMutablePointer<Float>,
        _ body: (UnsafePointer<Float>) -> Void
    ) {
        let depth = tiles * Tile.columns
        let first = (panel * Tile.filled(inputs, Tile.columns) + step * Tile.columns) * Tile.columns
        switch panels {
        case .half(let bits):
            bits.withUnsafeBytes { bytes in
                guard let base = bytes.baseAddress else { return }
                Half.widen(base + 2 * first, depth * Tile.columns, into: buffer)
            }
            body(buffer)
        case .single(let bits):
            bits.withUnsafeBytes { bytes in
                body(bytes.bindMemory(to: Float.self).baseAddress.map { $0 + first } ?? UnsafePointer(buffer))
            }
        }
    }

    private static func packed<Bits: FixedWidthInteger>(
        _ file: Safetensors, _ tensors: [Safetensors.Tensor], outputs: Int, inputs: Int
    ) -> [Bits] {
        var panels: [Bits] = []
        panels.reserveCapacity(
            tensors.count * Tile.filled(inputs, Tile.columns) * Tile.filled(outputs, Tile.columns))
        file.bytes.withUnsafeBytes { bytes in
            for tensor in tensors {
                append(
                    UnsafeRawBufferPointer(rebasing: bytes[tensor.range]), outputs: outputs, inputs: inputs,
                    to: &panels)
            }
        }
        return panels
    }

    /// - Parameter weights: `outputs` times `inputs` numbers, not aligned.
    private static func append<Bits: FixedWidthInteger>(
        _ weights: UnsafeRawBufferPointer, outputs: Int, inputs: Int, to panels: inout [Bits]
    ) {
        let size = MemoryLayout<Bits>.stride
        for first in stride(from: 0, to: outputs, by: Tile.columns) {
            for input in 0..<Tile.filled(inputs, Tile.columns) {
                for output in first..<first + Tile.columns {
                    let offset = (output * inputs + input) * size
                    panels.append(
                        output < outputs && input < inputs
                            ? weights.loadUnaligned(fromByteOffset: offset, as: Bits.self) : 0)
                }
            }
        }
    }

    private static func filled(_ bias: [Float]) -> [Float] {
        bias + [Float](repeating: 0, count: Tile.filled(bias.count, Tile.columns) - bias.count)
    }
}
