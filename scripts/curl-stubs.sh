#!/bin/sh
# Lists what the installed libcurl.a wants from libraries that a static build leaves out, one STUB line per function, for
# Sources/CurlStubs/absent.h. A static link that misses a symbol on another system is repaired by:
#
#     scripts/curl-stubs.sh > Sources/CurlStubs/absent.h
set -eu

directory=$(pkg-config --variable=libdir libcurl)
scratch=$(mktemp -d)
trap 'rm -r "$scratch"' EXIT

# What the program links besides libcurl.a: Package.swift, `curlLibraries`, and the C library.
compiler=${CC:-$(command -v clang || command -v gcc)}
for library in curl nghttp2 ssl crypto z c m gcc gcc_eh; do
    nm --defined-only --format=posix "$("$compiler" -print-file-name="lib$library.a")" 2>/dev/null
done | awk '{ print $1 }' | sort -u > "$scratch/present"

nm --undefined-only --format=posix "$directory/libcurl.a" 2>/dev/null \
    | awk 'NF > 1 { print $1 }' | sort -u > "$scratch/wanted"

# Not functions, or with an answer of their own: stubs.c has them by hand. _GLOBAL_OFFSET_TABLE_ is the linker's.
comm -23 "$scratch/wanted" "$scratch/present" \
    | grep -v -x -e GSS_C_NT_HOSTBASED_SERVICE -e idn2_lookup_ul -e idn2_check_version -e libssh2_version \
        -e psl_get_version -e _GLOBAL_OFFSET_TABLE_ \
    | sed 's/.*/STUB(&)/'
