// Foundation runs gzip, a stranger who reads what we compress.
import Foundation
import LocalCloud
import Testing
import Wire

/// Compression and conditional requests.
@Suite struct SiteNegotiationTests {
    private static let script = "/assets/main-ABCD.js"

    @Test func `text is compressed for who accepts it, and gunzip reads it`() async throws {
        try await SampleSite.serve { site, directory in
            let response = await site.response(Self.script, accepting: "gzip, deflate, br")
            #expect(response.headers["Content-Encoding"] == "gzip")
            #expect(response.headers["Vary"] == "Accept-Encoding")
            #expect(response.body.count * 10 < SampleSite.script.utf8.count)
            let text = try Self.gunzip(response.body, in: directory)
            #expect(text == SampleSite.script)
        }
    }

    @Test(arguments: ["", "br", "gzip;q=0", "gzip; q=0.000, *", "*;q=0", "gzip;q=x"])
    func `who does not accept gzip gets the file as it is`(accepted: String) async throws {
        try await SampleSite.serve { site, _ in
            let response = await site.response(Self.script, accepting: accepted)
            #expect(response.headers["Content-Encoding"] == nil)
            #expect(response.headers["Vary"] == "Accept-Encoding")
            #expect(response.text == SampleSite.script)
        }
    }

    @Test(arguments: ["gzip", "GZIP;q=0.1", "br;q=1, gzip ; q=0.5", "*", "x-gzip", "identity;q=0, gzip"])
    func `who accepts gzip in any spelling gets it`(accepted: String) async throws {
        try await SampleSite.serve { site, _ in
            let response = await site.response(Self.script, accepting: accepted)
            #expect(response.headers["Content-Encoding"] == "gzip")
        }
    }

    @Test(arguments: ["/favicon.ico", "/"]) func `what is no text or short stays as it is`(path: String)
        async throws
    {
        try await SampleSite.serve { site, _ in
            let response = await site.response(path, accepting: "gzip")
            #expect(response.headers["Content-Encoding"] == nil)
            #expect(response.headers["Vary"] == nil)
        }
    }

    @Test func `who has the file already is told so, in one line and with all headers`() async throws {
        try await SampleSite.serve { site, _ in
            let tag = try #require(await site.response(Self.script).headers["ETag"])
            let response = await site.response(Self.script, ["If-None-Match": tag])
            #expect(response.status == 304)
            #expect(response.body.isEmpty)
            #expect(response.headers["ETag"] == tag)
            #expect(response.headers["Vary"] == "Accept-Encoding")
            #expect(response.headers["Cache-Control"] == "public, max-age=31536000, immutable")
            #expect(response.headers["X-Frame-Options"] == "DENY")
        }
    }

    @Test func `a tag is found in a list, weakly compared, and a star is any`() async throws {
        try await SampleSite.serve { site, _ in
            let tag = try #require(await site.response("/").headers["ETag"])
            for value in ["\"other\" , \(tag)", "W/\(tag)", "*"] {
                #expect(await site.response("/", ["If-None-Match": value]).status == 304, "\(value)")
            }
            #expect(await site.response("/", ["If-None-Match": "\"other\""]).status == 200)
        }
    }

    @Test func `both forms of a file have tags of their own`() async throws {
        try await SampleSite.serve { site, _ in
            let plain = await site.response(Self.script).headers["ETag"]
            let compressed = await site.response(Self.script, accepting: "gzip").headers["ETag"]
            #expect(plain != nil && compressed != nil && plain != compressed)
        }
    }

    @Test func `a page that is not there is never unchanged`() async throws {
        try await SampleSite.serve { site, _ in
            #expect(await site.response("/nowhere", ["If-None-Match": "*"]).status == 404)
        }
    }

    private static func gunzip(_ bytes: [UInt8], in directory: TemporaryDirectory) throws -> String {
        let file = directory.path + "/answer.gz"
        try Foundation.Data(bytes).write(to: URL(filePath: file))
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["gzip", "--decompress", "--stdout", file]
        process.standardOutput = output
        try process.run()
        let text = try output.fileHandleForReading.readToEnd() ?? Foundation.Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return String(decoding: text, as: UTF8.self)
    }
}

extension StaticSite {
    fileprivate func response(_ path: String, accepting codings: String) async -> HTTPResponse {
        await response(path, ["Accept-Encoding": codings])
    }
}
