// Foundation finds the script beside this file.
import Foundation
import LocalCloud
import Testing

extension SharedHouse {
    @Suite struct StrangerStory {
        @Test func `a stranger's boto3 works with nothing but the printed variables`() async throws {
            let house = try SharedHouse.house
            let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "stranger.py")
                .path()
            let python = ProcessInfo.processInfo.environment["ALEX_PYTHON"] ?? "python3"
            let program = Program(
                python, [script], environment: LocalAccount.environment(awsPort: house.cloud.awsPort))
            let (status, output) = try await house.log.within(.seconds(120), "the stranger") {
                try await program.run()
            }
            #expect(status == 0, "\(output)")
        }
    }
}
