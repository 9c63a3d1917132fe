#ifndef CREVIEWFILES_H
#define CREVIEWFILES_H

#include <stddef.h>

/// One file of the web application, linked into the program.
struct creview_file {
  const char *name;
  const unsigned char *bytes;
  size_t length;
};

/// The files in the order of their names, and how many there are.
const struct creview_file *creview_files(size_t *count);

#endif
