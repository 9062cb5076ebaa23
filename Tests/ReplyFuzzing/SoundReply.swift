import Wire

/// A reply of random content that every reader of HTTP must understand.
struct SoundReply {
    var bytes: [UInt8]
    let response: HTTPResponse

    init(using random: inout SplitMix64) {
        let body = (0..<Int.random(in: 0...200, using: &random)).map { _ in
            UInt8(truncatingIfNeeded: random.next())
        }
        let status = Int.random(in: 200...599, using: &random)
        var headers = HTTPHeaders()
        for index in 0..<Int.random(in: 0...4, using: &random) {
            headers.append("value \(random.next() % 1000)", for: "X-Name-\(index)")
        }
        let isEmpty = status == 204 || status == 304
        let framing = isEmpty ? 0 : Int.random(in: 0..<3, using: &random)
        switch framing {
        case 0: headers.append(String(body.count), for: "Content-Length")
        case 1: headers.append("chunked", for: "Transfer-Encoding")
        default: break
        }
        let end = Int.random(in: 0..<4, using: &random) == 0 ? "\n" : "\r\n"
        var text = Bool.random(using: &random) ? "" : "HTTP/1.1 100 Continue\(end)\(end)"
        text += "HTTP/1.1 \(status) Whatever it is\(end)"
        for (name, value) in headers.fields { text += "\(name):\(Self.padding(&random))\(value)\(end)" }
        bytes = Array((text + end).utf8)
        switch framing {
        case 0: bytes += isEmpty ? [] : body
        case 1: bytes += Self.chunks(of: body, end, &random)
        default: bytes += body
        }
        response = HTTPResponse(status: status, headers: headers, body: isEmpty ? [] : body)
    }

    private static func padding(_ random: inout SplitMix64) -> String {
        String(repeating: " ", count: Int.random(in: 0...2, using: &random))
    }

    private static func chunks(of body: [UInt8], _ end: String, _ random: inout SplitMix64) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = body[...]
        while !rest.isEmpty {
            let chunk = rest.prefix(Int.random(in: 1...64, using: &random))
            let remark = Bool.random(using: &random) ? "" : ";name=value"
            bytes += Array(
                (String(chunk.count, radix: 16, uppercase: Bool.random(using: &random)) + remark + end).utf8)
            bytes += chunk
            bytes += Array(end.utf8)
            rest = rest[chunk.endIndex...]
        }
        let trailer = Bool.random(using: &random) ? "" : "Trailer: t\(end)"
        return bytes + Array("0\(end)\(trailer)\(end)".utf8)
    }
}
