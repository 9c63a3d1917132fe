#include "CPhoneNumber.h"

#include <cstring>
#include <string>

#include <phonenumbers/phonenumberutil.h>

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

namespace {

bool copy(const std::string &from, char *to, size_t capacity) {
  if (from.size() >= capacity) return false;
  std::memcpy(to, from.data(), from.size());
  to[from.size()] = '\0';
  return true;
}

}  // namespace

extern "C" struct cphone_number cphone_parse(const char *digits, size_t length,
                                             const char *region) {
  cphone_number result = {};
  result.verdict = CPHONE_UNPARSEABLE;
  result.type = CPHONE_UNKNOWN;
  // An exception must not cross into Swift, which cannot unwind it.
  try {
    const PhoneNumberUtil &util = *PhoneNumberUtil::GetInstance();
    PhoneNumber number;
    if (util.Parse(std::string(digits, length), region, &number) !=
        PhoneNumberUtil::NO_PARSING_ERROR) {
      return result;
    }
    result.verdict = CPHONE_IMPOSSIBLE;
    if (util.IsPossibleNumberWithReason(number) != PhoneNumberUtil::IS_POSSIBLE) return result;
    std::string text;
    util.Format(number, PhoneNumberUtil::E164, &text);
    if (!copy(text, result.e164, sizeof result.e164)) return result;
    result.verdict = CPHONE_POSSIBLE;
    util.GetRegionCodeForNumber(number, &text);
    // "ZZ" stands for no region.
    if (text == "ZZ" || !copy(text, result.region, sizeof result.region)) return result;
    if (util.IsValidNumber(number)) result.verdict = CPHONE_VALID;
    result.type = static_cast<int>(util.GetNumberType(number));
  } catch (...) {
    result = {};
  }
  return result;
}

extern "C" bool cphone_example(const char *region, int type, enum cphone_style style, char *out,
                               size_t capacity) {
  try {
    const PhoneNumberUtil &util = *PhoneNumberUtil::GetInstance();
    PhoneNumber number;
    if (!util.GetExampleNumberForType(
            region, static_cast<PhoneNumberUtil::PhoneNumberType>(type), &number)) {
      return false;
    }
    std::string text;
    switch (style) {
      case CPHONE_E164: util.Format(number, PhoneNumberUtil::E164, &text); break;
      case CPHONE_INTERNATIONAL:
        util.Format(number, PhoneNumberUtil::INTERNATIONAL, &text);
        break;
      case CPHONE_NATIONAL: util.Format(number, PhoneNumberUtil::NATIONAL, &text); break;
    }
    return copy(text, out, capacity);
  } catch (...) {
    return false;
  }
}
