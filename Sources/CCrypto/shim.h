#ifndef ADWATCH_CCRYPTO_SHIM_H
#define ADWATCH_CCRYPTO_SHIM_H

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/ts.h>
#include <openssl/x509.h>
#include <stddef.h>
#include <stdio.h>
#include <time.h>

/// HMAC-SHA-1 for the codes of RFC 6238: the digest argument is a macro's function in some versions.
static inline int ccrypto_hmac_sha1(
    const unsigned char *key, size_t key_length, const unsigned char *bytes, size_t length,
    unsigned char *result) {
  unsigned int written = 0;
  return HMAC(EVP_sha1(), key, (int)key_length, bytes, length, result, &written) != NULL &&
         written == 20;
}

// The three below are variadic or macros, which Swift does not import.

static inline EVP_PKEY *ccrypto_new_ed25519(void) { return EVP_PKEY_Q_keygen(NULL, NULL, "ED25519"); }

static inline long ccrypto_bio_bytes(BIO *bio, char **bytes) { return BIO_get_mem_data(bio, bytes); }

static inline int ccrypto_is_ed25519(const EVP_PKEY *key) {
  return EVP_PKEY_is_a(key, "ED25519");
}

// The rest of RFC 3161 in OpenSSL takes a dozen calls on objects with their own owners; each function
// below does one thing with all of them and lets go of them.

// A query for a SHA-256 digest, with a nonce and a wish for the authority's certificate, in DER.
// Answers its length, at most `room`, or 0.
static inline int ccrypto_ts_query(const unsigned char *digest, unsigned char *out, int room) {
  int length = 0;
  unsigned char bytes[16];
  TS_REQ *query = TS_REQ_new();
  TS_MSG_IMPRINT *imprint = TS_MSG_IMPRINT_new();
  X509_ALGOR *algorithm = X509_ALGOR_new();
  ASN1_INTEGER *nonce = NULL;
  BIGNUM *number = NULL;
  if(query && imprint && algorithm && RAND_bytes(bytes, sizeof bytes) == 1) {
    bytes[0] &= 0x7f;
    bytes[0] |= 0x40;
    number = BN_bin2bn(bytes, sizeof bytes, NULL);
    nonce = number ? BN_to_ASN1_INTEGER(number, NULL) : NULL;
    X509_ALGOR_set0(algorithm, OBJ_nid2obj(NID_sha256), V_ASN1_NULL, NULL);
    if(nonce && TS_REQ_set_version(query, 1) && TS_MSG_IMPRINT_set_algo(imprint, algorithm) &&
       TS_MSG_IMPRINT_set_msg(imprint, (unsigned char *)digest, 32) &&
       TS_REQ_set_msg_imprint(query, imprint) && TS_REQ_set_nonce(query, nonce) &&
       TS_REQ_set_cert_req(query, 1)) {
      int size = i2d_TS_REQ(query, NULL);
      if(size > 0 && size <= room) {
        unsigned char *cursor = out;
        length = i2d_TS_REQ(query, &cursor);
      }
    }
  }
  ASN1_INTEGER_free(nonce);
  BN_free(number);
  X509_ALGOR_free(algorithm);
  TS_MSG_IMPRINT_free(imprint);
  TS_REQ_free(query);
  return length;
}

// Holds a reply (DER) against a SHA-256 digest, the authorities in a PEM file (NULL: the signature is
// not looked at) and, when there is one, the query it answers. Answers 1 and the time it attests, or 0
// and a reason.
static inline int ccrypto_ts_verify(const unsigned char *reply, long length,
                                    const unsigned char *digest, const char *authorities,
                                    const unsigned char *query, long query_length, long *seconds,
                                    char *why, int room) {
  int ok = 0;
  ERR_clear_error();
  const unsigned char *cursor = reply;
  TS_RESP *answer = d2i_TS_RESP(NULL, &cursor, length);
  TS_REQ *asked = NULL;
  TS_VERIFY_CTX *context = TS_VERIFY_CTX_new();
  snprintf(why, (size_t)room, "%s", "no time-stamp reply");
  if(answer && context && cursor == reply + length) {
    int flags = TS_VFY_VERSION | TS_VFY_IMPRINT;
    int ready = 1;
    unsigned char *copy = OPENSSL_memdup(digest, 32);
    TS_VERIFY_CTX_set_imprint(context, copy, 32);
    if(authorities) {
      X509_STORE *store = X509_STORE_new();
      ready = store && X509_STORE_load_file(store, authorities) == 1;
      TS_VERIFY_CTX_set_store(context, store);
      flags |= TS_VFY_SIGNATURE;
      if(!ready)
        snprintf(why, (size_t)room, "the authority's certificates in %s cannot be read",
                 authorities);
    }
    if(ready && query) {
      const unsigned char *begin = query;
      asked = d2i_TS_REQ(NULL, &begin, query_length);
      const ASN1_INTEGER *nonce = asked ? TS_REQ_get_nonce(asked) : NULL;
      TS_TST_INFO *info = TS_RESP_get_tst_info(answer);
      const ASN1_INTEGER *given = info ? TS_TST_INFO_get_nonce(info) : NULL;
      // Compared here: the context would take the nonce for its own.
      if(nonce && (!given || ASN1_INTEGER_cmp(nonce, given) != 0)) {
        ready = 0;
        snprintf(why, (size_t)room, "%s", "the reply answers another query");
      }
    }
    if(ready) {
      TS_VERIFY_CTX_set_flags(context, flags);
      if(TS_RESP_verify_response(context, answer) == 1) {
        TS_TST_INFO *info = TS_RESP_get_tst_info(answer);
        struct tm civil;
        if(info && ASN1_TIME_to_tm(TS_TST_INFO_get_time(info), &civil) == 1) {
          *seconds = (long)timegm(&civil);
          ok = 1;
        }
      } else {
        const char *data = NULL;
        int kind = 0;
        unsigned long code = ERR_get_error_all(NULL, NULL, NULL, &data, &kind);
        const char *reason = ERR_reason_error_string(code);
        snprintf(why, (size_t)room, "%s%s%s", reason ? reason : "not valid",
                 data && *data ? ": " : "", data ? data : "");
      }
    }
  }
  TS_VERIFY_CTX_free(context);
  TS_REQ_free(asked);
  TS_RESP_free(answer);
  ERR_clear_error();
  return ok;
}

#endif
