#include "CLanguage.h"

// CLD2's header uses FILE without including what declares it.
#include <cstdio>
#include <cstring>

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

extern "C" struct clanguage_guess clanguage_detect(const char *text, size_t length,
                                                   const char *declared, const char *domain) {
  clanguage_guess guess = {};
  // CLD2 counts in int; more text than this changes no answer.
  const size_t most = size_t{1} << 20;
  if (length > most) {
    length = most;
    while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80) --length;
  }
  CLD2::CLDHints hints = {declared, domain, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  CLD2::Language languages[3];
  int percents[3];
  double scores[3];
  int bytes = 0;
  bool reliable = false;
  int valid = 0;
  const CLD2::Language language = CLD2::ExtDetectLanguageSummaryCheckUTF8(
      text, static_cast<int>(length), true, &hints, 0, languages, percents, scores, nullptr,
      &bytes, &reliable, &valid);
  if (language == CLD2::UNKNOWN_LANGUAGE) return guess;
  const char *code = CLD2::LanguageCode(language);
  const size_t size = std::strlen(code);
  if (size >= sizeof guess.code) return guess;
  std::memcpy(guess.code, code, size);
  guess.reliable = reliable;
  guess.percent = percents[0];
  return guess;
}
