#ifndef CGAZETTEER_H
#define CGAZETTEER_H

#include <stddef.h>

/// The lines of places.tsv, linked into the program: nothing has to be found or read when it starts.
const unsigned char *cgazetteer_text(size_t *length);

#endif
