#include <zlib.h>

/* inflateInit2 is a macro that Swift does not see; 32 lets zlib find the kind of header itself. */
static inline int kosh_inflate_init(z_stream *stream) { return inflateInit2(stream, 15 + 32); }
