#ifndef ADWATCH_CDISK_SHIM_H
#define ADWATCH_CDISK_SHIM_H

#include <linux/falloc.h>
#include <sys/syscall.h>
#include <unistd.h>

// Gives a range of a file back to the file system, which reads as zeros from then on (fallocate(2)).
// The declaration needs _GNU_SOURCE, which a module's headers cannot define for the C library. The file
// keeps its length; answers 0, or -1 where the file system cannot.
static inline int cdisk_punch(int file, long long offset, long long length) {
  return (int)syscall(SYS_fallocate, file, FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE, offset, length);
}

#endif
