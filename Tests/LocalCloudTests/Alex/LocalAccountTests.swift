import LocalCloud
import Testing

@Suite struct LocalAccountTests {
    /// With any of these a tool of the local cloud would sign for, or even talk to, the real one.
    @Test func `what settings say about an AWS account gives way to the local cloud`() {
        let variables = LocalAccount.environment(
            awsPort: 4570,
            over: [
                "AWS_SESSION_TOKEN": "token", "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
                "AWS_SECRET_ACCESS_KEY": "secret",
                "AWS_ENDPOINT_URL_RDS_DATA": "https://rds-data.us-east-1.amazonaws.com",
                "AURORA_CLUSTER_ARN": "arn:aws:rds:us-east-1:123456789012:cluster:real",
                "AURORA_DATABASE": "real", "POLYGON_API_KEY": "key",
            ])
        #expect(variables["POLYGON_API_KEY"] == "key")
        let rest = variables.filter { $0.key != "POLYGON_API_KEY" }
        #expect(rest == LocalAccount.environment(awsPort: 4570))
    }
}
