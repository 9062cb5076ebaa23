#include <zlib.h>

// `deflateInit2` is a macro, which Swift cannot call. Adding 16 to the window bits asks for gzip's header and trailer.
static inline int czlib_start_gzip(z_stream *stream) {
    return deflateInit2(
        stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, MAX_WBITS + 16, MAX_MEM_LEVEL, Z_DEFAULT_STRATEGY);
}
