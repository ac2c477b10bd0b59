#ifndef KOSH_TEST_SUPPORT_H
#define KOSH_TEST_SUPPORT_H

#include <sys/types.h>

/* Starts a program on a new pseudo-terminal, whose other end is put into `terminal`; -1 on failure. */
pid_t test_start_on_terminal(const char *path, char *const arguments[], char *const environment[],
                             const char *directory, int rows, int columns, int *terminal);

/* Starts a program with the given standard streams; -1 on failure. */
pid_t test_start(const char *path, char *const arguments[], char *const environment[],
                 const char *directory, int input, int output, int error);

/* Gives a pseudo-terminal another size; its programs get SIGWINCH. */
void test_resize(int terminal, int rows, int columns);

/* Reads what is there within some milliseconds: the count, 0 at the end or when nothing came. */
long test_read(int terminal, void *buffer, long size, int milliseconds);

/* The exit status of a child, 128 + signal when one ended it; -1 while it runs. */
int test_exit_status(pid_t child);

#endif
