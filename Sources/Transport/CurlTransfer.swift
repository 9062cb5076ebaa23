import CCurl
import Wire

/// One request on its way. Lives on the driver's thread.
///
/// A class because libcurl's callbacks hold a pointer to it.
final class CurlTransfer {
    let handle: UnsafeMutableRawPointer
    private let submission: CurlDriver.Submission
    private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private var response = ResponseReader(bodyLimit: CurlTransport.largestResponseBytes)

    var isCancelled: Bool { submission.cancellation.isRequested }

    init(_ submission: CurlDriver.Submission, certificateBundle: String?) {
        guard let handle = curl_easy_init() else {
            preconditionFailure("libcurl has no memory for a request")
        }
        self.handle = handle
        self.submission = submission
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        setLimits(certificateBundle)
        setMethodAndBody(submission.request)
        setHeaders(submission.request.headers)
        setReceivers()
    }

    deinit {
        curl_easy_cleanup(handle)
        curl_slist_free_all(headerList)
        errorText.deallocate()
    }

    func complete(_ result: Result<HTTPResponse, TransportFailure>) { submission.completion(result) }

    func result(_ code: CURLcode) -> Result<HTTPResponse, TransportFailure> {
        guard code == CURLE_OK else { return .failure(failure(code)) }
        guard let response = response.response else {
            return .failure(.interrupted(host: host, reason: "the answer has no status"))
        }
        return .success(response)
    }

    private var host: String { submission.request.url.authority }

    private func failure(_ code: CURLcode) -> TransportFailure {
        if response.isTooLong {
            let limit = CurlTransport.largestResponseBytes
            return .interrupted(host: host, reason: "the answer is longer than \(limit) bytes")
        }
        let detail = String(cString: errorText)
        let reason = detail.isEmpty ? String(cString: curl_easy_strerror(code)) : detail
        return TransportFailure(
            code, host: host, reason: reason, timeout: submission.timeout,
            wasConnected: ccurl_get_offset(handle, CURLINFO_PRETRANSFER_TIME_T) > 0)
    }

    private func setLimits(_ certificateBundle: String?) {
        ccurl_set_text(handle, CURLOPT_URL, submission.request.url.description)
        ccurl_allow_http_alone(handle)
        ccurl_set_long(handle, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        // The signature covers the path as it is written.
        ccurl_set_long(handle, CURLOPT_PATH_AS_IS, 1)
        ccurl_set_long(handle, CURLOPT_NOSIGNAL, 1)
        ccurl_set_text(handle, CURLOPT_PROXY, "")
        ccurl_set_long(handle, CURLOPT_TCP_KEEPALIVE, 1)
        ccurl_set_close_on_exec(handle)
        ccurl_set_long(handle, CURLOPT_TIMEOUT_MS, milliseconds(submission.timeout))
        ccurl_set_long(handle, CURLOPT_CONNECTTIMEOUT_MS, milliseconds(CurlTransport.connectTimeout))
        if let certificateBundle { ccurl_set_text(handle, CURLOPT_CAINFO, certificateBundle) }
    }

    private func setMethodAndBody(_ request: HTTPRequest) {
        switch request.method {
        case .head: ccurl_set_long(handle, CURLOPT_NOBODY, 1)
        case .get where request.body.isEmpty: break
        case .get, .post, .put, .patch, .delete, .options:
            if request.method != .delete || !request.body.isEmpty {
                ccurl_set_offset(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.count))
                request.body.withUnsafeBytes { bytes in
                    // libcurl copies the bytes, and takes no address for no bytes.
                    let start = UnsafeMutableRawPointer(mutating: bytes.baseAddress)
                    ccurl_set_pointer(handle, CURLOPT_COPYPOSTFIELDS, start)
                }
                if request.body.isEmpty { ccurl_set_text(handle, CURLOPT_COPYPOSTFIELDS, "") }
            }
            ccurl_set_text(handle, CURLOPT_CUSTOMREQUEST, request.method.rawValue)
        }
    }

    private func setHeaders(_ headers: HTTPHeaders) {
        for field in headers.fields {
            // libcurl drops a header that ends with a colon, and sends one that ends with a semicolon without
            // a value.
            append(field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)")
        }
        let unwanted = ["Expect", "Accept", "Content-Type"]
        for name in unwanted where headers[name] == nil { append("\(name):") }
        ccurl_set_list(handle, CURLOPT_HTTPHEADER, headerList)
        if headers["User-Agent"] == nil { ccurl_set_text(handle, CURLOPT_USERAGENT, "alex") }
    }

    private func append(_ line: String) {
        headerList = curl_slist_append(headerList, line)
    }

    private func setReceivers() {
        let context = Unmanaged.passUnretained(self).toOpaque()
        ccurl_set_pointer(handle, CURLOPT_ERRORBUFFER, errorText)
        ccurl_set_pointer(handle, CURLOPT_HEADERDATA, context)
        ccurl_set_receiver(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            CurlTransfer.receive(bytes, size * count, context) { $0.receiveHeaderLine($1) }
        }
        ccurl_set_pointer(handle, CURLOPT_WRITEDATA, context)
        ccurl_set_receiver(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            CurlTransfer.receive(bytes, size * count, context) { $0.receiveBody($1) }
        }
    }

    /// - Returns: The number of bytes taken; libcurl aborts the transfer when it is less than `count`.
    private static func receive(
        _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int, _ context: UnsafeMutableRawPointer?,
        by reader: (inout ResponseReader, UnsafeRawBufferPointer) -> Bool
    ) -> Int {
        guard let context else { return 0 }
        let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
        return reader(&transfer.response, UnsafeRawBufferPointer(start: bytes, count: count)) ? count : 0
    }
}

/// At least one: libcurl takes zero for "no limit".
private func milliseconds(_ duration: Duration) -> Int {
    let (seconds, attoseconds) = duration.components
    return max(1, Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000))
}
