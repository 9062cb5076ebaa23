import Quantities
import SigV4
import Wire

/// What a program prints: `credential_process` of a profile, in version 1 of its JSON.
package struct ProcessCredentials: Sendable {
    private let command: String
    private let machine: Machine
    /// Time enough to answer a question in a browser.
    package static let timeout = Duration.seconds(60)

    package init(_ command: String, _ machine: Machine) {
        self.command = command
        self.machine = machine
    }

    /// - Throws: A configuration failure with the program's complaints, and never with its output.
    package func lent(at now: Timestamp) async throws(AWSFailure) -> LentCredentials {
        let result = try await machine.run(command, Self.timeout)
        guard result.status == 0 else {
            let complaint = String(
                decoding: result.complaint.prefix(Self.longestComplaintBytes), as: UTF8.self)
            throw failure("ends with status \(result.status)\(complaint.isEmpty ? "" : ": \(complaint)")")
        }
        let document: JSONValue
        do {
            document = try JSONValue(reading: result.output)
        } catch {
            throw failure("does not print JSON: \(error.description)")
        }
        guard document["Version"]?.int == 1 else { throw failure("prints no credentials of Version 1") }
        guard let lent = LentCredentials(document, token: "SessionToken") else {
            throw failure("prints no AccessKeyId, SecretAccessKey or readable Expiration")
        }
        if let expiry = lent.expiry, expiry <= now {
            throw failure("prints credentials that ended at \(expiry)")
        }
        return lent
    }

    private func failure(_ message: String) -> AWSFailure {
        AWSFailure(configuration: "credential_process `\(command)` \(message)")
    }

    private static let longestComplaintBytes = 300
}
