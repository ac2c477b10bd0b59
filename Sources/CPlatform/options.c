#include "platform.h"

#include <getopt.h>
#include <stddef.h>

void kosh_restart_options(void) { optind = 0; }

struct kosh_option kosh_next_option(int argc, char *const argv[], const char *letters,
                                    const struct kosh_long_option *table) {
  struct option longs[64] = {{0}};
  for (int i = 0; i < 63 && table[i].name != NULL; i++) {
    longs[i].name = table[i].name;
    longs[i].has_arg = table[i].takes_argument ? required_argument : no_argument;
    longs[i].val = table[i].code;
  }
  opterr = 0;
  struct kosh_option step;
  step.code = getopt_long(argc, argv, letters, longs, NULL);
  step.argument = optarg;
  step.word = optind > 0 && optind <= argc ? argv[optind - 1] : NULL;
  step.next = optind;
  return step;
}
