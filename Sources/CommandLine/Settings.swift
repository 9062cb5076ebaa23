import Foundation

/// What the user has set: the environment, and below it the file `.env` where there is one. `.env.example`
/// lists every variable.
package struct Settings: Sendable {
    package let variables: [String: String]

    package init(variables: [String: String]) { self.variables = variables }

    /// - Throws: ``SettingsFailure`` with the line of `.env` that cannot be read.
    static func read(environment: [String: String] = ProcessInfo.processInfo.environment) throws -> Settings {
        var variables: [String: String] = [:]
        if FileManager.default.fileExists(atPath: ".env") {
            variables = try parse(String(contentsOfFile: ".env", encoding: .utf8))
        }
        return Settings(variables: variables.merging(environment) { _, environment in environment })
    }

    /// `NAME=value` lines; `export`, quotes around the value, blank lines and `#` comments are allowed.
    package static func parse(_ text: String) throws(SettingsFailure) -> [String: String] {
        var variables: [String: String] = [:]
        let lines = text.drop { $0 == "\u{FEFF}" }.split(omittingEmptySubsequences: false) { $0.isNewline }
        for (index, line) in lines.enumerated() {
            var line = line.trimmingCharacters(in: .whitespaces)
            if line.isEmpty || line.hasPrefix("#") { continue }
            if line.hasPrefix("export ") { line = String(line.dropFirst("export ".count)) }
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = parts[0].trimmingCharacters(in: .whitespaces)
            guard parts.count == 2, !name.isEmpty,
                name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" })
            else {
                throw SettingsFailure(message: ".env, line \(index + 1): expected NAME=value")
            }
            variables[name] = unquoted(parts[1].trimmingCharacters(in: .whitespaces))
        }
        return variables
    }

    private static func unquoted(_ value: String) -> String {
        for quote in ["\"", "'"] where value.count >= 2 && value.hasPrefix(quote) && value.hasSuffix(quote) {
            return String(value.dropFirst().dropLast())
        }
        return value
    }

    /// `nil` when absent or empty.
    package subscript(name: String) -> String? {
        guard let value = variables[name], !value.isEmpty else { return nil }
        return value
    }

    /// The region that is meant: what AWS's own tools look at wins over `DEFAULT_AWS_REGION`, which is this
    /// product's own name for it.
    package var region: String? {
        self["AWS_REGION"] ?? self["AWS_DEFAULT_REGION"] ?? self["DEFAULT_AWS_REGION"]
    }

    /// The variables, with ``region`` where every program looks for it.
    package var variablesWithRegion: [String: String] {
        guard let region else { return variables }
        return variables.merging(["AWS_REGION": region]) { _, region in region }
    }

    /// Where the local cloud keeps its data: an absolute path.
    package var home: String { URL(fileURLWithPath: self["ALEX_HOME"] ?? ".alex").path }
    /// Where the built web app lies, in `out/` and `edge/`: an absolute path; `nil` when not set.
    package var site: String? { self["ALEX_SITE"].map { URL(fileURLWithPath: $0).path } }
    package var awsPort: Int { get throws { try port("ALEX_AWS_PORT", default: 4566) } }
    package var webPort: Int { get throws { try port("ALEX_PORT", default: 8000) } }

    private func port(_ name: String, default standard: Int) throws -> Int {
        guard let text = self[name] else { return standard }
        guard let port = Int(text), (1...65_535).contains(port) else {
            throw SettingsFailure(message: "\(name) is `\(text)`; a port lies between 1 and 65535")
        }
        return port
    }
}

package struct SettingsFailure: Error, Equatable, CustomStringConvertible {
    package let message: String
    package var description: String { message }
}
