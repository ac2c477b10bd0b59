#include "editline_shim.h"

EditLine *kosh_el_open(const char *program, void *client_data) {
  EditLine *editor = el_init(program, stdin, stdout, stderr);
  if (editor) {
    el_set(editor, EL_CLIENTDATA, client_data);
    el_set(editor, EL_SIGNAL, 0);
  }
  return editor;
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

void kosh_el_set_prompt(EditLine *editor, kosh_el_prompt prompt, char marker) {
  el_set(editor, EL_PROMPT_ESC, prompt, marker);
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

void kosh_el_prepare_terminal(EditLine *editor, int prepare) {
  el_set(editor, EL_PREP_TERM, prepare);
}

void kosh_el_refresh(EditLine *editor) { el_set(editor, EL_REFRESH); }

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

void kosh_el_print(const char *text) {
  fputs(text, stdout);
  fflush(stdout);
}
