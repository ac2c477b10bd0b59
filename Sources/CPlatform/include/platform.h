#ifndef KOSH_PLATFORM_H
#define KOSH_PLATFORM_H

/* What Swift cannot call itself: variadic functions, and globals that C changes behind its back. */

/* One step of getopt_long. */
struct kosh_option {
  /* The option's letter or code; 1 for an operand; '?' unknown; ':' without its argument; -1 at the end. */
  int code;
  /* The option's argument or the operand; NULL without one. */
  const char *argument;
  /* The word of the command line that was read last. */
  const char *word;
  /* The index of the first word that is not yet read. */
  int next;
};

struct kosh_long_option {
  const char *name;
  int takes_argument;
  int code;
};

/* Begins a new command line: getopt keeps its place in globals. */
void kosh_restart_options(void);

/* Reads the next option; operands come in their place. The table ends with a NULL name. At most 63 long options. */
struct kosh_option kosh_next_option(int argc, char *const argv[], const char *letters,
                                    const struct kosh_long_option *table);

/* Columns and rows of the terminal behind a file descriptor; 0 when it is none. */
int kosh_terminal_size(int fd, int *columns, int *rows);

/* Cells of a code point, as libedit counts them; -1 for a control character. */
int kosh_cell_count(unsigned code_point);

/* Handlers for SIGINT, SIGWINCH and SIGCONT that do not restart system calls, and SIGPIPE ignored.
   `on_interrupt` runs in the handler: it may only touch atomics. */
void kosh_catch_signals(void (*on_interrupt)(void));

/* SIGPIPE ignored: a closed pipe is an error of write(2). */
void kosh_ignore_broken_pipe(void);

/* Keeps SIGTERM, SIGHUP, SIGQUIT and SIGTSTP for kosh_take_ending, or lets them act by themselves. */
void kosh_hold_endings(int hold);

/* Whether the signal came since the last call. */
int kosh_take_interrupt(void);
int kosh_take_resize(void);
int kosh_take_continue(void);
/* The signal that was held, or 0. */
int kosh_take_ending(void);

/* Sends a signal to this thread. */
void kosh_raise(int number);

/* Waits until fd can be read (1) or one of the signals above came (0); -1 on error. */
int kosh_wait_for_input(int fd);

/* Whether fd can be read within some milliseconds. */
int kosh_input_follows(int fd, int milliseconds);

/* Runs the editor that $VISUAL or $EDITOR names on a file, and waits for it; 0 when it ended well. */
int kosh_run_editor(const char *path);

/* Keeps so much of what is freed at the end of the heap for later, blocks up to a size among it. */
void kosh_keep_memory(long block_byte_count, long byte_count);

/* Gives memory that is free, in the heaps of all threads, back to the system. */
void kosh_trim_memory(void);

/* Where some bytes first lie among others, in linear time; -1 for nowhere. */
long kosh_find_bytes(const void *bytes, long count, const void *wanted, long wanted_count);

/* Says that what lies at an address will be read soon. Any address will do. */
static inline void kosh_prefetch(const void *address) { __builtin_prefetch(address); }

#endif
