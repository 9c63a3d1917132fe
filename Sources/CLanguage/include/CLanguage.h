#ifndef ADWATCH_CLANGUAGE_H
#define ADWATCH_CLANGUAGE_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The language most of a text is written in.
struct clanguage_guess {
  /// ISO 639 code, empty when the text is in no language that is known; ends with NUL.
  char code[16];
  /// Whether the best language is clearly better than the second best.
  bool reliable;
  /// The share of the text in that language, 0 to 100.
  int percent;
};

/// Guesses the language of valid UTF-8; `declared` and `domain` are hints and may be NULL.
struct clanguage_guess clanguage_detect(const char *text, size_t length, const char *declared,
                                        const char *domain);

#ifdef __cplusplus
}
#endif

#endif
