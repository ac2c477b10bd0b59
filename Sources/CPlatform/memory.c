#define _GNU_SOURCE
#include "platform.h"

#include <malloc.h>
#include <string.h>

void kosh_keep_memory(long block_byte_count, long byte_count) {
  mallopt(M_MMAP_THRESHOLD, (int)block_byte_count);
  mallopt(M_TRIM_THRESHOLD, (int)byte_count);
}

void kosh_trim_memory(void) { malloc_trim(0); }

long kosh_find_bytes(const void *bytes, long count, const void *wanted, long wanted_count) {
  const char *found = memmem(bytes, (size_t)count, wanted, (size_t)wanted_count);
  return found == NULL ? -1 : found - (const char *)bytes;
}
