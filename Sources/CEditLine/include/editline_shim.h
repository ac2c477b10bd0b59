#ifndef KOSH_EDITLINE_SHIM_H
#define KOSH_EDITLINE_SHIM_H

#include <histedit.h>
#include <stdio.h>

/* Swift cannot call C variadic functions, so each use of el_set has a plain one here. */

/* Opens an editor on the standard streams with client data; NULL without a usable terminal. */
EditLine *kosh_el_open(const char *program, void *client_data);

#endif
