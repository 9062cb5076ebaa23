// Foundation for erf, exp and exp2.
import Foundation
import MiniLM
import Testing

/// Each kernel against the plain loop in double precision.
@Suite struct KernelTests {
    private func matrix(_ rows: [[Float]]) -> Matrix {
        let matrix = Matrix(rows: rows.count, columns: rows[0].count)
        for (row, values) in rows.enumerated() {
            for (column, value) in values.enumerated() { matrix[row, column] = value }
        }
        return matrix
    }

    private func chance(_ rows: Int, _ columns: Int, _ random: inout SplitMix) -> [[Float]] {
        (0..<rows).map { _ in (0..<columns).map { _ in Float.random(in: -1...1, using: &random) } }
    }

    private func unit(_ x: Double) -> Double { x / 2 * (1 + erf(x / 2.0.squareRoot())) }

    @Test func `a product is that of the plain loop, whatever the sizes`() {
        var random = SplitMix(seed: 3)
        let sizes = [
            (1, 1, 1), (1, 384, 384), (5, 7, 15), (6, 16, 16), (7, 17, 17), (11, 385, 33), (13, 100, 1),
            (12, 768, 47), (25, 769, 16), (2, 1536, 384),
        ]
        for (rows, inputs, outputs) in sizes {
            let (left, right) = (chance(rows, inputs, &random), chance(outputs, inputs, &random))
            let (bias, before) = (chance(1, outputs, &random)[0], chance(rows, outputs, &random))
            let weights = PackedMatrix(rows: right, bias: bias)
            let input = matrix(left)
            for form in [Product.Form.linear, .activated, .added] {
                let output = matrix(before)
                Product.multiply(input, weights, form: form, into: output)
                var worst = 0.0
                for row in 0..<rows {
                    for column in 0..<outputs {
                        var sum = Double(bias[column])
                        for step in 0..<inputs {
                            sum += Double(left[row][step]) * Double(right[column][step])
                        }
                        switch form {
                        case .linear: break
                        case .activated: sum = unit(sum)
                        case .added: sum += Double(before[row][column])
                        }
                        worst = max(worst, abs(sum - Double(output[row, column])))
                    }
                }
                #expect(
                    worst < 3e-7 * Double(inputs).squareRoot() * 4, "\(rows) x \(inputs) x \(outputs) \(form)"
                )
            }
        }
    }

    @Test func `weights in half precision are used exactly`() throws {
        var random = SplitMix(seed: 4)
        // Numbers that half precision holds: multiples of 1/1024 up to 1, and some subnormal ones.
        let right = (0..<20).map { row in
            (0..<24).map { _ -> Float in
                let number = Float(Int.random(in: -1024...1024, using: &random))
                return row == 7 ? number * 0x1p-24 : number / 1024
            }
        }
        let data = right.flatMap { $0 }.flatMap { value in
            withUnsafeBytes(of: Self.half(value).littleEndian, Array.init)
        }
        let header =
            #"{"x.weight":{"dtype":"F16","shape":[20,24],"data_offsets":[0,960]},"#
            + #""x.bias":{"dtype":"F16","shape":[20],"data_offsets":[960,1000]}}"#
        let bytes =
            withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian, Array.init) + Array(header.utf8)
            + data
            + [UInt8](repeating: 0, count: 40)
        let half = try PackedMatrix(Safetensors(bytes), ["x"], outputs: 20, inputs: 24)
        let single = PackedMatrix(rows: right, bias: [Float](repeating: 0, count: 20))
        let input = matrix(chance(9, 24, &random))
        let first = Matrix(rows: 9, columns: 20)
        let second = Matrix(rows: 9, columns: 20)
        Product.multiply(input, half, form: .linear, into: first)
        Product.multiply(input, single, form: .linear, into: second)
        for row in 0..<9 {
            for column in 0..<20 { #expect(first[row, column] == second[row, column]) }
        }
    }

    /// Exact for numbers that have a half; by search, so that it shares nothing with what is tested.
    private static func half(_ value: Float) -> UInt16 {
        let sign: UInt16 = value.sign == .minus ? 0x8000 : 0
        for bits in UInt16(0)..<0x7c00 {
            let (exponent, fraction) = (Int(bits >> 10), Float(bits & 0x3ff))
            let number =
                exponent == 0
                ? fraction * 0x1p-24
                : Float(sign: .plus, exponent: exponent - 15, significand: 1 + fraction / 1024)
            if number == value.magnitude { return bits | sign }
        }
        return 0x7e00
    }

    @Test func `attention is that of the plain loop, whatever the number of tokens`() {
        var random = SplitMix(seed: 6)
        for tokens in [1, 2, 6, 15, 16, 17, 33, 100] {
            let (heads, size) = (3, 32)
            let width = heads * size
            var rows = chance(tokens, 3 * width, &random)
            // Scores far apart: the greatest is taken away before a power could overflow.
            for column in 0..<width { rows[0][column] *= 200 }
            let context = Matrix(rows: tokens, columns: width)
            Attention(tokens: tokens, heads: heads, size: size).apply(matrix(rows), into: context)
            var worst = 0.0
            for head in 0..<heads {
                for token in 0..<tokens {
                    let expected = attention(rows, token, head * size, size, width)
                    for number in 0..<size {
                        let found = Double(context[token, head * size + number])
                        worst = max(worst, abs(expected[number] - found))
                    }
                }
            }
            #expect(worst < 5e-5, "\(tokens) tokens")
        }
    }

    private func attention(_ rows: [[Float]], _ token: Int, _ first: Int, _ size: Int, _ width: Int)
        -> [Double]
    {
        let root = Double(size).squareRoot()
        let scores = rows.map { other -> Double in
            var sum = 0.0
            for number in first..<first + size {
                sum += Double(rows[token][number]) * Double(other[width + number])
            }
            return sum / root
        }
        let greatest = scores.max() ?? 0
        let powers = scores.map { exp($0 - greatest) }
        let total = powers.reduce(0, +)
        return (0..<size).map { number -> Double in
            var sum = 0.0
            for (power, other) in zip(powers, rows) {
                sum += power / total * Double(other[2 * width + first + number])
            }
            return sum
        }
    }

    @Test func `a normalised row has mean 0 and variance 1 before it is scaled`() {
        var random = SplitMix(seed: 8)
        let rows = chance(7, 384, &random).map { row in row.map { $0 * 30 + 1000 } }
        let (scale, shift) = (chance(1, 384, &random)[0], chance(1, 384, &random)[0])
        let matrix = matrix(rows)
        LayerNorm(scale: scale, shift: shift).apply(to: matrix)
        for (number, row) in rows.enumerated() {
            let mean = row.map(Double.init).reduce(0, +) / 384
            let variance = row.map { (Double($0) - mean) * (Double($0) - mean) }.reduce(0, +) / 384
            for column in 0..<384 {
                let value = (Double(row[column]) - mean) / variance.squareRoot()
                let expected = value * Double(scale[column]) + Double(shift[column])
                #expect(abs(expected - Double(matrix[number, column])) < 2e-5)
            }
        }
        let flat = self.matrix([[Float](repeating: 4, count: 16)])
        LayerNorm(scale: [Float](repeating: 1, count: 16), shift: [Float](repeating: 0.5, count: 16)).apply(
            to: flat)
        #expect(flat[0, 3] == 0.5)
    }

    @Test func `powers of two have seven digits`() {
        for step in 0...200_000 {
            let x = Float(step) / 200_000 * 252 - 126
            let (expected, found) = (exp2(Double(x)), Double(Lanes(repeating: x).powerOfTwo[3]))
            #expect(abs(found / expected - 1) < 2e-7)
        }
        #expect(Lanes(repeating: -1e30).powerOfTwo[0] <= .leastNormalMagnitude)
        #expect(Lanes(repeating: 0).powerOfTwo[0] == 1)
    }

    @Test func `the error function is off by 4e-7 at most`() {
        for step in 0...200_000 {
            let x = Float(step) / 200_000 * 20 - 10
            #expect(abs(Double(Lanes(repeating: x).errorFunction[5]) - erf(Double(x))) < 4e-7)
            let linear = Double(Lanes(repeating: x).gaussianErrorUnit[0])
            #expect(abs(linear - unit(Double(x))) < 2e-6)
        }
        #expect(Lanes(repeating: 0).errorFunction[0] == 0)
    }

    @Test func `the greatest and the total are of all lanes`() {
        for lane in 0..<8 {
            var lanes = Lanes(-3, -4, -5, -6, -7, -8, -9, -10)
            lanes[lane] = -1
            #expect(lanes.greatest == -1)
            #expect(lanes.total == (0..<8).map { lanes[$0] }.reduce(0, +))
        }
    }
}
