import AWSClient
import Foundation
import LocalCloud
import Quantities
import SigV4
import Wire

/// Brings a built site into its bucket without a moment in which a page lacks something.
///
/// Assets go first: their names change with their content, so nobody asks for them before the pages do. Then
/// the pages. Assets of earlier versions stay for browsers that have an older page open; the old ones are
/// deleted at last.
package struct SiteUpload: Sendable {
    /// For how long an asset that no page names any more is kept.
    static let retention = Duration.seconds(30 * 86_400)
    static let parallelUploads = 8

    package struct File: Equatable, Sendable {
        package let key: String
        package let body: [UInt8]
        package let contentType: String
        package let cacheControl: String

        package init(key: String, body: [UInt8], rules: SiteRules) {
            self.key = key
            self.body = body
            contentType = SiteFile.contentType(of: key)
            cacheControl = rules.cacheControl(of: "/\(key)")
        }

        /// As S3 tags an object that was put in one piece.
        var digest: String { Digest.hexadecimal(Digest.md5(body)) }
    }

    /// What is to be done, in its order.
    package struct Plan: Equatable, Sendable {
        package let assets: [File]
        package let pages: [File]
        package let deletions: [String]
        /// Files that are in the bucket already, byte for byte.
        package let unchanged: Int
    }

    private let s3: S3Client
    private let bucket: String
    private let rules: SiteRules

    package init(_ configuration: AWSConfiguration, bucket: String, rules: SiteRules) {
        s3 = S3Client(configuration)
        self.bucket = bucket
        self.rules = rules
    }

    package static func plan(
        _ files: [File], over objects: [S3Client.Object], rules: SiteRules, at now: Timestamp
    ) -> Plan {
        func isAsset(_ key: String) -> Bool { "/\(key)".hasPrefix(rules.assets) }
        let present = Dictionary(objects.map { ($0.key, $0) }) { first, _ in first }
        let changed = files.filter { present[$0.key]?.entityTag != $0.digest }
        let wanted = Set(files.map(\.key))
        let deletions = objects.filter { object in
            guard !wanted.contains(object.key) else { return false }
            guard isAsset(object.key) else { return true }
            return now - object.lastModified > retention
        }
        return Plan(
            assets: changed.filter { isAsset($0.key) }, pages: changed.filter { !isAsset($0.key) },
            deletions: deletions.map(\.key), unchanged: files.count - changed.count)
    }

    /// - Parameter onFile: Called after each file, with how many are done and how many there are.
    package func run(
        _ files: [File], at now: Timestamp, onFile: @Sendable (Int, Int) -> Void
    ) async throws -> Plan {
        let plan = Self.plan(files, over: try await s3.objects(in: bucket), rules: rules, at: now)
        let count = plan.assets.count + plan.pages.count
        try await put(plan.assets) { onFile($0, count) }
        try await put(plan.pages) { onFile(plan.assets.count + $0, count) }
        for key in plan.deletions { try await s3.delete(key, from: bucket) }
        return plan
    }

    private func put(_ files: [File], onFile: (Int) -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            var done = 0
            for (index, file) in files.enumerated() {
                if index >= Self.parallelUploads {
                    try await group.next()
                    done += 1
                    onFile(done)
                }
                group.addTask {
                    try await s3.put(
                        file.body, to: bucket, key: file.key, contentType: file.contentType,
                        cacheControl: file.cacheControl)
                }
            }
            for try await _ in group {
                done += 1
                onFile(done)
            }
        }
    }

    /// The files of a built site, below `folder`.
    static func files(in folder: String, rules: SiteRules) throws -> [File] {
        let root = URL(fileURLWithPath: folder, isDirectory: true)
        let manager = FileManager.default
        guard manager.fileExists(atPath: root.appendingPathComponent("index.html").path) else {
            throw DeployFailure.noSite(folder: folder)
        }
        return try manager.subpathsOfDirectory(atPath: root.path).sorted().compactMap { path in
            var isDirectory: ObjCBool = false
            let file = root.appendingPathComponent(path)
            guard manager.fileExists(atPath: file.path, isDirectory: &isDirectory), !isDirectory.boolValue
            else { return nil }
            return File(key: path, body: [UInt8](try Data(contentsOf: file)), rules: rules)
        }
    }
}
