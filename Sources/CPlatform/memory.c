#include "platform.h"

#include <malloc.h>

void kosh_trim_memory(void) { malloc_trim(0); }
