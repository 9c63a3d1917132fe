#ifndef ADWATCH_CDEFLATE_SHIM_H
#define ADWATCH_CDEFLATE_SHIM_H

#include <libdeflate.h>

#endif
