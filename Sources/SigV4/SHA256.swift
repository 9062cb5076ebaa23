import COpenSSL

/// SHA-256 by OpenSSL: one state, used again for every digest of a signature.
///
/// The one-shot functions of OpenSSL 3 spend more time around the hashing than on it: each looks its
/// algorithm up by name and takes and frees a state. Here the first happens once in a process, the second
/// once in a signature.
struct SHA256: ~Copyable {
    static let blockByteCount = 64

    private let state: OpaquePointer

    init() {
        guard let state = EVP_MD_CTX_new() else { preconditionFailure("OpenSSL has no memory left") }
        self.state = state
    }

    deinit { EVP_MD_CTX_free(state) }

    func digest(_ message: [UInt8]) -> Value {
        message.withUnsafeBytes { digest($0, UnsafeRawBufferPointer(start: nil, count: 0)) }
    }

    /// Of the two, one behind the other.
    func digest(_ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer) -> Value {
        var value = Value()
        let isDone = value.withUnsafeMutableBytes { output in
            EVP_DigestInit_ex2(state, Self.algorithm, nil) == 1
                && EVP_DigestUpdate(state, first.baseAddress, first.count) == 1
                && EVP_DigestUpdate(state, second.baseAddress, second.count) == 1
                && EVP_DigestFinal_ex(state, output.bindMemory(to: UInt8.self).baseAddress, nil) == 1
        }
        precondition(isDone, "OpenSSL cannot compute SHA-256")
        return value
    }

    /// OpenSSL counts its users and never changes it, so all threads may use it at once; it lives as long as
    /// the process.
    nonisolated(unsafe) private static let algorithm: OpaquePointer = {
        guard let algorithm = EVP_MD_fetch(nil, "SHA256", nil) else {
            preconditionFailure("OpenSSL was built without SHA-256")
        }
        return algorithm
    }()

    /// 32 bytes, without memory of their own.
    struct Value {
        private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

        func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
            Swift.withUnsafeBytes(of: words, body)
        }

        mutating func withUnsafeMutableBytes<Result>(
            _ body: (UnsafeMutableRawBufferPointer) -> Result
        ) -> Result {
            Swift.withUnsafeMutableBytes(of: &words, body)
        }

        var bytes: [UInt8] { withUnsafeBytes { Array($0) } }

        /// 64 lower-case digits.
        var hexadecimal: String {
            withUnsafeBytes { bytes in
                String(unsafeUninitializedCapacity: 2 * bytes.count) { output in
                    Hexadecimal.write(bytes, to: output)
                    return 2 * bytes.count
                }
            }
        }
    }
}

/// Lower-case digits, two for each byte.
enum Hexadecimal {
    /// - Parameter output: At least twice as long as `bytes`.
    static func write(_ bytes: UnsafeRawBufferPointer, to output: UnsafeMutableBufferPointer<UInt8>) {
        digits.withUTF8Buffer { digits in
            for (index, byte) in bytes.enumerated() {
                output[2 * index] = digits[Int(byte >> 4)]
                output[2 * index + 1] = digits[Int(byte & 15)]
            }
        }
    }

    private static let digits: StaticString = "0123456789abcdef"
}
