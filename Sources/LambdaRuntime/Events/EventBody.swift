import Wire

/// How HTTP and WebSocket bodies travel in JSON: as text, or in Base64 with `isBase64Encoded`.
enum EventBody {
    /// - Returns: `nil` when the body is no text, or not the Base64 it claims to be; no body is an empty one.
    static func bytes(of event: JSONValue) -> [UInt8]? {
        guard let member = event["body"], !member.isNull else { return [] }
        guard let text = member.string else { return nil }
        return event["isBase64Encoded"]?.bool == true ? Base64.decode(text) : Array(text.utf8)
    }

    /// The members `body` and `isBase64Encoded` of an answer. What its headers call compressed or binary is
    /// not sent as text, even where the bytes would allow it.
    ///
    /// - Parameter headers: With names in lower case.
    static func members(_ body: [UInt8], headers: [String: String]) -> [String: JSONValue] {
        let text = isText(headers) ? String(validating: body, as: UTF8.self) : nil
        return ["body": .string(text ?? Base64.encode(body)), "isBase64Encoded": .bool(text == nil)]
    }

    private static let binaryTypes = [
        "image/", "audio/", "video/", "font/", "application/octet-stream", "application/pdf",
        "application/zip",
    ]

    private static func isText(_ headers: [String: String]) -> Bool {
        if let encoding = headers["content-encoding"], encoding != "identity" { return false }
        guard let type = headers["content-type"]?.lowercased() else { return true }
        if type.hasPrefix("image/svg") { return true }
        return !binaryTypes.contains { type.hasPrefix($0) }
    }
}

/// The maps of strings in events.
extension JSONValue {
    /// Members that are strings; absent ones are none.
    var texts: [String: String] { (object ?? [:]).compactMapValues(\.string) }
}

extension HTTPHeaders {
    /// The headers or parameters of a proxy event, sorted by name. The map of lists holds all values; the
    /// console's test page sends the plain one alone.
    static func pairs(
        _ lists: JSONValue?, otherwise texts: JSONValue?
    ) -> [(name: String, value: String)] {
        if let lists = lists?.object {
            return lists.sorted { $0.key < $1.key }.flatMap { name, values in
                (values.array ?? []).compactMap { $0.string.map { (name, $0) } }
            }
        }
        return (texts?.texts ?? [:]).sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
    }
}
