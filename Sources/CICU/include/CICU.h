// Unicode services of ICU behind plain C types. ICU's own headers are included by the .c files
// only: they cannot be imported beside Foundation, which carries another ICU.
//
// Text is UTF-8 without a terminating zero, lengths are bytes. Output goes into the caller's
// buffer. Every function that writes returns the number of bytes the whole result has: when that
// is more than the capacity, nothing useful was written and the caller repeats the call with a
// larger buffer. A negative result is one of the CICU_ERROR values. Ill-formed UTF-8 in the input
// is read as U+FFFD. All functions may be called from any thread at any time.
#ifndef CICU_H
#define CICU_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CICU_ERROR_INVALID (-1)      // the input is refused (a domain that is no domain)
#define CICU_ERROR_UNAVAILABLE (-2)  // ICU has no such converter, data or service
#define CICU_ERROR_TOO_LONG (-3)     // the input is longer than CICU_MAXIMUM_INPUT
#define CICU_ERROR_MEMORY (-4)       // no memory

// Inputs longer than this many bytes are refused: ICU counts in 32-bit integers.
#define CICU_MAXIMUM_INPUT ((size_t)256 << 20)

// Domain names, UTS 46 as the WHATWG URL standard uses it (CheckBidi, CheckJoiners,
// non-transitional; not CheckHyphens, UseSTD3ASCIIRules or VerifyDnsLength). Some of ICU's work on
// a label is quadratic in the label's length: callers bound the length.
int64_t cicu_domain_to_ascii(const uint8_t *input, size_t length, uint8_t *output, size_t capacity);

// The display form of a domain. Labels that are not valid stay as ICU leaves them (with U+FFFD),
// and `*valid` becomes false.
int64_t cicu_domain_to_unicode(const uint8_t *input, size_t length, uint8_t *output,
                               size_t capacity, bool *valid);

typedef enum {
  CICU_NFC = 0,
  CICU_NFD = 1,
  CICU_NFKC = 2,
  CICU_NFKD = 3,
  CICU_NFKC_CASEFOLD = 4,
} cicu_normal_form;

// Unicode normalisation (UAX 15). NFKC_CASEFOLD also folds case and drops default ignorables.
// A result is at most 18 times as long as its input (NFKD of one code point), mostly as long.
int64_t cicu_normalize(cicu_normal_form form, const uint8_t *input, size_t length, uint8_t *output,
                       size_t capacity);

// Whether normalising would leave the text as it is. False for ill-formed UTF-8.
bool cicu_is_normalized(cicu_normal_form form, const uint8_t *input, size_t length);

// The confusable skeleton (UTS 39): two texts that look alike have the same one. It is for
// comparing, never for showing.
int64_t cicu_skeleton(const uint8_t *input, size_t length, uint8_t *output, size_t capacity);

// Whether ICU can read and write the charset of this name.
bool cicu_has_converter(const char *name);

// Bytes of a legacy charset to UTF-8. `converter` is any name ICU knows: windows-1251, iso-8859-2,
// koi8-r, macintosh, x-mac-cyrillic, ibm866, gb18030, euc-jp, iso-2022-jp, utf-16le, utf-16be, …
// What browsers call shift_jis is windows-31j here, their euc-kr windows-949, and their big5
// big5-hkscs (where some Hong Kong characters come out in the private-use area); ICU's plain big5,
// gbk and windows-949 read some stray bytes as private-use characters instead of U+FFFD. Bytes that mean nothing give U+FFFD;
// `*replaced` (may be NULL) counts them. A byte-order mark is not treated specially, so it stays.
// The result never has more than 3 * length + 16 bytes: with such a buffer one call is enough.
int64_t cicu_charset_to_utf8(const char *converter, const uint8_t *input, size_t length,
                             uint8_t *output, size_t capacity, size_t *replaced);

// UTF-8 to a legacy charset. A character that the charset lacks is written as `&#N;`, N decimal,
// as HTML forms and URL queries do it.
int64_t cicu_charset_from_utf8(const char *converter, const uint8_t *input, size_t length,
                               uint8_t *output, size_t capacity);

// ICU's guess at the charset of some bytes: the IANA name, zero-terminated, and 0...100 for how
// sure it is; `language` (may be empty) is an ISO 639-1 code. False when it has none. A statistical
// guess over what is passed, so pass the first 64 KB or so: the work is linear, but not cheap.
bool cicu_detect_charset(const uint8_t *input, size_t length, char name[64], char language[16],
                         int32_t *confidence);

// The offsets from UTC that hold in a time zone of the IANA database between two times, in seconds
// since 1970: each with the time from which it holds, the first of them at `from`. Returns how many
// were written, at most `capacity`; CICU_ERROR_INVALID for a name that is no zone.
int64_t cicu_zone_offsets(const char *name, int64_t from, int64_t until, int64_t *starts,
                          int32_t *offsets, size_t capacity);

#endif
