import Wire

/// The headers of a request as they are signed: lower-case names in order, each with all its values.
struct CanonicalHeaders {
    /// Which headers are signed.
    enum Selection {
        /// A signer's choice: all but those a proxy may change.
        case all
        /// What a signature says it covers, in lower case.
        case only([String])
    }

    private let fields: [(name: String, value: String)]
    /// Of all fields, in lower case, one behind the other.
    private let names: [UInt8]
    /// Sorted by name, then by their order in the request.
    private let lines: [(name: Range<Int>, field: Int)]
    /// The names that are signed, joined with `;`.
    let signed: [UInt8]

    init(_ fields: [(name: String, value: String)], _ selection: Selection) {
        var lines: [(name: Range<Int>, field: Int)] = []
        lines.reserveCapacity(fields.count)
        let length = fields.reduce(0) { $0 + $1.name.utf8.count }
        let names = [UInt8](unsafeUninitializedCapacity: length) { names, end in
            for (index, field) in fields.enumerated() {
                let start = end
                field.name.withBytes { bytes in
                    for byte in bytes {
                        names[end] = Byte.lowercased(byte)
                        end += 1
                    }
                }
                if Self.isSigned(UnsafeBufferPointer(rebasing: names[start..<end]), selection) {
                    lines.append((start..<end, index))
                }
            }
        }
        names.withUnsafeBufferPointer { names in
            lines.sort { left, right in
                switch Byte.compare(names[left.name], names[right.name]) {
                case 0: left.field < right.field
                case let order: order < 0
                }
            }
        }
        self.fields = fields
        self.names = names
        self.lines = lines
        signed = Self.joined(lines, names)
    }

    private static func isSigned(_ name: UnsafeBufferPointer<UInt8>, _ selection: Selection) -> Bool {
        switch selection {
        case .all: !neverSigned.contains { isSame(name, $0) }
        case .only(let list): list.contains { isSame(name, $0) }
        }
    }

    private static func isSame(_ name: UnsafeBufferPointer<UInt8>, _ other: String) -> Bool {
        name.count == other.utf8.count && other.withBytes { Byte.compare(name[...], $0[...]) == 0 }
    }

    /// Proxies and transports may add, change or drop these on the way. Source: botocore's `auth.py`.
    private static let neverSigned = [
        "authorization", "connection", "expect", "keep-alive", "proxy-authenticate", "proxy-authorization",
        "te", "trailer", "transfer-encoding", "upgrade", "user-agent", "x-amzn-trace-id",
    ]

    private static func joined(_ lines: [(name: Range<Int>, field: Int)], _ names: [UInt8]) -> [UInt8] {
        var signed: [UInt8] = []
        signed.reserveCapacity(names.count + lines.count)
        names.withUnsafeBufferPointer { names in
            var last = names[..<0]
            for (index, line) in lines.enumerated() {
                let name = names[line.name]
                if index > 0 {
                    if Byte.compare(name, last) == 0 { continue }
                    signed.append(";")
                }
                signed.append(contentsOf: UnsafeBufferPointer(rebasing: name))
                last = name
            }
        }
        return signed
    }

    /// Of the lines and ``signed`` together, in bytes; at most.
    var length: Int {
        fields.reduce(signed.count + names.count) { $0 + $1.value.utf8.count + 2 }
    }

    /// A line for each name, its values joined with commas.
    func append(to output: inout [UInt8]) {
        names.withUnsafeBufferPointer { names in
            var last = names[..<0]
            for (index, line) in lines.enumerated() {
                let name = names[line.name]
                if index > 0 && Byte.compare(name, last) == 0 {
                    output.append(",")
                } else {
                    if index > 0 { output.append("\n") }
                    output.append(contentsOf: UnsafeBufferPointer(rebasing: name))
                    output.append(":")
                }
                Self.appendCollapsed(fields[line.field].value, to: &output)
                last = name
            }
        }
        if !lines.isEmpty { output.append("\n") }
    }

    /// Trimmed, runs of blanks collapsed to one.
    private static func appendCollapsed(_ value: String, to output: inout [UInt8]) {
        value.withBytes { value in
            // Without a branch, so that the compiler makes vectors of it: most values have no blanks, and
            // session tokens are long.
            guard value.reduce(UInt8.max, { min($0, $1) }) <= 0x20 else {
                output.append(contentsOf: value)
                return
            }
            let start = output.count
            var isBehindBlank = false
            for byte in value {
                if Byte.isBlank(byte) {
                    isBehindBlank = output.count > start
                } else {
                    if isBehindBlank { output.append(0x20) }
                    isBehindBlank = false
                    output.append(byte)
                }
            }
        }
    }
}
