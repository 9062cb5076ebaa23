import CommandLine
import SigV4
import Testing
import Wire

struct DeployedPartTests {
    private static let zip = Array("zip".utf8)
    private static let resources: [JSONValue] = [
        [
            "type": "aws_lambda_function",
            "values": [
                "function_name": "alex-planner", "runtime": "provided.al2023",
                "source_code_hash": .string(Base64.encode(Digest.sha256(zip))),
            ],
        ],
        [
            "type": "aws_rds_cluster",
            "values": [
                "serverlessv2_scaling_configuration": [["min_capacity": 0, "max_capacity": 1.5]]
            ],
        ],
        ["type": "aws_sqs_queue", "values": [:]],
    ]

    @Test func `functions, versions and capacity are read from the state`() throws {
        let deployed = DeployedPart(.agents, resources: Self.resources)
        #expect(deployed.resourceCount == 3)
        let function = try #require(deployed.functions.first)
        #expect(function.name == "alex-planner")
        #expect(deployed.capacity?.1 == 1.5)
        #expect(DeployedPart.freshness(of: function, package: Self.zip) == .current)
        #expect(DeployedPart.freshness(of: function, package: [1]) == .outdated)
        #expect(DeployedPart.freshness(of: function, package: nil) == .unknown)
    }

    @Test func `lines tell what is deployed, in which version, and what drives its cost`() {
        let lines = StatusLines(style: Style(isColored: false)).lines(
            DeployedPart(.database, resources: Self.resources)
        ) { _ in .outdated }
        #expect(lines[0] == "● 5_database       3 resources")
        #expect(lines[1].contains("alex-planner") && lines[1].contains("another version than packages/"))
        #expect(lines[2] == "    capacity 0 to 1.5 units")
        #expect(lines[3].contains("the largest driver"))
        let absent = StatusLines(style: Style(isColored: false)).lines(
            DeployedPart(.agents, resources: [])
        ) { _ in .unknown }
        #expect(absent == ["○ 6_agents         not deployed"])
    }
}
