#if os(Linux)
    // Foundation looks for files.
    import Foundation
    import LocalCloud
    import Testing
    import Wire

    /// The functions as they are deployed: one static file each, light, and able to start.
    @Suite(.timeLimit(.minutes(5))) struct WeightTests {
        static let heaviestPackageBytes = 8 << 20
        static let directory = Desk.repository.appending(path: ".build-static/release").path()
        /// They know vectors alone.
        static let withoutDatabase: Set = [DeployedFunction.ingest.product, DeployedFunction.search.product]
        static let names = DeployedFunction.all.map(\.product) + ["Echo"]

        @Test(arguments: names) func `a function is one static file`(name: String) throws {
            let file = try ExecutableFile(path: try Self.path(name))
            #expect(!file.hasInterpreter)
            #expect(file.neededCount == 0)
        }

        @Test(arguments: names) func `a package weighs at most 8 MB`(name: String) throws {
            let path = Desk.repository.appending(path: "packages/\(name).zip").path()
            guard FileManager.default.fileExists(atPath: path) else {
                throw ProgramFailure(words: "\(path) is missing: run make package first")
            }
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            let bytes = try #require(attributes[.size] as? Int)
            #expect(bytes > 0 && bytes <= Self.heaviestPackageBytes)
        }

        @Test(arguments: DeployedFunction.all.map(\.product))
        func `a function that lacks its variables says which, and does not start`(name: String) async throws {
            let reply = try await Self.invoke(name, [:])
            let text = String(decoding: reply.payload, as: UTF8.self)
            #expect(reply.functionError != nil)
            let missing =
                Self.withoutDatabase.contains(name)
                ? ["VECTOR_BUCKET"] : ["AURORA_CLUSTER_ARN", "AURORA_SECRET_ARN"]
            #expect(missing.allSatisfy { text.contains($0) }, "\(text)")
        }

        @Test func `the smallest function answers`() async throws {
            let reply = try await Self.invoke("Echo", ["hello": "world"])
            #expect(reply.functionError == nil)
            #expect(try JSONValue(reading: reply.payload) == ["hello": "world"])
        }

        private static func path(_ name: String) throws -> String {
            let path = "\(directory)/\(name)"
            guard FileManager.default.isExecutableFile(atPath: path) else {
                throw ProgramFailure(words: "\(path) is missing: run make package first")
            }
            return path
        }

        private static func invoke(_ name: String, _ event: JSONValue) async throws -> LambdaReply {
            let account = LambdaAccount(
                region: LocalAccount.region, account: LocalAccount.id,
                environment: [
                    "AWS_ACCESS_KEY_ID": LocalAccount.credentials.accessKeyID,
                    "AWS_SECRET_ACCESS_KEY": LocalAccount.credentials.secretAccessKey,
                ])
            let lambda = LambdaService(account: account)
            await lambda.deploy(LambdaFunction(name: name, executable: try path(name), timeout: .seconds(20)))
            do {
                let reply = try await lambda.invoke(name, payload: event.bytes)
                await lambda.stop()
                return reply
            } catch {
                await lambda.stop()
                throw error
            }
        }
    }
#endif
