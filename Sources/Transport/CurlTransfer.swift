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
    private let reach: NetworkReach
    private var response: ResponseReader
    /// Of a streamed answer: whether its head was handed over.
    private var isHeadDelivered = false
    /// The last address that ``reach`` has ruled out.
    private var refusedAddress: String?

    var isCancelled: Bool { submission.cancellation.isRequested }

    init(_ submission: CurlDriver.Submission, _ options: CurlTransport.Options) {
        guard let handle = curl_easy_init() else {
            preconditionFailure("libcurl has no memory for a request")
        }
        self.handle = handle
        self.submission = submission
        reach = options.reach
        let unpacksGzip =
            options.unpacksGzip && !submission.isStreamed
            && submission.request.headers["Accept-Encoding"] == nil
        response = ResponseReader(bodyLimit: options.largestResponseBytes, isUnpacked: unpacksGzip)
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        if unpacksGzip { ccurl_set_text(handle, CURLOPT_ACCEPT_ENCODING, "gzip") }
        setLimits(options.certificateBundle)
        setProxy(submission.proxy, options.certificateBundle)
        setMethodAndBody(submission.request)
        setHeaders(submission.request.headers)
        setReceivers()
    }

    deinit {
        curl_easy_cleanup(handle)
        curl_slist_free_all(headerList)
        errorText.deallocate()
    }

    func complete(_ result: Result<HTTPResponse, TransportFailure>) {
        switch submission.recipient {
        case .whole(let completion): completion(result)
        case .stream(let deliver, let body):
            if !isHeadDelivered { deliver(result) }
            isHeadDelivered = true
            body.finish(result)
        }
    }

    /// Goes on with a streamed answer that was held up because nobody read it.
    func resumeIfWanted() {
        if case .stream(_, let body) = submission.recipient, body.takeWish() {
            curl_easy_pause(handle, CURLPAUSE_CONT)
        }
    }

    func result(_ code: CURLcode) -> Result<HTTPResponse, TransportFailure> {
        guard code == CURLE_OK else { return .failure(failure(code)) }
        guard let response = response.response else {
            return .failure(.interrupted(host: host, reason: "the answer has no status"))
        }
        return .success(response)
    }

    var closedFailure: TransportFailure { .interrupted(host: host, reason: "all connections were closed") }

    private var host: String { submission.request.url.authority }

    private func failure(_ code: CURLcode) -> TransportFailure {
        if let limit = response.exceededLimit { return .tooLong(host: host, limitBytes: limit) }
        let wasConnected = ccurl_get_offset(handle, CURLINFO_PRETRANSFER_TIME_T) > 0
        if !wasConnected, let refusedAddress {
            return .addressRefused(host: host, address: refusedAddress)
        }
        let detail = String(cString: errorText)
        let reason = detail.isEmpty ? String(cString: curl_easy_strerror(code)) : detail
        return TransportFailure(
            code, host: host, reason: reason, timeout: submission.timeout,
            wasConnected: wasConnected)
    }

    private func setLimits(_ certificateBundle: String?) {
        ccurl_set_text(handle, CURLOPT_URL, submission.request.url.description)
        ccurl_allow_http_alone(handle)
        // A paused stream of HTTP/2 holds up all others of its connection in libcurl 7 (lib/http2.c).
        let version = submission.isStreamed ? CURL_HTTP_VERSION_1_1 : CURL_HTTP_VERSION_2TLS
        ccurl_set_long(handle, CURLOPT_HTTP_VERSION, Int(version))
        // The signature covers the path as it is written.
        ccurl_set_long(handle, CURLOPT_PATH_AS_IS, 1)
        ccurl_set_long(handle, CURLOPT_NOSIGNAL, 1)
        ccurl_set_long(handle, CURLOPT_TCP_KEEPALIVE, 1)
        let context = Unmanaged.passUnretained(self).toOpaque()
        ccurl_set_opener(
            handle, { context, purpose, address in CurlTransfer.open(context, purpose, address) }, context)
        ccurl_set_long(handle, CURLOPT_TIMEOUT_MS, milliseconds(submission.timeout))
        ccurl_set_long(handle, CURLOPT_CONNECTTIMEOUT_MS, milliseconds(CurlTransport.connectTimeout))
        if let certificateBundle { ccurl_set_text(handle, CURLOPT_CAINFO, certificateBundle) }
    }

    /// Leaves nothing to the environment, which libcurl would look into.
    private func setProxy(_ proxy: Proxy?, _ certificateBundle: String?) {
        ccurl_set_text(handle, CURLOPT_PROXY, proxy?.address ?? "")
        ccurl_set_text(handle, CURLOPT_NOPROXY, "")
        guard let proxy else { return }
        // The proxy's own head is not part of the answer.
        ccurl_set_long(handle, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        ccurl_set_long(handle, CURLOPT_PROXYAUTH, Int(ccurl_basic_authentication))
        if let user = proxy.user { ccurl_set_text(handle, CURLOPT_PROXYUSERNAME, user) }
        if let password = proxy.password { ccurl_set_text(handle, CURLOPT_PROXYPASSWORD, password) }
        if let certificateBundle { ccurl_set_text(handle, CURLOPT_PROXY_CAINFO, certificateBundle) }
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

    /// What libcurl is told about bytes that came: how many were taken, none to abort the transfer, or a
    /// certain number to be called again with the same bytes.
    private func receiveHeaderLine(_ line: UnsafeRawBufferPointer) -> Int {
        guard response.receiveHeaderLine(line) else { return 0 }
        if case .stream(let deliver, _) = submission.recipient, !isHeadDelivered, let head = response.head {
            isHeadDelivered = true
            deliver(.success(head))
        }
        return line.count
    }

    private func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Int {
        switch submission.recipient {
        case .whole: response.receiveBody(bytes) ? bytes.count : 0
        case .stream(_, let body): body.append(bytes) ? bytes.count : Int(CURL_WRITEFUNC_PAUSE)
        }
    }

    /// Looks at every address a name was resolved to, at the moment it is about to be contacted: what a name
    /// server answered before does not count.
    private static func open(
        _ context: UnsafeMutableRawPointer?, _ purpose: curlsocktype,
        _ address: UnsafeMutablePointer<curl_sockaddr>?
    ) -> curl_socket_t {
        guard let context, let address else { return CURL_SOCKET_BAD }
        let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
        if transfer.reach != .anywhere {
            var count: Int32 = 0
            let start = ccurl_ip_address(address, &count)
            let internet = InternetAddress(Array(UnsafeBufferPointer(start: start, count: Int(count))))
            guard let internet, transfer.reach.includes(internet) else {
                transfer.refusedAddress = internet?.description ?? "an address that is not of the internet"
                return CURL_SOCKET_BAD
            }
        }
        return ccurl_open_socket(nil, purpose, address)
    }

    private static func receive(
        _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int, _ context: UnsafeMutableRawPointer?,
        by receiver: (CurlTransfer, UnsafeRawBufferPointer) -> Int
    ) -> Int {
        guard let context else { return 0 }
        let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
        return receiver(transfer, UnsafeRawBufferPointer(start: bytes, count: count))
    }
}

/// At least one: libcurl takes zero for "no limit".
private func milliseconds(_ duration: Duration) -> Int {
    let (seconds, attoseconds) = duration.components
    return max(1, Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000))
}
