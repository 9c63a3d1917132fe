#ifndef ADWATCH_CPHONENUMBER_H
#define ADWATCH_CPHONENUMBER_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What libphonenumber makes of a number, from worst to best.
enum cphone_verdict {
  CPHONE_UNPARSEABLE = 0,
  CPHONE_IMPOSSIBLE = 1,
  /// The length fits the country, the range is not known to be in use.
  CPHONE_POSSIBLE = 2,
  CPHONE_VALID = 3,
};

/// How an example number is written.
enum cphone_style { CPHONE_E164 = 0, CPHONE_INTERNATIONAL = 1, CPHONE_NATIONAL = 2 };

/// The kinds of number that extraction tells apart; the values are libphonenumber's.
enum cphone_type {
  CPHONE_FIXED = 0,
  CPHONE_MOBILE = 1,
  CPHONE_FIXED_OR_MOBILE = 2,
  CPHONE_TOLL_FREE = 3,
  CPHONE_PREMIUM = 4,
  CPHONE_SHARED_COST = 5,
  CPHONE_UNKNOWN = 11,
};

/// A number with the country it belongs to; both strings end with NUL and are empty when unknown.
struct cphone_number {
  enum cphone_verdict verdict;
  int type;
  char e164[24];
  char region[8];
};

/// Reads a number as somebody in `region` (ISO 3166 alpha-2, "ZZ" for nowhere) would dial it.
struct cphone_number cphone_parse(const char *digits, size_t length, const char *region);

/// Writes libphonenumber's example number; false when the region has none or `capacity` is too small.
bool cphone_example(const char *region, int type, enum cphone_style style, char *out,
                    size_t capacity);

#ifdef __cplusplus
}
#endif

#endif
