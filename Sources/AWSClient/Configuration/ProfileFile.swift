/// One of the two files of the AWS tools, `~/.aws/config` or `~/.aws/credentials`, read.
///
/// Lines are sections in brackets, `name = value` below them, and indented lines that go on with the value
/// before. `#` and `;` begin a comment at the start of a line, after a section, and after white space behind
/// a value. Names are letters, digits and `-_/.%@:+`; in quotes the name of a section may be anything. A
/// section or a property whose name is not valid is read over with all that belongs to it.
package struct ProfileFile: Sendable, Equatable {
    package enum Kind: Sendable {
        /// Profiles are `[profile name]` or `[default]`; has `[sso-session name]` and `[services name]`, too.
        case config
        /// Profiles are `[name]`.
        case credentials
    }

    package fileprivate(set) var profiles: [String: Profile] = [:]
    package fileprivate(set) var ssoSessions: [String: Profile] = [:]
    package fileprivate(set) var services: [String: Profile] = [:]

    /// - Parameter path: For failures.
    /// - Throws: A configuration failure with path and line.
    package init(_ bytes: [UInt8], _ kind: Kind, path: String) throws(AWSFailure) {
        self.init()
        var reader = ProfileReader(kind: kind, path: path)
        let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]
        let text = bytes.starts(with: byteOrderMark) ? bytes.dropFirst(3) : bytes[...]
        for line in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            try reader.read(line)
        }
        self = reader.file
    }

    /// A file that is not there.
    package init() {}
}

/// A section: what is said below one name. Names of properties are in lower case, as they compare without.
package struct Profile: Sendable, Equatable {
    package var values: [String: String]

    package init(_ values: [String: String] = [:]) { self.values = values }

    /// `nil` when absent or empty.
    package subscript(name: String) -> String? {
        guard let value = values[name], !value.isEmpty else { return nil }
        return value
    }

    /// The `name = value` lines indented below a property, such as `endpoint_url` below `sqs =`.
    package func nested(_ name: String) -> [String: String] {
        var properties: [String: String] = [:]
        for line in (values[name] ?? "").utf8.split(separator: UInt8(ascii: "\n")) {
            guard let (name, value) = ProfileLine(Array(line)[...]).property else { continue }
            properties[String(decoding: name, as: UTF8.self).lowercased()] =
                String(decoding: value, as: UTF8.self)
        }
        return properties
    }
}

/// Takes a file line by line.
private struct ProfileReader {
    private enum Section {
        case profile(String)
        case ssoSession(String)
        case services(String)
        /// Its name is not valid: what is in it is read over.
        case ignored
    }

    let kind: ProfileFile.Kind
    let path: String
    var file = ProfileFile()
    private var lineNumber = 0
    private var section: Section?
    /// What an indented line goes on with: `nil` before the first property of a section, an empty name for
    /// one that is read over.
    private var property: String?
    /// `[profile default]` puts `[default]` out of use, whichever comes first.
    private var hasPrefixedDefault = false

    init(kind: ProfileFile.Kind, path: String) {
        self.kind = kind
        self.path = path
    }

    mutating func read(_ bytes: ArraySlice<UInt8>) throws(AWSFailure) {
        lineNumber += 1
        let line = ProfileLine(bytes)
        if line.isBlankOrComment { return }
        if line.isIndented {
            try readContinuation(line)
        } else if line.trimmed.first == UInt8(ascii: "[") {
            try readSection(line.trimmed)
        } else {
            try readProperty(line)
        }
    }

    private mutating func readSection(_ line: ArraySlice<UInt8>) throws(AWSFailure) {
        guard let bracket = line.firstIndex(of: UInt8(ascii: "]")),
            ProfileLine(line[(bracket + 1)...]).isBlankOrComment
        else {
            throw failure("a section must end with ]")
        }
        property = nil
        let words = ProfileLine(line[(line.startIndex + 1)..<bracket]).trimmed
        let blank = words.firstIndex(where: ProfileLine.isBlank)
        let first = String(decoding: words[..<(blank ?? words.endIndex)], as: UTF8.self)
        let rest = blank.map { ProfileLine.name(words[$0...]) }
        switch (kind, first, rest) {
        case (.config, "profile", .some(let name)):
            let isDefault = name == "default"
            if isDefault && !hasPrefixedDefault { file.profiles["default"] = nil }
            hasPrefixedDefault = hasPrefixedDefault || isDefault
            section = name.map { .profile($0) } ?? .ignored
        case (.config, "sso-session", .some(let name)): section = name.map { .ssoSession($0) } ?? .ignored
        case (.config, "services", .some(let name)): section = name.map { .services($0) } ?? .ignored
        case (.config, "default", nil): section = hasPrefixedDefault ? .ignored : .profile("default")
        case (.config, _, _): section = .ignored
        case (.credentials, _, _): section = ProfileLine.name(words).map { .profile($0) } ?? .ignored
        }
        change { _ in }
    }

    private mutating func readProperty(_ line: ProfileLine) throws(AWSFailure) {
        guard section != nil else { throw failure("a section such as [default] must come first") }
        guard let (name, value) = line.property else { throw failure("a property needs a = sign") }
        guard !name.isEmpty else { throw failure("a property needs a name before the = sign") }
        let key = ProfileLine.isName(name) ? String(decoding: name, as: UTF8.self).lowercased() : ""
        property = key
        if !key.isEmpty { change { $0.values[key] = String(decoding: value, as: UTF8.self) } }
    }

    private mutating func readContinuation(_ line: ProfileLine) throws(AWSFailure) {
        guard section != nil else { throw failure("a section such as [default] must come first") }
        guard let key = property else {
            throw failure("an indented line goes on with a property, and none stands before it")
        }
        if key.isEmpty { return }
        if case .ignored = section { return }
        if value(of: key).isEmpty || value(of: key).utf8.first == UInt8(ascii: "\n") {
            guard let (name, _) = line.property else { throw failure("a nested property needs a = sign") }
            guard !name.isEmpty else { throw failure("a nested property needs a name before the = sign") }
        }
        change { $0.values[key, default: ""] += "\n" + String(decoding: line.trimmed, as: UTF8.self) }
    }

    private func value(of key: String) -> String {
        switch section {
        case .profile(let name): file.profiles[name]?.values[key] ?? ""
        case .ssoSession(let name): file.ssoSessions[name]?.values[key] ?? ""
        case .services(let name): file.services[name]?.values[key] ?? ""
        case .ignored, nil: ""
        }
    }

    private mutating func change(_ change: (inout Profile) -> Void) {
        switch section {
        case .profile(let name): change(&file.profiles[name, default: Profile()])
        case .ssoSession(let name): change(&file.ssoSessions[name, default: Profile()])
        case .services(let name): change(&file.services[name, default: Profile()])
        case .ignored, nil: break
        }
    }

    private func failure(_ message: String) -> AWSFailure {
        AWSFailure(configuration: "\(path), line \(lineNumber): \(message)")
    }
}

/// A line, or a part of one, as bytes.
private struct ProfileLine {
    let bytes: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

    var trimmed: ArraySlice<UInt8> { Self.trim(bytes) }
    var isIndented: Bool { bytes.first.map(Self.isBlank) ?? false }
    var isBlankOrComment: Bool { trimmed.first.map(Self.beginsComment) ?? true }

    /// Name and value around the first `=`, trimmed and without a comment.
    var property: (name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)? {
        guard let equals = bytes.firstIndex(of: UInt8(ascii: "=")) else { return nil }
        let rest = bytes[(equals + 1)...]
        let end =
            rest.indices.first { index in
                Self.isBlank(rest[index]) && index + 1 < rest.endIndex && Self.beginsComment(rest[index + 1])
            } ?? rest.endIndex
        return (Self.trim(bytes[..<equals]), Self.trim(rest[..<end]))
    }

    /// The name of a section, without the quotes where it has some; `nil` when it is not valid.
    static func name(_ bytes: ArraySlice<UInt8>) -> String? {
        let bytes = trim(bytes)
        if let quote = bytes.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
            bytes.count > 2, bytes.last == quote
        {
            return String(decoding: bytes.dropFirst().dropLast(), as: UTF8.self)
        }
        return isName(bytes) ? String(decoding: bytes, as: UTF8.self) : nil
    }

    static func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
        !bytes.isEmpty
            && bytes.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "-_/.%@:+".utf8.contains(byte)
                }
            }
    }

    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0d).contains(byte) }

    private static func beginsComment(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "#") || byte == UInt8(ascii: ";")
    }

    private static func trim(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var bytes = bytes.drop(while: isBlank)
        while let last = bytes.last, isBlank(last) { bytes.removeLast() }
        return bytes
    }
}
