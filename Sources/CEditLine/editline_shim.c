#include "editline_shim.h"

#include <stdio.h>
#include <unistd.h>

static char *empty_prompt(EditLine *editor) {
  (void)editor;
  return "";
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
  } else {
    fclose(nowhere);
  }
  return editor;
}

void kosh_el_settle(EditLine *editor) {
  const LineInfoW *line = el_wline(editor);
  if (line->cursor < line->buffer || line->lastchar < line->cursor) {
    el_wreplacestr(editor, L"");
  }
  int columns = 0;
  if (el_get(editor, EL_GETTC, "co", &columns, NULL) == 0 && columns != 400) {
    el_set(editor, EL_SETTC, "co", "400", NULL);
    el_set(editor, EL_SETTC, "li", "400", NULL);
  }
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
