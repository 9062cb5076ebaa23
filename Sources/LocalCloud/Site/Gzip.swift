import CZlib

/// The gzip format (RFC 1952), by zlib at its default level, as CloudFront compresses too.
package enum Gzip {
    /// Compresses in one step: equal bytes give equal bytes, for the header carries no time.
    package static func compress(_ bytes: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        let started = czlib_start_gzip(&stream)
        precondition(started == Z_OK, "zlib has no memory for a stream")
        defer { deflateEnd(&stream) }
        var input = bytes
        var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
        let result = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                return deflate(&stream, Z_FINISH)
            }
        }
        precondition(result == Z_STREAM_END, "zlib's own bound was too small")
        return Array(output.prefix(Int(stream.total_out)))
    }
}
