// Lets libcurl.a be linked without the optional libraries a distribution builds it with: Kerberos, LDAP,
// RTMP, SSH, public suffixes, international domain names, zstd and Brotli. `CurlTransport` never uses them:
// it allows http and https alone, no cookies, no compression but gzip (zlib is there) and of the ways to log in
// to a proxy the plain one. Only static builds contain this target.

#define _GNU_SOURCE
#include "CurlStubs.h"
#include <stdlib.h>

#ifdef __GLIBC__
#include <nss.h>
#endif

// What every absent function answers: 0, which is "success" to initialisers and "nothing" to the rest.
// absent.h is written by scripts/curl-stubs.sh.
#define STUB(name) long name(void) { return 0; }
#include "absent.h"

void *GSS_C_NT_HOSTBASED_SERVICE;

// A host name outside ASCII must fail: with success and no result libcurl would go on with a null pointer.
int idn2_lookup_ul(void) { return -1; }

// Versions that libcurl prints or compares as text.
const char *idn2_check_version(void) { return "0"; }
const char *libssh2_version(void) { return "0"; }
const char *psl_get_version(void) { return "0"; }

// Before main: a static process must not load what the host's configuration names.
__attribute__((constructor)) static void alex_prepare_static_process(void) {
#ifdef __GLIBC__
    // Modules named by /etc/nsswitch.conf belong to the host's glibc and abort this one; `files` and `dns`
    // are built in.
    __nss_configure_lookup("hosts", "files dns");
    __nss_configure_lookup("passwd", "files");
    __nss_configure_lookup("group", "files");
    __nss_configure_lookup("services", "files");
#endif
    // OpenSSL's configuration can name modules too.
    setenv("OPENSSL_CONF", "/dev/null", 0);
}
