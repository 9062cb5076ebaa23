import CCurl
import Wire

/// One request, sent again and again with libcurl's easy interface and nothing around it: one handle, one
/// kept connection, no copies of the answer. What a client over libcurl cannot be faster than.
struct BenchBareCurl: ~Copyable {
    private let handle: UnsafeMutableRawPointer
    private let headers: UnsafeMutablePointer<curl_slist>?

    init(_ request: HTTPRequest) throws {
        curl_global_init(Int(CURL_GLOBAL_ALL))
        guard let handle = curl_easy_init() else {
            throw DataAPIBenchFailure.curl(code: -1, reason: "no memory for a request")
        }
        self.handle = handle
        var headers: UnsafeMutablePointer<curl_slist>?
        for field in request.headers.fields {
            headers = curl_slist_append(headers, "\(field.name): \(field.value)")
        }
        for unwanted in ["Expect", "Accept"] { headers = curl_slist_append(headers, "\(unwanted):") }
        self.headers = headers
        ccurl_set_text(handle, CURLOPT_URL, request.url.description)
        ccurl_set_text(handle, CURLOPT_PROXY, "")
        ccurl_set_text(handle, CURLOPT_USERAGENT, "alex")
        ccurl_set_long(handle, CURLOPT_NOSIGNAL, 1)
        ccurl_set_list(handle, CURLOPT_HTTPHEADER, headers)
        ccurl_set_offset(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.count))
        request.body.withUnsafeBytes { bytes in
            let start = UnsafeMutableRawPointer(mutating: bytes.baseAddress)
            ccurl_set_pointer(handle, CURLOPT_COPYPOSTFIELDS, start)
        }
        ccurl_set_receiver(handle, CURLOPT_WRITEFUNCTION) { _, size, count, _ in size * count }
    }

    deinit {
        curl_easy_cleanup(handle)
        curl_slist_free_all(headers)
    }

    /// Sends the request and reads the answer to its end.
    func send() throws {
        let code = curl_easy_perform(handle)
        guard code == CURLE_OK else {
            throw DataAPIBenchFailure.curl(
                code: Int(code.rawValue), reason: String(cString: curl_easy_strerror(code)))
        }
    }
}
