import Quantities
import SigV4
import Wire

/// Keeps objects in Amazon S3. Buckets are named in the path, so that the certificate fits any name.
package struct S3Client: Sendable {
    let client: AWSClient

    /// What one request may carry; larger objects travel in parts.
    package static let largestObjectBytes = 5 * 1024 * 1024 * 1024

    package init(_ configuration: AWSConfiguration) {
        client = AWSClient(.s3, configuration)
    }

    /// An object of a listing.
    package struct Object: Sendable, Equatable {
        package let key: String
        package let bytes: Int
        /// Of an object that was put in one piece, the MD5 digest of its bytes in hexadecimal digits.
        package let entityTag: String
        package let lastModified: Timestamp

        package init(key: String, bytes: Int, entityTag: String, lastModified: Timestamp) {
            self.key = key
            self.bytes = bytes
            self.entityTag = entityTag
            self.lastModified = lastModified
        }
    }

    /// Every object whose key begins with `prefix`, in the order of keys.
    package func objects(in bucket: String, prefix: String = "") async throws(AWSFailure) -> [Object] {
        var objects: [Object] = []
        var token: String?
        repeat {
            var query = "list-type=2"
            if !prefix.isEmpty { query += "&prefix=\(PercentEncoding.encode(prefix))" }
            // A key may hold characters that XML cannot.
            query += "&encoding-type=url"
            if let token { query += "&continuation-token=\(PercentEncoding.encode(token))" }
            let page = try await client.xml(AWSCall(.get, path: path(bucket), query: query))
            for element in page.all("Contents") { objects.append(try object(element)) }
            token = page["IsTruncated"]?.text == "true" ? page["NextContinuationToken"]?.text : nil
        } while token != nil
        return objects
    }

    /// Puts an object in one request; what was there under the key is replaced as a whole or not at all.
    package func put(
        _ body: [UInt8], to bucket: String, key: String, contentType: String, cacheControl: String
    ) async throws(AWSFailure) {
        _ = try await client.send(
            AWSCall(
                .put, path: path(bucket, key),
                headers: [
                    "Content-Type": contentType, "Cache-Control": cacheControl,
                    "Content-MD5": Base64.encode(Digest.md5(body)),
                ], body: body))
    }

    /// The bytes of an object.
    package func object(_ key: String, in bucket: String) async throws(AWSFailure) -> [UInt8] {
        try await client.send(AWSCall(.get, path: path(bucket, key))).body
    }

    /// An object of any size, read in parts of ``bytesPerPart``, some at once.
    package func largeObject(_ key: String, in bucket: String) async throws(AWSFailure) -> [UInt8] {
        let first = try await part(0, of: key, in: bucket)
        guard let total = first.headers["Content-Range"]?.split(separator: "/").last.flatMap({ Int($0) })
        else {
            throw client.malformed("a part of an object lacks Content-Range", first)
        }
        let rest = Array(stride(from: Self.bytesPerPart, to: total, by: Self.bytesPerPart))
        let parts = await withTaskGroup(of: (Int, Result<[UInt8], AWSFailure>).self) { group in
            for start in rest {
                group.addTask {
                    do throws(AWSFailure) {
                        return (start, .success(try await part(start, of: key, in: bucket).body))
                    } catch {
                        return (start, .failure(error))
                    }
                }
            }
            var parts: [Int: Result<[UInt8], AWSFailure>] = [:]
            for await (start, part) in group { parts[start] = part }
            return parts
        }
        var bytes = first.body
        bytes.reserveCapacity(total)
        for start in rest {
            if let part = parts[start] { bytes += try part.get() }
        }
        guard bytes.count == total else {
            throw client.malformed("\(bytes.count) of \(total) bytes of an object came")
        }
        return bytes
    }

    package static let bytesPerPart = 16 * 1024 * 1024

    private func part(_ start: Int, of key: String, in bucket: String) async throws(AWSFailure)
        -> HTTPResponse
    {
        try await client.send(
            AWSCall(
                .get, path: path(bucket, key),
                headers: ["Range": "bytes=\(start)-\(start + Self.bytesPerPart - 1)"]))
    }

    /// Deletes an object; one that is not there is deleted, too.
    package func delete(_ key: String, from bucket: String) async throws(AWSFailure) {
        _ = try await client.send(AWSCall(.delete, path: path(bucket, key)))
    }

    private func object(_ element: XMLElement) throws(AWSFailure) -> Object {
        guard let key = (element["Key"]?.text).flatMap({ PercentEncoding.decode($0, plusIsSpace: true) }),
            let bytes = (element["Size"]?.text).flatMap({ Int($0) }),
            let tag = element["ETag"]?.text,
            let lastModified = (element["LastModified"]?.text).flatMap({ Timestamp($0) })
        else { throw client.malformed("an object lacks Key, Size, ETag or LastModified") }
        return Object(
            key: key, bytes: bytes, entityTag: String(tag.filter { $0 != "\"" }), lastModified: lastModified)
    }

    func path(_ bucket: String, _ key: String? = nil) -> String {
        let bucket = "/\(PercentEncoding.encode(bucket))"
        return key.map { "\(bucket)/\(PercentEncoding.encode($0, keeping: "/"))" } ?? bucket
    }
}
