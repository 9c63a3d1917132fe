#ifndef ADWATCH_CCRYPTO_SHIM_H
#define ADWATCH_CCRYPTO_SHIM_H

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <stddef.h>

/// HMAC-SHA-1 for the codes of RFC 6238: the digest argument is a macro's function in some versions.
static inline int ccrypto_hmac_sha1(
    const unsigned char *key, size_t key_length, const unsigned char *bytes, size_t length,
    unsigned char *result) {
  unsigned int written = 0;
  return HMAC(EVP_sha1(), key, (int)key_length, bytes, length, result, &written) != NULL &&
         written == 20;
}

#endif
