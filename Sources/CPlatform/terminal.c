#define _GNU_SOURCE
#include "platform.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <wchar.h>

static volatile sig_atomic_t interrupted;
static volatile sig_atomic_t resized;
static volatile sig_atomic_t continued;
static volatile sig_atomic_t ending;
static const int endings[] = {SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};
enum { ending_count = sizeof endings / sizeof endings[0] };
static void (*volatile interrupt_callback)(void);

int kosh_terminal_size(int fd, int *columns, int *rows) {
  struct winsize size;
  if (ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) {
    return 0;
  }
  *columns = size.ws_col;
  *rows = size.ws_row;
  return 1;
}

int kosh_cell_count(unsigned code_point) { return wcwidth((wchar_t)code_point); }

static void handle(int number) {
  switch (number) {
  case SIGINT:
    interrupted = 1;
    if (interrupt_callback) {
      interrupt_callback();
    }
    break;
  case SIGWINCH:
    resized = 1;
    break;
  case SIGCONT:
    continued = 1;
    break;
  default:
    ending = number;
  }
}

void kosh_ignore_broken_pipe(void) {
  struct sigaction action = {0};
  action.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &action, NULL);
}

void kosh_catch_signals(void (*on_interrupt)(void)) {
  interrupt_callback = on_interrupt;
  struct sigaction action = {0};
  action.sa_handler = handle;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGWINCH, &action, NULL);
  sigaction(SIGCONT, &action, NULL);
  kosh_ignore_broken_pipe();
}

void kosh_hold_endings(int hold) {
  struct sigaction action = {0};
  action.sa_handler = hold ? handle : SIG_DFL;
  sigemptyset(&action.sa_mask);
  for (int i = 0; i < ending_count; i++) {
    sigaction(endings[i], &action, NULL);
  }
}

void kosh_raise(int number) { raise(number); }

static int take(volatile sig_atomic_t *flag) {
  int was = *flag;
  *flag = 0;
  return was;
}

int kosh_take_interrupt(void) { return take(&interrupted); }
int kosh_take_resize(void) { return take(&resized); }
int kosh_take_continue(void) { return take(&continued); }
int kosh_take_ending(void) { return take(&ending); }

int kosh_input_follows(int fd, int milliseconds) {
  struct pollfd input = {.fd = fd, .events = POLLIN};
  return poll(&input, 1, milliseconds) > 0;
}

static int is_signalled(void) { return interrupted || resized || continued || ending; }

int kosh_wait_for_input(int fd) {
  sigset_t caught, before;
  sigemptyset(&caught);
  sigaddset(&caught, SIGINT);
  sigaddset(&caught, SIGWINCH);
  sigaddset(&caught, SIGCONT);
  for (int i = 0; i < ending_count; i++) {
    sigaddset(&caught, endings[i]);
  }
  sigprocmask(SIG_BLOCK, &caught, &before);
  int ready = 0;
  if (!is_signalled()) {
    struct pollfd input = {.fd = fd, .events = POLLIN};
    ready = ppoll(&input, 1, NULL, &before);
  }
  int error = errno;
  sigprocmask(SIG_SETMASK, &before, NULL);
  errno = error;
  /* A signal that came with a key goes before it: the window is another already, and what is typed behind Ctrl-C belongs
     to the next line. */
  return is_signalled() || (ready < 0 && errno == EINTR) ? 0 : ready;
}

int kosh_run_editor(const char *path) {
  char *arguments[] = {"sh", "-c", "exec ${VISUAL:-${EDITOR:-vi}} \"$1\"", "sh", (char *)path, NULL};
  pid_t child;
  if (posix_spawn(&child, "/bin/sh", NULL, NULL, arguments, environ) != 0) {
    return -1;
  }
  int status;
  while (waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) {
      return -1;
    }
  }
  return status;
}
