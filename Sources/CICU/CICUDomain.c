#include <pthread.h>
#include <unicode/uidna.h>

#include "CICU.h"
#include "CICUText.h"

// The object is immutable: ICU lets any number of threads share it.
static UIDNA *shared_idna;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void open_idna(void) {
  UErrorCode status = U_ZERO_ERROR;
  UIDNA *idna = uidna_openUTS46(UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ |
                                    UIDNA_NONTRANSITIONAL_TO_ASCII |
                                    UIDNA_NONTRANSITIONAL_TO_UNICODE,
                                &status);
  if (U_SUCCESS(status)) shared_idna = idna;
}

// ICU always checks hyphens and DNS lengths; the URL standard asks for neither.
static const uint32_t ignored_errors = UIDNA_ERROR_EMPTY_LABEL | UIDNA_ERROR_LABEL_TOO_LONG |
                                       UIDNA_ERROR_DOMAIN_NAME_TOO_LONG |
                                       UIDNA_ERROR_LEADING_HYPHEN | UIDNA_ERROR_TRAILING_HYPHEN |
                                       UIDNA_ERROR_HYPHEN_3_4;

typedef int32_t (*name_function)(const UIDNA *, const char *, int32_t, char *, int32_t,
                                 UIDNAInfo *, UErrorCode *);

static int64_t convert(name_function function, const uint8_t *input, size_t length,
                       uint8_t *output, size_t capacity, bool *valid) {
  pthread_once(&once, open_idna);
  if (shared_idna == NULL) return CICU_ERROR_UNAVAILABLE;
  if (length > CICU_MAXIMUM_INPUT) return CICU_ERROR_TOO_LONG;
  *valid = true;
  if (length == 0) return 0;
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  UErrorCode status = U_ZERO_ERROR;
  const int32_t written = function(shared_idna, (const char *)input, (int32_t)length,
                                   (char *)output, cicu_capacity(capacity), &info, &status);
  if (U_FAILURE(status) && status != U_BUFFER_OVERFLOW_ERROR) return CICU_ERROR_INVALID;
  *valid = (info.errors & ~ignored_errors) == 0;
  return written;
}

int64_t cicu_domain_to_ascii(const uint8_t *input, size_t length, uint8_t *output,
                             size_t capacity) {
  bool valid = false;
  const int64_t written =
      convert(uidna_nameToASCII_UTF8, input, length, output, capacity, &valid);
  return written >= 0 && !valid ? CICU_ERROR_INVALID : written;
}

int64_t cicu_domain_to_unicode(const uint8_t *input, size_t length, uint8_t *output,
                               size_t capacity, bool *valid) {
  return convert(uidna_nameToUnicodeUTF8, input, length, output, capacity, valid);
}
