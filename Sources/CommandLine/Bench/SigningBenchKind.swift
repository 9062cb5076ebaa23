import SigV4
import Wire

/// Requests of one kind, as our clients send them, and who signs them.
struct SigningBenchKind {
    let name: String
    let requests: [HTTPRequest]
    let signer: Signer
    private let credentials: Credentials

    static func all(_ count: Int) -> [SigningBenchKind] {
        [
            SigningBenchKind("a statement for the Data API", "rds-data", count) { number in
                post(
                    "https://rds-data.us-east-1.amazonaws.com/Execute", ["Content-Type": "application/json"],
                    #"{"database":"alex","sql":"SELECT * FROM jobs WHERE id = \#(number)"}"#)
            },
            SigningBenchKind("a message for SQS", "sqs", count) { number in
                post(
                    "https://sqs.us-east-1.amazonaws.com/",
                    [
                        "Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": "AmazonSQS.SendMessage",
                        "X-Amzn-Query-Mode": "true",
                    ], #"{"MessageBody":"{\"job_id\":\#(number)}"}"#)
            },
            SigningBenchKind("a conversation of 4 kB for Bedrock", "bedrock", count) { number in
                post(
                    "https://bedrock-runtime.us-east-1.amazonaws.com/model/arn%3Aaws%3Abedrock%3Aus-east-1"
                        + "%3A123456789012%3Ainference-profile%2Fus.amazon.nova-pro-v1%3A0/converse",
                    ["Content-Type": "application/json"],
                    "{\"messages\":[\"\(number)" + String(repeating: "The bond fund fell. ", count: 200)
                        + "\"]}")
            },
            SigningBenchKind("a list of objects of S3", "s3", count) { number in
                HTTPURL(
                    "https://alex-site.s3.us-east-1.amazonaws.com/?list-type=2&prefix=assets%2F\(number)"
                        + "&max-keys=1000&encoding-type=url"
                ).map { HTTPRequest(.get, $0) }
            },
        ]
    }

    private init(
        _ name: String, _ service: String, _ count: Int, _ request: (Int) -> HTTPRequest?
    ) {
        self.name = name
        requests = (0..<count).compactMap(request)
        credentials = Credentials(
            accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
            sessionToken: String(repeating: "temporary/credentials+of/a+role/", count: 12))
        signer = Signer(
            credentials: credentials, region: "us-east-1", service: service,
            pathEncoding: service == "s3" ? .once : .twice)
    }

    private static func post(_ url: String, _ headers: HTTPHeaders, _ body: String) -> HTTPRequest? {
        HTTPURL(url).map { HTTPRequest(.post, $0, headers: headers, body: Array(body.utf8)) }
    }

    /// As `scripts/sigv4_witnesses.py` reads it.
    var plan: JSONValue {
        [
            "service": .string(signer.service), "region": .string(signer.region),
            "isS3": .bool(signer.service == "s3"),
            "accessKeyID": .string(credentials.accessKeyID),
            "secretAccessKey": .string(credentials.secretAccessKey),
            "sessionToken": .string(credentials.sessionToken ?? ""),
            "requests": .array(
                requests.map { request in
                    [
                        "method": .string(request.method.rawValue), "url": .string("\(request.url)"),
                        "headers": .array(
                            request.headers.fields.map { .array([.string($0.name), .string($0.value)]) }),
                        "body": .string(Base64.encode(request.body)),
                    ]
                }),
        ]
    }
}
