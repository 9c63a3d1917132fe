#include "CICUText.h"

#include <stdlib.h>
#include <unicode/ustring.h>

#include "CICU.h"

int cicu_text_decode(cicu_text *text, const uint8_t *input, size_t length) {
  text->units = text->local;
  text->length = 0;
  if (length > CICU_MAXIMUM_INPUT) return CICU_ERROR_TOO_LONG;
  // Every byte of UTF-8 becomes at most one UTF-16 unit, so this is always enough.
  if (length > sizeof text->local / sizeof text->local[0]) {
    text->units = malloc(length * sizeof(UChar));
    if (text->units == NULL) {
      text->units = text->local;
      return CICU_ERROR_MEMORY;
    }
  }
  const int32_t capacity =
      text->units == text->local ? (int32_t)(sizeof text->local / sizeof text->local[0])
                                 : (int32_t)length;
  UErrorCode status = U_ZERO_ERROR;
  u_strFromUTF8WithSub(text->units, capacity, &text->length,
                       length == 0 ? "" : (const char *)input, (int32_t)length, 0xFFFD, NULL,
                       &status);
  if (U_SUCCESS(status)) return 0;
  cicu_text_release(text);
  return CICU_ERROR_INVALID;
}

void cicu_text_release(cicu_text *text) {
  if (text->units != text->local) free(text->units);
  text->units = text->local;
  text->length = 0;
}

int64_t cicu_text_encode(const UChar *units, int32_t length, uint8_t *output, size_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  int32_t written = 0;
  u_strToUTF8WithSub((char *)output, output == NULL ? 0 : cicu_capacity(capacity), &written, units,
                     length, 0xFFFD, NULL, &status);
  if (U_FAILURE(status) && status != U_BUFFER_OVERFLOW_ERROR) return CICU_ERROR_INVALID;
  return written;
}
