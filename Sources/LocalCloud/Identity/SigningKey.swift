import COpenSSL

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// An RSA key pair in a PEM file.
///
/// A class because OpenSSL counts references to the key: the last one frees it. The key never changes after
/// `init`, and OpenSSL allows many threads to read one key at a time; hence `@unchecked`.
final class SigningKey: @unchecked Sendable {
    private static let bits: Int32 = 2048
    private let key: OpaquePointer

    /// Reads the file, or makes a key and the file.
    init(file: String) throws(IdentityFailure) {
        key = try access(file, F_OK) == 0 ? Self.read(file) : Self.make(file)
    }

    deinit { EVP_PKEY_free(key) }

    /// RSASSA-PKCS1-v1_5 with SHA-256.
    func sign(_ message: [UInt8]) throws(IdentityFailure) -> [UInt8] {
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        var signature = [UInt8](repeating: 0, count: Int(EVP_PKEY_get_size(key)))
        var count = signature.count
        guard EVP_DigestSignInit(context, nil, EVP_sha256(), nil, key) == 1,
            EVP_DigestSign(context, &signature, &count, message, message.count) == 1
        else { throw .cryptography(operation: "sign") }
        return Array(signature.prefix(count))
    }

    /// Big-endian, without leading zeros.
    func modulus() throws(IdentityFailure) -> [UInt8] { try number("n") }
    func exponent() throws(IdentityFailure) -> [UInt8] { try number("e") }

    private func number(_ name: String) throws(IdentityFailure) -> [UInt8] {
        var number: OpaquePointer?
        guard EVP_PKEY_get_bn_param(key, name, &number) == 1 else {
            throw .cryptography(operation: "read the parameter \(name)")
        }
        defer { BN_free(number) }
        var bytes = [UInt8](repeating: 0, count: (Int(BN_num_bits(number)) + 7) / 8)
        BN_bn2bin(number, &bytes)
        return bytes
    }

    private static func read(_ file: String) throws(IdentityFailure) -> OpaquePointer {
        guard let input = BIO_new_file(file, "r") else { throw unusable(file) }
        defer { BIO_free(input) }
        guard let key = PEM_read_bio_PrivateKey(input, nil, nil, nil) else {
            throw .keyFileNotUsable(
                path: file, reason: "it holds no private key; remove it and a new one is made")
        }
        return key
    }

    /// The file appears whole or not at all.
    private static func make(_ file: String) throws(IdentityFailure) -> OpaquePointer {
        let context = EVP_PKEY_CTX_new_id(EVP_PKEY_RSA, nil)
        defer { EVP_PKEY_CTX_free(context) }
        var made: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1, EVP_PKEY_CTX_set_rsa_keygen_bits(context, bits) == 1,
            EVP_PKEY_generate(context, &made) == 1, let key = made
        else { throw .cryptography(operation: "make a key") }
        let unfinished = "\(file).\(getpid())"
        let descriptor = open(unfinished, O_CREAT | O_WRONLY | O_TRUNC, 0o600)
        guard descriptor >= 0, let output = BIO_new_fd(descriptor, 1) else { throw unusable(file) }
        let isWritten = PEM_write_bio_PrivateKey(output, key, nil, nil, 0, nil, nil) == 1
        BIO_free(output)
        guard isWritten, rename(unfinished, file) == 0 else { throw unusable(file) }
        return key
    }

    private static func unusable(_ file: String) -> IdentityFailure {
        .keyFileNotUsable(path: file, reason: String(cString: strerror(errno)))
    }
}
