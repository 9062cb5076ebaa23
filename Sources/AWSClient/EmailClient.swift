import Wire

/// Sends mail by Amazon SES (version 2 of its interface).
package struct EmailClient: Sendable {
    private let client: AWSClient

    /// To, copies and blind copies of one mail together.
    package static let mostRecipients = 50
    /// Of a mail with everything in it, as it is sent on.
    package static let largestBytes = 40 * 1024 * 1024

    package init(_ configuration: AWSConfiguration) {
        client = AWSClient(.email, configuration)
    }

    /// Hands a mail over. Sent again only when it certainly was not taken: nobody wants it twice.
    ///
    /// - Returns: The mail's id, which stands in its `Message-ID`.
    /// - Throws: ``AWSFailure``; ``Refusal/init(_:)`` says what the service has against the mail.
    package func send(_ mail: Mail) async throws(AWSFailure) -> String {
        var call = AWSCall(.post, path: "/v2/email/outbound-emails", json: mail.json)
        call.isRetried = { failure in
            if case .transport(.notConnected) = failure.kind { return true }
            return failure.isThrottling
        }
        let reply = try await client.json(call)
        guard let id = reply["MessageId"]?.string else { throw client.malformed("no MessageId") }
        return id
    }

    package struct Mail: Sendable, Equatable {
        /// An address, perhaps with a name: `Alex <alex@example.com>`. `nil` when it is in a raw mail.
        package var from: String?
        package var to: [String] = []
        package var copies: [String] = []
        package var blindCopies: [String] = []
        package var replyTo: [String] = []
        package var content: Content
        /// Whose events the mail reports to.
        package var configurationSet: String?
        /// For those events: letters, digits, `-` and `_`.
        package var tags: [(name: String, value: String)] = []

        package init(from: String?, to: [String], content: Content) {
            self.from = from
            self.to = to
            self.content = content
        }

        package static func == (left: Mail, right: Mail) -> Bool { left.json == right.json }
    }

    package enum Content: Sendable, Equatable {
        /// A subject, and a text, a page or both.
        case simple(subject: String, text: String?, html: String? = nil, headers: [Header] = [])
        /// A whole MIME mail with its headers.
        case raw([UInt8])
        /// A template the service keeps, and what is filled in.
        case template(name: String, values: JSONValue)
    }

    /// A header of one's own, such as `List-Unsubscribe`; at most 15.
    package struct Header: Sendable, Equatable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// What the service has against a mail.
    package enum Refusal: String, Sendable, CaseIterable {
        case accountSuspended = "AccountSuspendedException"
        case badRequest = "BadRequestException"
        /// The account's quota of a second or a day.
        case limitExceeded = "LimitExceededException"
        case senderNotVerified = "MailFromDomainNotVerifiedException"
        /// The mail holds something bad, or an address is not verified while the account is on probation.
        case rejected = "MessageRejected"
        /// A template or configuration set is not there.
        case notFound = "NotFoundException"
        case sendingPaused = "SendingPausedException"
        case tooManyRequests = "TooManyRequestsException"

        package init?(_ failure: AWSFailure) {
            guard let code = failure.code else { return nil }
            self.init(rawValue: code)
        }
    }
}

extension EmailClient.Mail {
    var json: JSONValue {
        var destination: [String: JSONValue] = [:]
        for (name, addresses) in [
            ("ToAddresses", to), ("CcAddresses", copies), ("BccAddresses", blindCopies),
        ] where !addresses.isEmpty {
            destination[name] = .array(addresses.map { .string($0) })
        }
        var input: [String: JSONValue] = ["Content": content.json]
        if !destination.isEmpty { input["Destination"] = .object(destination) }
        if let from { input["FromEmailAddress"] = .string(from) }
        if !replyTo.isEmpty { input["ReplyToAddresses"] = .array(replyTo.map { .string($0) }) }
        if let configurationSet { input["ConfigurationSetName"] = .string(configurationSet) }
        if !tags.isEmpty {
            input["EmailTags"] = .array(tags.map { ["Name": .string($0.name), "Value": .string($0.value)] })
        }
        return .object(input)
    }
}

extension EmailClient.Content {
    var json: JSONValue {
        switch self {
        case .simple(let subject, let text, let html, let headers):
            var body: [String: JSONValue] = [:]
            if let text { body["Text"] = Self.inUTF8(text) }
            if let html { body["Html"] = Self.inUTF8(html) }
            var members: [String: JSONValue] = ["Subject": Self.inUTF8(subject), "Body": .object(body)]
            if !headers.isEmpty {
                members["Headers"] = .array(
                    headers.map { ["Name": .string($0.name), "Value": .string($0.value)] })
            }
            return ["Simple": .object(members)]
        case .raw(let bytes): return ["Raw": ["Data": .string(Base64.encode(bytes))]]
        case .template(let name, let values):
            return ["Template": ["TemplateName": .string(name), "TemplateData": .string(values.text)]]
        }
    }

    /// Without a character set the service takes 7-bit ASCII for granted.
    private static func inUTF8(_ text: String) -> JSONValue {
        ["Data": .string(text), "Charset": "UTF-8"]
    }
}
