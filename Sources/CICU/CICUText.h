// UTF-8 and UTF-16 inside this target.
#ifndef CICU_TEXT_H
#define CICU_TEXT_H

#include <stddef.h>
#include <stdint.h>
#include <unicode/utypes.h>

// A UTF-16 copy of some text; `units` starts as `local` and is on the heap when that is too small.
typedef struct {
  UChar *units;
  int32_t length;
  UChar local[512];
} cicu_text;

// Decodes with U+FFFD for ill-formed parts. Zero, or a CICU_ERROR value. Then release.
int cicu_text_decode(cicu_text *text, const uint8_t *input, size_t length);
void cicu_text_release(cicu_text *text);

// Encodes into the caller's buffer; the length of the whole, or a CICU_ERROR value.
int64_t cicu_text_encode(const UChar *units, int32_t length, uint8_t *output, size_t capacity);

// ICU takes a pointer for empty outputs too and counts in int32_t.
static inline int32_t cicu_capacity(size_t capacity) {
  return capacity > INT32_MAX ? INT32_MAX : (int32_t)capacity;
}

#endif
