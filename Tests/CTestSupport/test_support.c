#define _GNU_SOURCE
#include "test_support.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

static void become(const char *path, char *const arguments[], char *const environment[],
                   const char *directory) {
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  signal(SIGPIPE, SIG_DFL);
  signal(SIGINT, SIG_DFL);
  if (chdir(directory) == 0) {
    execve(path, arguments, environment);
  }
  _exit(127);
}

pid_t test_start_on_terminal(const char *path, char *const arguments[], char *const environment[],
                             const char *directory, int rows, int columns, int *terminal) {
  int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  char name[128];
  if (master < 0 || grantpt(master) != 0 || unlockpt(master) != 0 ||
      ptsname_r(master, name, sizeof name) != 0) {
    return -1;
  }
  test_resize(master, rows, columns);
  pid_t child = fork();
  if (child == 0) {
    setsid();
    int slave = open(name, O_RDWR);
    ioctl(slave, TIOCSCTTY, 0);
    dup2(slave, 0);
    dup2(slave, 1);
    dup2(slave, 2);
    if (slave > 2) {
      close(slave);
    }
    become(path, arguments, environment, directory);
  }
  *terminal = master;
  return child;
}

pid_t test_start(const char *path, char *const arguments[], char *const environment[],
                 const char *directory, int input, int output, int error) {
  pid_t child = fork();
  if (child == 0) {
    dup2(input, 0);
    dup2(output, 1);
    dup2(error, 2);
    become(path, arguments, environment, directory);
  }
  return child;
}

void test_resize(int terminal, int rows, int columns) {
  struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
  ioctl(terminal, TIOCSWINSZ, &size);
}

long test_read(int terminal, void *buffer, long size, int milliseconds) {
  struct pollfd input = {.fd = terminal, .events = POLLIN};
  if (poll(&input, 1, milliseconds) <= 0) {
    return 0;
  }
  long count = read(terminal, buffer, (size_t)size);
  return count < 0 ? 0 : count;
}

int test_exit_status(pid_t child) {
  int status;
  if (waitpid(child, &status, WNOHANG) != child) {
    return -1;
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
