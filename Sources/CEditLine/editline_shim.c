#include "editline_shim.h"

EditLine *kosh_el_open(const char *program, void *client_data) {
  EditLine *editor = el_init(program, stdin, stdout, stderr);
  if (editor) {
    el_set(editor, EL_CLIENTDATA, client_data);
  }
  return editor;
}
