/// What becomes of the path between the caller and the signature.
package enum PathEncoding: Sendable {
    /// All services but S3: the path as sent is normalised and encoded again, `%3A` becomes `%253A`.
    case twice
    /// As ``twice``, but `.`, `..` and empty segments stay.
    case twiceAsSent
    /// S3 only: the path as sent.
    case once

    /// The rule of a service, by its signing name. Source: the services botocore signs as `s3v4`.
    package init(service: String) {
        switch service {
        case "s3", "s3express", "s3-object-lambda", "s3-outposts": self = .once
        default: self = .twice
        }
    }

    func append(_ path: String, to output: inout [UInt8]) {
        path.withBytes { path in
            switch self {
            case .twice: Self.appendNormalised(path, to: &output)
            case .twiceAsSent: Self.appendEncoded(path[...], keepingSlashes: true, to: &output)
            case .once: output.append(contentsOf: path)
            }
        }
        if path.isEmpty { output.append("/") }
    }

    /// Without `.`, `..` and empty segments; a trailing slash stays.
    private static func appendNormalised(_ path: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
        let slash = UInt8(ascii: "/")
        let start = output.count
        var rest = path[...]
        while !rest.isEmpty {
            let segment = rest.prefix { $0 != slash }
            rest = rest[segment.endIndex...].dropFirst()
            switch (segment.count, segment.first, segment.last) {
            case (0, _, _), (1, UInt8(ascii: "."), _): continue
            case (2, UInt8(ascii: "."), UInt8(ascii: ".")):
                let parent = output[start...].lastIndex(of: slash) ?? start
                output.removeSubrange(parent...)
            default:
                output.append(slash)
                appendEncoded(segment, keepingSlashes: false, to: &output)
            }
        }
        if output.count == start || path.last == slash { output.append(slash) }
    }

    private static func appendEncoded(
        _ bytes: Slice<UnsafeBufferPointer<UInt8>>, keepingSlashes: Bool, to output: inout [UInt8]
    ) {
        for byte in bytes {
            if Byte.isUnreserved(byte) || keepingSlashes && byte == UInt8(ascii: "/") {
                output.append(byte)
            } else {
                output.appendEncoded(byte)
            }
        }
    }
}
