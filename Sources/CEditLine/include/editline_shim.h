#ifndef KOSH_EDITLINE_SHIM_H
#define KOSH_EDITLINE_SHIM_H

#include <histedit.h>
#include <stddef.h>

/* Swift cannot call C variadic functions, so each use of el_set and history has a plain one here. */

typedef unsigned char (*kosh_el_function)(EditLine *, int);
typedef int (*kosh_el_reader)(EditLine *, wchar_t *);

/* Opens an editor on the standard streams. It draws nothing: its reader draws what its buffer holds. NULL without a
   usable terminal. */
EditLine *kosh_el_open(const char *program);
/* How many characters the buffers of a new editor hold. */
enum { kosh_el_first_room = 16384 };
/* Puts right what libedit's commands rely on and some of them break; to be called before each key.
   The cursor is brought back into the line. The buffers hold twice the line and more, `room` being what they are known to
   hold: commands that delete read as far beyond the end as they delete, and one that copies a word goes on in the old buffer
   when a new one is needed. A line that gets out of hand is cut: 1 when it was. And what libedit would draw goes nowhere, in
   a window of one size, so that it never scrolls or wraps narrowly; el_wgets takes over the size of the real one. */
int kosh_el_settle(EditLine *editor, size_t *room);
void kosh_el_set_client_data(EditLine *editor, void *data);
void *kosh_el_client_data(EditLine *editor);

/* Emacs or vi, as el_source may change it; no signals of its own. */
void kosh_el_set_mode(EditLine *editor, const char *mode);
/* Whether the keys are those of vi. */
int kosh_el_is_vi(EditLine *editor);
void kosh_el_set_reader(EditLine *editor, kosh_el_reader reader);
void kosh_el_set_history(EditLine *editor, History *history);
void kosh_el_add_function(EditLine *editor, const char *name, const char *help,
                          kosh_el_function function);
void kosh_el_bind(EditLine *editor, const char *key, const char *function);
/* Binds a key where vi takes commands. */
void kosh_el_bind_command(EditLine *editor, const char *key, const char *function);
void kosh_el_prepare_terminal(EditLine *editor, int prepare);

History *kosh_history_open(int size);
void kosh_history_add(History *history, const char *entry);
void kosh_history_clear(History *history);

#endif
