#ifndef ADWATCH_CARES_SHIM_H
#define ADWATCH_CARES_SHIM_H

#include <ares.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/types.h>

// Which of the sockets that ares_getsock() gave are waited for; the macros of ares.h are not imported.
static inline int cares_waits_to_read(int bits, int number) { return ARES_GETSOCK_READABLE(bits, number) != 0; }
static inline int cares_waits_to_write(int bits, int number) { return ARES_GETSOCK_WRITABLE(bits, number) != 0; }

#endif
