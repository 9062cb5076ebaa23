/// The data of the events in a `text/event-stream`. Source: the HTML standard, section 9.2.6.
enum EventStream {
    /// Of each event of the type `message`, in order. An event that the end of the stream cuts off is none.
    static func messages(in bytes: [UInt8]) -> [String] {
        var messages: [String] = []
        var data: [String] = []
        var type = ""
        for line in lines(in: String(decoding: bytes, as: UTF8.self)) {
            if line.isEmpty {
                if !data.isEmpty && (type.isEmpty || type == "message") {
                    messages.append(data.joined(separator: "\n"))
                }
                (data, type) = ([], "")
                continue
            }
            let name = line.prefix { $0 != ":" }
            var value = line.dropFirst(name.count + 1)
            if value.first == " " { value = value.dropFirst() }
            switch name {
            case "data": data.append(String(value))
            case "event": type = String(value)
            default: break
            }
        }
        return messages
    }

    /// The lines that are ended: by a line feed, a carriage return, or both.
    private static func lines(in text: String) -> ArraySlice<Substring> {
        text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r" || $0 == "\r\n" }.dropLast()
    }
}
