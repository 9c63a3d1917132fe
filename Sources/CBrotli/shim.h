#ifndef ADWATCH_CBROTLI_SHIM_H
#define ADWATCH_CBROTLI_SHIM_H

#include <brotli/decode.h>

#endif
