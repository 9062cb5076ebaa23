import AWSClient
import Fakes
import Testing
import Wire

@Suite struct EmailClientTests {
    let mail = EmailClient.Mail(
        from: "a@example.com", to: ["b@example.com"], content: .simple(subject: "s", text: "t"))

    @Test(arguments: EmailClient.Refusal.allCases)
    func `what the service has against a mail has a name`(_ refusal: EmailClient.Refusal) async {
        let under = ClientUnderTest(.error(refusal.rawValue, 400), attempts: 1)
        let failure = await #expect(throws: AWSFailure.self) {
            try await EmailClient(under.configuration).send(mail)
        }
        #expect(failure.flatMap { EmailClient.Refusal($0) } == refusal)
    }

    @Test func `a mail that may have been taken is not sent again`() async {
        let answers: [ScriptedTransport.Answer] = [
            .text("", status: 503), .failure(.interrupted(host: "h", reason: "r")),
            .failure(.timedOut(host: "h", after: .seconds(1))),
        ]
        for answer in answers {
            let under = ClientUnderTest(answer)
            await #expect(throws: AWSFailure.self) {
                try await EmailClient(under.configuration).send(mail)
            }
            #expect(under.transport.requests.count == 1)
        }
    }

    @Test func `a mail that was not taken is sent again`() async throws {
        let under = ClientUnderTest(
            .failure(.notConnected(host: "h", reason: "r")), .error("TooManyRequestsException", 429),
            .text(#"{"MessageId":"m"}"#))
        #expect(try await EmailClient(under.configuration).send(mail) == "m")
    }
}
