#include <string.h>
#include <unicode/ucal.h>
#include <unicode/ustring.h>

#include "CICU.h"

static int32_t seconds_east(UCalendar *calendar, double at, UErrorCode *status) {
  ucal_setMillis(calendar, at, status);
  const int32_t zone = ucal_get(calendar, UCAL_ZONE_OFFSET, status);
  return (zone + ucal_get(calendar, UCAL_DST_OFFSET, status)) / 1000;
}

int64_t cicu_zone_offsets(const char *name, int64_t from, int64_t until, int64_t *starts,
                          int32_t *offsets, size_t capacity) {
  UChar id[64];
  UChar canonical[64];
  const size_t length = strlen(name);
  if (length == 0 || length >= 64) return CICU_ERROR_INVALID;
  u_charsToUChars(name, id, (int32_t)length);
  UErrorCode status = U_ZERO_ERROR;
  UBool known = false;
  ucal_getCanonicalTimeZoneID(id, (int32_t)length, canonical, 64, &known, &status);
  if (U_FAILURE(status) || !known) return CICU_ERROR_INVALID;
  UCalendar *calendar = ucal_open(id, (int32_t)length, "", UCAL_GREGORIAN, &status);
  if (U_FAILURE(status)) return CICU_ERROR_UNAVAILABLE;
  double at = (double)from * 1000;
  size_t count = 0;
  while (U_SUCCESS(status) && at < (double)until * 1000 && count < capacity) {
    starts[count] = (int64_t)(at / 1000);
    offsets[count] = seconds_east(calendar, at, &status);
    count += 1;
    UDate next = 0;
    if (!ucal_getTimeZoneTransitionDate(calendar, UCAL_TZ_TRANSITION_NEXT, &next, &status)) break;
    at = next;
  }
  ucal_close(calendar);
  return U_SUCCESS(status) ? (int64_t)count : CICU_ERROR_UNAVAILABLE;
}
