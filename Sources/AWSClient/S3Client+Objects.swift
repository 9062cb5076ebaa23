import Wire

/// Single objects with all that belongs to them.
extension S3Client {
    /// An object that is to be put.
    package struct NewObject: Sendable, Equatable {
        package var key: String
        package var body: [UInt8]
        package var contentType: String?
        package var cacheControl: String?
        package var contentEncoding: String?
        /// By name without `x-amz-meta-`, in lower case; 2 KB in all, ASCII.
        package var metadata: [String: String] = [:]
        /// When it is put; `nil` for always.
        package var condition: Condition?

        package enum Condition: Sendable, Equatable {
            /// Only when nothing is under the key.
            case absent
            /// Only when what is there is still this.
            case unchanged(entityTag: String)
        }

        package init(key: String, body: [UInt8], contentType: String? = nil) {
            self.key = key
            self.body = body
            self.contentType = contentType
        }

        /// What is said of the object when it is made, its bytes and its condition aside.
        var headers: HTTPHeaders {
            var headers = HTTPHeaders()
            headers["Content-Type"] = contentType
            headers["Cache-Control"] = cacheControl
            headers["Content-Encoding"] = contentEncoding
            for (name, value) in metadata.sorted(by: { $0.key < $1.key }) {
                headers["\(S3Client.metadataPrefix)\(name)"] = value
            }
            return headers
        }

        func addCondition(to headers: inout HTTPHeaders) {
            switch condition {
            case .absent: headers["If-None-Match"] = "*"
            case .unchanged(let entityTag): headers["If-Match"] = "\"\(entityTag)\""
            case nil: break
            }
        }
    }

    /// What is known of an object without its bytes.
    package struct Head: Sendable, Equatable {
        /// Of the whole object.
        package let bytes: Int
        package let entityTag: String
        package let contentType: String?
        package let metadata: [String: String]
        /// In a bucket that keeps versions.
        package let version: String?
    }

    package struct Download: Sendable, Equatable {
        package let head: Head
        package let body: [UInt8]
    }

    /// Puts an object in one request, with a checksum that the bucket verifies and keeps.
    ///
    /// - Returns: Its entity tag; `nil` when its condition does not hold, and nothing was put.
    /// - Throws: Also `ConditionalRequestConflict`, when somebody else puts it at the same time.
    package func put(_ object: NewObject, in bucket: String) async throws(AWSFailure) -> String? {
        var headers = object.headers
        headers[Self.checksumHeader] = Self.checksum(of: object.body)
        object.addCondition(to: &headers)
        do throws(AWSFailure) {
            let response = try await client.send(
                AWSCall(.put, path: path(bucket, object.key), headers: headers, body: object.body))
            return try entityTag(response)
        } catch let failure where failure.code == "PreconditionFailed" {
            return nil
        }
    }

    /// Reads an object or a part of it. The checksum of a whole one is verified where the bucket keeps it.
    ///
    /// - Parameters:
    ///   - range: Which bytes, the first is 0; what is beyond the object's end does not come.
    ///   - known: The entity tag of what the caller has already.
    /// - Returns: `nil` when the object is still the one the caller has.
    /// - Throws: `NoSuchKey`, and `InvalidRange` when the object ends before the range.
    package func download(
        _ key: String, from bucket: String, range: ClosedRange<Int>? = nil, unless known: String? = nil
    ) async throws(AWSFailure) -> Download? {
        var headers: HTTPHeaders = [Self.checksumModeHeader: "ENABLED"]
        if let range { headers["Range"] = "bytes=\(range.lowerBound)-\(range.upperBound)" }
        if let known { headers["If-None-Match"] = "\"\(known)\"" }
        let response: HTTPResponse
        do {
            response = try await client.send(AWSCall(.get, path: path(bucket, key), headers: headers))
        } catch let failure where Self.status(of: failure) == 304 {
            return nil
        }
        var total = response.body.count
        if range != nil {
            guard response.status == 206,
                let size = response.headers["Content-Range"]?.split(separator: "/").last.flatMap({ Int($0) })
            else { throw client.malformed("a part of an object lacks Content-Range", response) }
            total = size
        } else if let checksum = response.headers[Self.checksumHeader], !checksum.contains("-"),
            checksum != Self.checksum(of: response.body)
        {
            throw client.malformed("an object does not have its checksum", response)
        }
        return Download(head: try head(response, bytes: total), body: response.body)
    }

    /// - Returns: `nil` when nothing is under the key, or nothing the caller may see.
    package func head(_ key: String, in bucket: String) async throws(AWSFailure) -> Head? {
        do throws(AWSFailure) {
            let response = try await client.send(AWSCall(.head, path: path(bucket, key)))
            guard let bytes = response.headers["Content-Length"].flatMap({ Int($0) }) else {
                throw client.malformed("an object's head lacks Content-Length", response)
            }
            return try head(response, bytes: bytes)
        } catch let failure where Self.status(of: failure) == 404 {
            return nil
        }
    }

    func entityTag(_ response: HTTPResponse) throws(AWSFailure) -> String {
        guard let tag = response.headers["ETag"] else { throw client.malformed("no ETag", response) }
        return Self.bare(tag)
    }

    static func bare(_ entityTag: String) -> String { String(entityTag.filter { $0 != "\"" }) }

    /// Base64 of the four bytes, the highest first.
    static func checksum(of bytes: [UInt8]) -> String {
        withUnsafeBytes(of: CRC32.checksum(bytes).bigEndian) { Base64.encode($0) }
    }

    static let checksumHeader = "x-amz-checksum-crc32"
    private static let checksumModeHeader = "x-amz-checksum-mode"
    private static let metadataPrefix = "x-amz-meta-"

    private func head(_ response: HTTPResponse, bytes: Int) throws(AWSFailure) -> Head {
        var metadata: [String: String] = [:]
        for (name, value) in response.headers.fields {
            let name = name.lowercased()
            guard name.hasPrefix(Self.metadataPrefix) else { continue }
            metadata[String(name.dropFirst(Self.metadataPrefix.count))] = value
        }
        return Head(
            bytes: bytes, entityTag: try entityTag(response), contentType: response.headers["Content-Type"],
            metadata: metadata, version: response.headers["x-amz-version-id"])
    }

    private static func status(of failure: AWSFailure) -> Int? {
        if case .service(_, let status) = failure.kind { status } else { nil }
    }
}
