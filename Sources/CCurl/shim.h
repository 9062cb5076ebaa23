#include <curl/curl.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>

// libcurl's setters are variadic, which Swift cannot call; one function for each kind of argument.

static inline CURLcode ccurl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_set_offset(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_set_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}

// No file://, ftp:// and the like, whatever libcurl was built with.
static inline CURLcode ccurl_allow_http_alone(CURL *handle) {
#if LIBCURL_VERSION_NUM >= 0x075500
    return curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
#else
    return curl_easy_setopt(handle, CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
}

// A cast in libcurl's header, which Swift does not import.
static const long ccurl_basic_authentication = (long)CURLAUTH_BASIC;

typedef size_t (*ccurl_receiver)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode ccurl_set_receiver(CURL *handle, CURLoption option, ccurl_receiver receiver) {
    return curl_easy_setopt(handle, option, receiver);
}

static inline long ccurl_get_long(CURL *handle, CURLINFO name) {
    long value = 0;
    curl_easy_getinfo(handle, name, &value);
    return value;
}

static inline curl_off_t ccurl_get_offset(CURL *handle, CURLINFO name) {
    curl_off_t value = 0;
    curl_easy_getinfo(handle, name, &value);
    return value;
}

static inline void *ccurl_get_private(CURL *handle) {
    char *value = NULL;
    curl_easy_getinfo(handle, CURLINFO_PRIVATE, &value);
    return value;
}

static inline CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

// A child process must not inherit an open connection, not even when it is started at this very moment.
static curl_socket_t ccurl_open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address) {
    (void)context;
    (void)purpose;
#ifdef SOCK_CLOEXEC
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
#else
    curl_socket_t handle = socket(address->family, address->socktype, address->protocol);
    if (handle != CURL_SOCKET_BAD) fcntl(handle, F_SETFD, FD_CLOEXEC);
    return handle;
#endif
}

static inline CURLcode ccurl_set_opener(CURL *handle, curl_opensocket_callback opener, void *context) {
    CURLcode result = curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, context);
    return result ? result : curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, opener);
}

// The 4 or 16 bytes of an IP address; NULL and a count of 0 when it is none, or shorter than its family says.
static inline const unsigned char *ccurl_ip_address(const struct curl_sockaddr *address, int *count) {
    const void *start = &address->addr;
    *count = 0;
    if (address->family == AF_INET && address->addrlen >= sizeof(struct sockaddr_in)) {
        *count = 4;
        return (const unsigned char *)&((const struct sockaddr_in *)start)->sin_addr;
    }
    if (address->family == AF_INET6 && address->addrlen >= sizeof(struct sockaddr_in6)) {
        *count = 16;
        return (const unsigned char *)&((const struct sockaddr_in6 *)start)->sin6_addr;
    }
    return NULL;
}

// The handle and the result of the next finished transfer; NULL when there is none.
static inline CURL *ccurl_multi_next_finished(CURLM *multi, CURLcode *result) {
    int left = 0;
    CURLMsg *message;
    while ((message = curl_multi_info_read(multi, &left))) {
        if (message->msg == CURLMSG_DONE) {
            *result = message->data.result;
            return message->easy_handle;
        }
    }
    return NULL;
}
