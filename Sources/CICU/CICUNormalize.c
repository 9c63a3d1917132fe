#include <pthread.h>
#include <stdlib.h>
#include <unicode/unorm2.h>
#include <unicode/uspoof.h>

#include "CICU.h"
#include "CICUText.h"

// ICU owns these singletons; they are immutable.
static const UNormalizer2 *normalizer(cicu_normal_form form) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *found = NULL;
  switch (form) {
    case CICU_NFC: found = unorm2_getNFCInstance(&status); break;
    case CICU_NFD: found = unorm2_getNFDInstance(&status); break;
    case CICU_NFKC: found = unorm2_getNFKCInstance(&status); break;
    case CICU_NFKD: found = unorm2_getNFKDInstance(&status); break;
    case CICU_NFKC_CASEFOLD: found = unorm2_getNFKCCasefoldInstance(&status); break;
  }
  return U_SUCCESS(status) ? found : NULL;
}

int64_t cicu_normalize(cicu_normal_form form, const uint8_t *input, size_t length, uint8_t *output,
                       size_t capacity) {
  const UNormalizer2 *with = normalizer(form);
  if (with == NULL) return CICU_ERROR_UNAVAILABLE;
  cicu_text source;
  const int failure = cicu_text_decode(&source, input, length);
  if (failure != 0) return failure;

  UChar local[1024];
  UChar *units = local;
  int32_t room = (int32_t)(sizeof local / sizeof local[0]);
  UErrorCode status = U_ZERO_ERROR;
  int32_t needed = unorm2_normalize(with, source.units, source.length, units, room, &status);
  if (status == U_BUFFER_OVERFLOW_ERROR) {
    units = malloc((size_t)needed * sizeof(UChar));
    if (units == NULL) {
      cicu_text_release(&source);
      return CICU_ERROR_MEMORY;
    }
    status = U_ZERO_ERROR;
    needed = unorm2_normalize(with, source.units, source.length, units, needed, &status);
  }
  cicu_text_release(&source);
  const int64_t written = U_SUCCESS(status) ? cicu_text_encode(units, needed, output, capacity)
                                            : CICU_ERROR_INVALID;
  if (units != local) free(units);
  return written;
}

bool cicu_is_normalized(cicu_normal_form form, const uint8_t *input, size_t length) {
  const UNormalizer2 *with = normalizer(form);
  cicu_text source;
  if (with == NULL || cicu_text_decode(&source, input, length) != 0) return false;
  for (int32_t i = 0; i < source.length; i++) {
    // U+FFFD may be the text's own or stand for an ill-formed part: only then compare.
    if (source.units[i] == 0xFFFD) {
      const int64_t encoded = cicu_text_encode(source.units, source.length, NULL, 0);
      if (encoded != (int64_t)length) {
        cicu_text_release(&source);
        return false;
      }
      break;
    }
  }
  UErrorCode status = U_ZERO_ERROR;
  const bool same = unorm2_isNormalized(with, source.units, source.length, &status);
  cicu_text_release(&source);
  return U_SUCCESS(status) && same;
}

// Shared: a checker whose settings no longer change may be used by several threads at once.
static USpoofChecker *shared_checker;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void open_checker(void) {
  UErrorCode status = U_ZERO_ERROR;
  USpoofChecker *checker = uspoof_open(&status);
  if (U_SUCCESS(status)) shared_checker = checker;
}

int64_t cicu_skeleton(const uint8_t *input, size_t length, uint8_t *output, size_t capacity) {
  pthread_once(&once, open_checker);
  if (shared_checker == NULL) return CICU_ERROR_UNAVAILABLE;
  cicu_text source;
  const int failure = cicu_text_decode(&source, input, length);
  if (failure != 0) return failure;

  UChar local[1024];
  UChar *units = local;
  int32_t room = (int32_t)(sizeof local / sizeof local[0]);
  UErrorCode status = U_ZERO_ERROR;
  int32_t needed =
      uspoof_getSkeleton(shared_checker, 0, source.units, source.length, units, room, &status);
  if (status == U_BUFFER_OVERFLOW_ERROR) {
    units = malloc((size_t)needed * sizeof(UChar));
    if (units == NULL) {
      cicu_text_release(&source);
      return CICU_ERROR_MEMORY;
    }
    status = U_ZERO_ERROR;
    needed = uspoof_getSkeleton(shared_checker, 0, source.units, source.length, units, needed,
                                &status);
  }
  cicu_text_release(&source);
  const int64_t written = U_SUCCESS(status) ? cicu_text_encode(units, needed, output, capacity)
                                            : CICU_ERROR_INVALID;
  if (units != local) free(units);
  return written;
}
