#ifndef ADWATCH_CPCRE2_SHIM_H
#define ADWATCH_CPCRE2_SHIM_H

// PCRE2 has one header for three code unit widths and wants to know which before it is read.
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

// Says "no limit" to pcre2_set_offset_limit; a macro with a cast, which Swift does not import.
static inline PCRE2_SIZE adwatch_pcre2_unset(void) { return PCRE2_UNSET; }

// Whether the library was built with its just-in-time compiler; pcre2_config takes an untyped pointer.
static inline int adwatch_pcre2_has_jit(void) {
  uint32_t answer = 0;
  return pcre2_config_8(PCRE2_CONFIG_JIT, &answer) == 0 && answer != 0;
}

// Whether a compiled pattern may match the empty string; pcre2_pattern_info takes an untyped pointer.
static inline int adwatch_pcre2_matches_empty(const pcre2_code_8 *code) {
  uint32_t answer = 1;
  return pcre2_pattern_info_8(code, PCRE2_INFO_MATCHEMPTY, &answer) != 0 || answer != 0;
}

// Bytes of a compiled pattern, without and with machine code, for the same reason.
static inline size_t adwatch_pcre2_size(const pcre2_code_8 *code) {
  size_t plain = 0, machine = 0;
  (void)pcre2_pattern_info_8(code, PCRE2_INFO_SIZE, &plain);
  (void)pcre2_pattern_info_8(code, PCRE2_INFO_JITSIZE, &machine);
  return plain + machine;
}

#endif
