#include <zlib.h>

/* inflateInit2 is a macro that Swift does not see; 32 lets zlib find the kind of header itself. */
static inline int kosh_inflate_init(z_stream *stream) { return inflateInit2(stream, 15 + 32); }

/* The same for deflateInit2; 16 asks for the header of gzip. */
static inline int kosh_deflate_init(z_stream *stream) {
  return deflateInit2(stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}
