#ifndef ADWATCH_CZSTD_SHIM_H
#define ADWATCH_CZSTD_SHIM_H

#include <zstd.h>

#endif
