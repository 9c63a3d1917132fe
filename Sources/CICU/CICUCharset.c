#include <string.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ucnv_err.h>
#include <unicode/ucsdet.h>
#include <unicode/utf16.h>

#include "CICU.h"
#include "CICUText.h"

// ICU's own substitution writes U+001A for some single-byte charsets; browsers write U+FFFD.
static void replace_and_count(const void *context, UConverterToUnicodeArgs *arguments,
                              const char *bytes, int32_t length, UConverterCallbackReason reason,
                              UErrorCode *status) {
  (void)bytes;
  (void)length;
  if (reason > UCNV_IRREGULAR) return;
  static const UChar replacement = 0xFFFD;
  if (context != NULL) (*(size_t *)context)++;
  *status = U_ZERO_ERROR;
  ucnv_cbToUWriteUChars(arguments, &replacement, 1, 0, status);
}

bool cicu_has_converter(const char *name) {
  UErrorCode status = U_ZERO_ERROR;
  UConverter *converter = ucnv_open(name, &status);
  ucnv_close(converter);
  return U_SUCCESS(status);
}

int64_t cicu_charset_to_utf8(const char *name, const uint8_t *input, size_t length,
                             uint8_t *output, size_t capacity, size_t *replaced) {
  size_t count = 0;
  if (replaced != NULL) *replaced = 0;
  if (length > CICU_MAXIMUM_INPUT) return CICU_ERROR_TOO_LONG;
  UErrorCode status = U_ZERO_ERROR;
  // Opening is a reference to shared tables and a small allocation: cheap, and it keeps the
  // converter's state out of other threads' reach.
  UConverter *converter = ucnv_open(name, &status);
  if (U_FAILURE(status)) return CICU_ERROR_UNAVAILABLE;
  ucnv_setToUCallBack(converter, replace_and_count, &count, NULL, NULL, &status);

  const char *source = length == 0 ? "" : (const char *)input;
  const char *const end = source + length;
  int64_t total = 0;
  UChar units[2048];
  int32_t carried = 0;  // 1: units[0] is the first half of a surrogate pair cut by the buffer's end
  bool more = true;
  while (more) {
    UChar *next = units + carried;
    UErrorCode step = U_ZERO_ERROR;
    ucnv_toUnicode(converter, &next, units + sizeof units / sizeof units[0], &source, end, NULL,
                   true, &step);
    more = step == U_BUFFER_OVERFLOW_ERROR;
    if (U_FAILURE(step) && !more) {
      status = step;
      break;
    }
    int32_t have = (int32_t)(next - units);
    carried = more && have > 0 && U16_IS_LEAD(units[have - 1]) ? 1 : 0;
    have -= carried;
    const size_t at = (size_t)total;
    const bool fits = at < capacity;
    const int64_t written =
        cicu_text_encode(units, have, fits ? output + at : NULL, fits ? capacity - at : 0);
    if (written < 0) {
      status = U_INTERNAL_PROGRAM_ERROR;
      break;
    }
    total += written;
    if (carried) units[0] = units[have];
  }
  ucnv_close(converter);
  if (replaced != NULL) *replaced = count;
  return U_SUCCESS(status) ? total : CICU_ERROR_INVALID;
}

int64_t cicu_charset_from_utf8(const char *name, const uint8_t *input, size_t length,
                               uint8_t *output, size_t capacity) {
  cicu_text text;
  const int failure = cicu_text_decode(&text, input, length);
  if (failure != 0) return failure;
  UErrorCode status = U_ZERO_ERROR;
  UConverter *converter = ucnv_open(name, &status);
  if (U_FAILURE(status)) {
    cicu_text_release(&text);
    return CICU_ERROR_UNAVAILABLE;
  }
  ucnv_setFromUCallBack(converter, UCNV_FROM_U_CALLBACK_ESCAPE, UCNV_ESCAPE_XML_DEC, NULL, NULL,
                        &status);
  // Best-fit mappings (é to e) would change what is sent.
  ucnv_setFallback(converter, false);
  const int32_t written = ucnv_fromUChars(converter, (char *)output, cicu_capacity(capacity),
                                          text.units, text.length, &status);
  ucnv_close(converter);
  cicu_text_release(&text);
  if (U_FAILURE(status) && status != U_BUFFER_OVERFLOW_ERROR) return CICU_ERROR_INVALID;
  return written;
}

bool cicu_detect_charset(const uint8_t *input, size_t length, char name[64], char language[16],
                         int32_t *confidence) {
  name[0] = 0;
  language[0] = 0;
  *confidence = 0;
  if (length == 0 || length > CICU_MAXIMUM_INPUT) return false;
  UErrorCode status = U_ZERO_ERROR;
  UCharsetDetector *detector = ucsdet_open(&status);
  if (U_FAILURE(status)) return false;
  ucsdet_setText(detector, (const char *)input, (int32_t)length, &status);
  const UCharsetMatch *match = ucsdet_detect(detector, &status);
  bool found = false;
  if (U_SUCCESS(status) && match != NULL) {
    const char *charset = ucsdet_getName(match, &status);
    const char *spoken = ucsdet_getLanguage(match, &status);
    *confidence = ucsdet_getConfidence(match, &status);
    if (U_SUCCESS(status) && charset != NULL && strlen(charset) < 64) {
      strcpy(name, charset);
      if (spoken != NULL && strlen(spoken) < 16) strcpy(language, spoken);
      found = true;
    }
  }
  ucsdet_close(detector);
  return found;
}
