import MiniLM
import Testing

@Suite struct SafetensorsTests {
    /// A file with that header, padded as the format's writers do, and that many bytes of tensors.
    private func file(_ header: String, _ data: [UInt8] = [], length: UInt64? = nil) -> [UInt8] {
        let length = length ?? UInt64(header.utf8.count)
        return withUnsafeBytes(of: length.littleEndian, Array.init) + Array(header.utf8) + data
    }

    private func bytes(_ values: [Float]) -> [UInt8] {
        values.flatMap { withUnsafeBytes(of: $0.bitPattern.littleEndian, Array.init) }
    }

    private func expectNoFile(
        _ bytes: [UInt8], _ words: String, _ location: SourceLocation = #_sourceLocation
    ) {
        #expect(sourceLocation: location) {
            try Safetensors(bytes)
        } throws: { error in
            guard case MiniLMFailure.notSafetensors(let reason) = error else { return false }
            return reason.contains(words)
        }
    }

    private let pair = #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#

    @Test func `single and half precision are read, wherever they begin`() throws {
        let header = """
            {"__metadata__":{"format":"pt"},
             "half":{"dtype":"F16","shape":[3,2],"data_offsets":[1,13]},
             "a":{"shape":[2],"data_offsets":[13,21],"dtype":"F32"},
             "none":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}

            """
        // 1, -2, the greatest, the smallest, a third, and minus zero.
        let halves: [UInt16] = [0x3c00, 0xc000, 0x7bff, 0x0001, 0x3555, 0x8000]
        let data =
            [9] + halves.flatMap { withUnsafeBytes(of: $0.littleEndian, Array.init) } + bytes([1.5, -2e-30])
        let tensors = try Safetensors(file(header, data))
        #expect(try tensors.floats("a", [2]) == [1.5, -2e-30])
        #expect(try tensors.floats("half", [3, 2]) == [1, -2, 65504, 0x1p-24, 0.33325195, 0])
        #expect(try tensors.floats("half", [3, 2])[5].sign == .minus)
        #expect(try tensors.floats("none", [0]).isEmpty)
    }

    @Test func `a tensor must be there, with its shape and a type of numbers`() throws {
        let header =
            #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"#
            + #""i":{"dtype":"I64","shape":[1],"data_offsets":[8,16]},"#
            + #""short":{"dtype":"F32","shape":[3],"data_offsets":[16,24]}}"#
        let tensors = try Safetensors(file(header, bytes([1, 2, 3, 4, 5, 6])))
        #expect(throws: MiniLMFailure.missingTensor("b")) { try tensors.floats("b", [2]) }
        #expect(throws: MiniLMFailure.wrongShape(tensor: "a", expected: [1, 2], found: [2])) {
            try tensors.floats("a", [1, 2])
        }
        #expect(throws: MiniLMFailure.wrongType(tensor: "i", found: "I64")) { try tensors.floats("i", [1]) }
        #expect(
            throws: MiniLMFailure.notSafetensors(reason: "short takes 8 bytes, its shape asks for 12")
        ) { try tensors.floats("short", [3]) }
    }

    @Test func `what is no number is refused`() throws {
        for value in [Float.nan, .infinity, -.infinity] {
            let tensors = try Safetensors(file(pair, bytes([0, value])))
            #expect(throws: MiniLMFailure.notFinite(tensor: "a")) { try tensors.floats("a", [2]) }
        }
        let half = #"{"a":{"dtype":"F16","shape":[1],"data_offsets":[0,2]}}"#
        for high in [UInt8(0x7c), 0xfc, 0x7e] {
            let tensors = try Safetensors(file(half, [0, high]))
            #expect(throws: MiniLMFailure.notFinite(tensor: "a")) { try tensors.floats("a", [1]) }
        }
    }

    @Test func `a length that leads out of the file is refused`() {
        expectNoFile([], "0 bytes")
        expectNoFile([1, 2, 3], "3 bytes")
        expectNoFile(file(pair, [], length: 1000), "is said to have 1000")
        expectNoFile(file(pair, [], length: .max), "is said to have")
        expectNoFile(file(pair, [], length: 1 << 63), "is said to have")
        expectNoFile(file(pair, [], length: 100_000_001), "is said to have")
    }

    @Test func `offsets that leave the file or cross are refused`() {
        func header(_ first: String, _ second: String) -> String {
            #"{"a":{"dtype":"F32","shape":[2],"data_offsets":\#(first)},"#
                + #""b":{"dtype":"F32","shape":[2],"data_offsets":\#(second)}}"#
        }
        let data = bytes([1, 2, 3, 4])
        expectNoFile(file(header("[0,8]", "[8,24]"), data), "have 24 bytes, 16 are there")
        expectNoFile(file(header("[0,8]", "[4,12]"), data), "lies over another")
        expectNoFile(file(header("[0,8]", "[0,8]"), data), "lies over another")
        expectNoFile(file(header("[8,0]", "[0,8]"), data), "no range")
        expectNoFile(file(header("[0]", "[0,8]"), data), "no range")
        expectNoFile(file(header("[-4,4]", "[0,8]"), data), "whole number")
        expectNoFile(file(header("[0,99999999999999999999]", "[0,8]"), data), "too large")
        expectNoFile(file(header("[0,9223372036854775807]", "[0,0]"), data), "are there")
        expectNoFile(file(pair, Array(data.prefix(7))), "7 are there")
    }

    @Test func `a header that is no such object is refused`() {
        expectNoFile(file(""), "{ is missing")
        expectNoFile(file("[]"), "{ is missing")
        expectNoFile(file(String(pair.dropLast())), "} is missing")
        expectNoFile(file(pair + "x"), "something follows")
        expectNoFile(file(#"{"a"#), "ends inside a string")
        expectNoFile(file(#"{"a":1}"#), "{ is missing")
        expectNoFile(file(#"{"a":{}}"#), "lacks")
        expectNoFile(file(#"{"a":{"dtype":"F32","shape":[2]}}"#), "lacks")
        expectNoFile(file(#"{"a":{"dtype":"F32","dtype":"F32"}}"#), "twice")
        expectNoFile(file(#"{"a":{"colour":"F32"}}"#), "unknown key colour")
        expectNoFile(file(#"{"\u0061":{}}"#), "escape")
        let entry = pair.dropFirst().dropLast()
        expectNoFile(file("{\(entry),\(entry)}"), "described twice")
    }

    @Test func `no damage to a file makes the reader read outside of it`() {
        var random = SplitMix(seed: 5)
        let whole = file(pair, bytes([1, 2]))
        var refused = 0
        for _ in 0..<20_000 {
            var damaged = whole
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                damaged[Int.random(in: 0..<damaged.count, using: &random)] = UInt8.random(
                    in: 0...255, using: &random)
            }
            damaged.removeLast(Int.random(in: 0...1, using: &random) * Int.random(in: 0...20, using: &random))
            do {
                _ = try Safetensors(damaged).floats("a", [2])
            } catch {
                refused += 1
            }
        }
        #expect(refused > 15_000 && refused < 20_000)
    }
}
