#ifndef ADWATCH_CCLOCK_SHIM_H
#define ADWATCH_CCLOCK_SHIM_H

#include <string.h>
#include <sys/timex.h>

// What the kernel says of its clock (adjtimex(2)); struct timex has unnamed padding that Swift does not
// import. Answers 1 when a time service disciplines the clock, 0 when none does, -1 when the kernel
// does not say. Times are microseconds.
static inline int cclock_state(long *offset, long *maximum_error) {
  struct timex state;
  memset(&state, 0, sizeof state);
  int code = adjtimex(&state);
  if(code < 0)
    return -1;
  *offset = (state.status & STA_NANO) ? state.offset / 1000 : state.offset;
  *maximum_error = state.maxerror;
  return code == TIME_ERROR || (state.status & STA_UNSYNC) ? 0 : 1;
}

#endif
