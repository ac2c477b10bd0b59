#include "editline_shim.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <wchar.h>

/* Commands that insert what was deleted double a line: at some length that has to end. */
static const size_t longest_line = 1 << 20;

static char *empty_prompt(EditLine *editor) {
  (void)editor;
  return "";
}

/* Makes libedit enlarge its buffers for a line of some length, which it leaves there; 0 without the memory. */
static int reserve(EditLine *editor, size_t room) {
  wchar_t *filler = calloc(room + 1, sizeof *filler);
  if (!filler) {
    return 0;
  }
  wmemset(filler, L'x', room);
  int is_reserved = el_wreplacestr(editor, filler) == 0;
  free(filler);
  return is_reserved;
}

EditLine *kosh_el_open(const char *program) {
  FILE *nowhere = fopen("/dev/null", "we");
  if (!nowhere) {
    return NULL;
  }
  EditLine *editor =
      el_init_fd(program, stdin, nowhere, stderr, STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO);
  if (editor) {
    el_set(editor, EL_SIGNAL, 0);
    /* Ctrl-S is a key, not a halt of the terminal. */
    el_set(editor, EL_SETTY, "-d", "-ixon", NULL);
    el_set(editor, EL_PROMPT, empty_prompt);
    reserve(editor, kosh_el_first_room);
  } else {
    fclose(nowhere);
  }
  return editor;
}

/* Puts the cursor of a line behind some of its characters. */
static void move(EditLine *editor, size_t offset) {
  const LineInfoW *line = el_wline(editor);
  el_cursor(editor, (int)(line->buffer + offset - line->cursor));
}

/* Keeps the first characters of the line while its buffers are enlarged; 0 without the memory. */
static int enlarge(EditLine *editor, size_t room, size_t length) {
  const LineInfoW *line = el_wline(editor);
  size_t cursor = (size_t)(line->cursor - line->buffer);
  wchar_t *text = calloc(length + 1, sizeof *text);
  if (!text) {
    return 0;
  }
  for (size_t i = 0; i < length; i++) {
    text[i] = line->buffer[i] ? line->buffer[i] : L' ';
  }
  int is_reserved = reserve(editor, room);
  el_wreplacestr(editor, text);
  move(editor, cursor < length ? cursor : length);
  free(text);
  return is_reserved;
}

static void clamp(EditLine *editor) {
  const LineInfoW *line = el_wline(editor);
  if (line->lastchar < line->buffer) {
    el_wreplacestr(editor, L"x");
    move(editor, 1);
    el_deletestr(editor, 1);
  } else if (line->cursor < line->buffer) {
    move(editor, 0);
  } else if (line->cursor > line->lastchar) {
    move(editor, (size_t)(line->lastchar - line->buffer));
  }
}

int kosh_el_settle(EditLine *editor, size_t *room) {
  clamp(editor);
  const LineInfoW *line = el_wline(editor);
  size_t length = (size_t)(line->lastchar - line->buffer);
  int is_cut = length > longest_line;
  if (is_cut) {
    length = longest_line;
  }
  if (is_cut || *room < 2 * length + kosh_el_first_room / 2) {
    size_t wanted = 4 * length + kosh_el_first_room;
    if (enlarge(editor, wanted, length)) {
      *room = wanted;
    }
  }
  int columns = 0;
  if (el_get(editor, EL_GETTC, "co", &columns, NULL) == 0 && columns != 400) {
    el_set(editor, EL_SETTC, "co", "400", NULL);
    el_set(editor, EL_SETTC, "li", "400", NULL);
  }
  return is_cut;
}

void kosh_el_set_client_data(EditLine *editor, void *data) {
  el_set(editor, EL_CLIENTDATA, data);
}

void *kosh_el_client_data(EditLine *editor) {
  void *data = NULL;
  el_get(editor, EL_CLIENTDATA, &data);
  return data;
}

void kosh_el_set_mode(EditLine *editor, const char *mode) { el_set(editor, EL_EDITOR, mode); }

int kosh_el_is_vi(EditLine *editor) {
  const char *mode = NULL;
  return el_get(editor, EL_EDITOR, &mode) == 0 && mode && mode[0] == 'v';
}

void kosh_el_set_reader(EditLine *editor, kosh_el_reader reader) {
  el_set(editor, EL_GETCFN, reader);
}

void kosh_el_set_history(EditLine *editor, History *store) {
  el_set(editor, EL_HIST, history, store);
}

void kosh_el_add_function(EditLine *editor, const char *name, const char *help,
                          kosh_el_function function) {
  el_set(editor, EL_ADDFN, name, help, function);
}

void kosh_el_bind(EditLine *editor, const char *key, const char *function) {
  el_set(editor, EL_BIND, key, function, NULL);
}

void kosh_el_bind_command(EditLine *editor, const char *key, const char *function) {
  el_set(editor, EL_BIND, "-a", key, function, NULL);
}

void kosh_el_prepare_terminal(EditLine *editor, int prepare) {
  el_set(editor, EL_PREP_TERM, prepare);
}

History *kosh_history_open(int size) {
  History *store = history_init();
  HistEvent event;
  if (store) {
    history(store, &event, H_SETSIZE, size);
    history(store, &event, H_SETUNIQUE, 1);
  }
  return store;
}

void kosh_history_add(History *store, const char *entry) {
  HistEvent event;
  history(store, &event, H_ENTER, entry);
}

void kosh_history_clear(History *store) {
  HistEvent event;
  history(store, &event, H_CLEAR);
}
