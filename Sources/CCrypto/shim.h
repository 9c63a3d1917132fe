#ifndef ADWATCH_CCRYPTO_SHIM_H
#define ADWATCH_CCRYPTO_SHIM_H

#include <openssl/evp.h>

#endif
