import Wire

/// Objects that travel in parts, some at once.
extension S3Client {
    /// Every part but the last has at least so many bytes.
    package static let smallestPartBytes = 5 * 1024 * 1024
    package static let mostParts = 10_000

    /// Puts an object of any size: a large one in parts, of which `atOnce` are on their way at a time. Nobody
    /// sees any of it before the last part is there. When something fails, or the task is cancelled, what was
    /// put is thrown away.
    ///
    /// - Parameters:
    ///   - partBytes: At least ``smallestPartBytes``; more when the object would have too many parts.
    ///   - atOnce: At least 1.
    /// - Returns: The object's entity tag; `nil` when its condition does not hold, and nothing was put.
    package func putLarge(
        _ object: NewObject, in bucket: String, partBytes: Int = S3Client.bytesPerPart, atOnce: Int = 4
    ) async throws(AWSFailure) -> String? {
        let least = (object.body.count + Self.mostParts - 1) / Self.mostParts
        let size = max(partBytes, Self.smallestPartBytes, least)
        guard object.body.count > size else { return try await put(object, in: bucket) }
        let upload = Upload(
            client: self, path: path(bucket, object.key), id: try await begin(object, in: bucket))
        do throws(AWSFailure) {
            let parts = try await upload.put(object.body, size: size, atOnce: max(1, atOnce))
            return try await upload.complete(parts, of: object)
        } catch let failure {
            let ending = await upload.abort()
            if failure.code == "PreconditionFailed" { return nil }
            throw AWSFailure(
                service: failure.service, kind: failure.kind,
                message: ending.map { "\(failure.message); its parts are still there: \($0.message)" }
                    ?? failure.message,
                requestID: failure.requestID)
        }
    }

    private func begin(_ object: NewObject, in bucket: String) async throws(AWSFailure) -> String {
        var headers = object.headers
        headers["x-amz-checksum-algorithm"] = "CRC32"
        let reply = try await client.xml(
            AWSCall(.post, path: path(bucket, object.key), query: "uploads", headers: headers))
        guard let id = reply["UploadId"]?.text, !id.isEmpty else { throw client.malformed("no UploadId") }
        return id
    }

    /// An object on its way.
    private struct Upload {
        struct Part {
            let number: Int
            let entityTag: String
            let checksum: String
        }

        let client: S3Client
        let path: String
        let id: String

        /// Sends the parts; the first failure stops those that are on their way.
        func put(_ body: [UInt8], size: Int, atOnce: Int) async throws(AWSFailure) -> [Part] {
            let starts = Array(stride(from: 0, to: body.count, by: size))
            let result = await withTaskGroup(of: Result<Part, AWSFailure>.self) { group in
                var next = 0
                func startNext() {
                    guard next < starts.count else { return }
                    let (number, start) = (next + 1, starts[next])
                    next += 1
                    group.addTask {
                        await put(number, Array(body[start..<min(start + size, body.count)]))
                    }
                }
                for _ in 0..<atOnce { startNext() }
                var parts: [Part] = []
                while let outcome = await group.next() {
                    switch outcome {
                    case .success(let part):
                        parts.append(part)
                        startNext()
                    case .failure(let failure):
                        group.cancelAll()
                        return Result<[Part], AWSFailure>.failure(failure)
                    }
                }
                return .success(parts.sorted { $0.number < $1.number })
            }
            return try result.get()
        }

        private func put(_ number: Int, _ bytes: [UInt8]) async -> Result<Part, AWSFailure> {
            let checksum = S3Client.checksum(of: bytes)
            do throws(AWSFailure) {
                let response = try await client.client.send(
                    AWSCall(
                        .put, path: path, query: "partNumber=\(number)&uploadId=\(encodedID)",
                        headers: [S3Client.checksumHeader: checksum], body: bytes,
                        timeout: Self.timeoutOfPart))
                return .success(
                    Part(
                        number: number, entityTag: try client.entityTag(response), checksum: checksum))
            } catch {
                return .failure(error)
            }
        }

        /// S3 answers with status 200 before it begins, and may still say in the body that it failed; that is
        /// a failure, too, and tried again.
        func complete(_ parts: [Part], of object: NewObject) async throws(AWSFailure) -> String {
            let list = parts.map { part in
                "<Part><ETag>\"\(part.entityTag)\"</ETag>"
                    + "<ChecksumCRC32>\(part.checksum)</ChecksumCRC32>"
                    + "<PartNumber>\(part.number)</PartNumber></Part>"
            }
            let body =
                "<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                + list.joined() + "</CompleteMultipartUpload>"
            var headers = HTTPHeaders()
            object.addCondition(to: &headers)
            headers["Content-Type"] = "application/xml"
            let reply = try await client.client.xml(
                AWSCall(
                    .post, path: path, query: "uploadId=\(encodedID)", headers: headers,
                    body: Array(body.utf8), timeout: Self.timeoutOfEnd))
            guard let tag = reply["ETag"]?.text else {
                throw client.client.malformed("no ETag of the whole object")
            }
            return S3Client.bare(tag)
        }

        /// Parts cost money until they are thrown away, so this happens in a task of its own, which is not
        /// cancelled with the caller's; it is awaited.
        ///
        /// - Returns: Why it did not succeed.
        func abort() async -> AWSFailure? {
            await Task {
                do throws(AWSFailure) {
                    _ = try await client.client.send(
                        AWSCall(.delete, path: path, query: "uploadId=\(encodedID)"))
                    return nil
                } catch {
                    return error.code == "NoSuchUpload" ? nil : error
                }
            }.value
        }

        private var encodedID: String { PercentEncoding.encode(id) }

        private static let timeoutOfPart = Duration.seconds(300)
        /// S3 puts large objects together for minutes.
        private static let timeoutOfEnd = Duration.seconds(300)
    }
}
