#ifndef ADWATCH_CCURL_SHIM_H
#define ADWATCH_CCURL_SHIM_H

// Makes CURL, CURLM and CURLSH distinct incomplete types, so that Swift sees three kinds of
// OpaquePointer instead of one void pointer for everything.
#define CURL_STRICTER 1
#include <curl/curl.h>
#include <openssl/ssl.h>
#include <string.h>

// curl_easy_setopt, curl_multi_setopt, curl_share_setopt and curl_easy_getinfo are variadic, and
// Swift does not import variadic C functions. One wrapper for each kind of argument follows; typed
// ones for callbacks, so that a callback of the wrong type does not compile.

static inline CURLcode ccurl_set_long(CURL *easy, CURLoption option, long value) {
  return curl_easy_setopt(easy, option, value);
}

static inline CURLcode ccurl_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
  return curl_easy_setopt(easy, option, value);
}

// Copies the string; NULL clears the option.
static inline CURLcode ccurl_set_string(CURL *easy, CURLoption option, const char *value) {
  return curl_easy_setopt(easy, option, value);
}

static inline CURLcode ccurl_set_pointer(CURL *easy, CURLoption option, void *value) {
  return curl_easy_setopt(easy, option, value);
}

static inline CURLcode ccurl_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
  return curl_easy_setopt(easy, option, value);
}

static inline CURLcode ccurl_set_share(CURL *easy, CURLSH *share) {
  return curl_easy_setopt(easy, CURLOPT_SHARE, share);
}

// Copies the bytes, whose number must be set first with CURLOPT_POSTFIELDSIZE_LARGE.
static inline CURLcode ccurl_set_post_bytes(CURL *easy, const void *bytes) {
  return curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, bytes);
}

static inline CURLcode ccurl_on_body(CURL *easy, curl_write_callback function, void *context) {
  CURLcode code = curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, function);
  return code != CURLE_OK ? code : curl_easy_setopt(easy, CURLOPT_WRITEDATA, context);
}

static inline CURLcode ccurl_on_read(CURL *easy, curl_read_callback function, void *context) {
  CURLcode code = curl_easy_setopt(easy, CURLOPT_READFUNCTION, function);
  return code != CURLE_OK ? code : curl_easy_setopt(easy, CURLOPT_READDATA, context);
}

static inline CURLcode ccurl_on_header(CURL *easy, curl_write_callback function, void *context) {
  CURLcode code = curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, function);
  return code != CURLE_OK ? code : curl_easy_setopt(easy, CURLOPT_HEADERDATA, context);
}

static inline CURLcode ccurl_on_debug(CURL *easy, curl_debug_callback function, void *context) {
  CURLcode code = curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, function);
  return code != CURLE_OK ? code : curl_easy_setopt(easy, CURLOPT_DEBUGDATA, context);
}

static inline CURLcode ccurl_on_open_socket(CURL *easy, curl_opensocket_callback function,
                                            void *context) {
  CURLcode code = curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, function);
  return code != CURLE_OK ? code : curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, context);
}

static inline CURLcode ccurl_on_close_socket(CURL *easy, curl_closesocket_callback function,
                                             void *context) {
  CURLcode code = curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, function);
  return code != CURLE_OK ? code : curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, context);
}

static inline CURLcode ccurl_on_tls_context(CURL *easy, curl_ssl_ctx_callback function,
                                            void *context) {
  CURLcode code = curl_easy_setopt(easy, CURLOPT_SSL_CTX_FUNCTION, function);
  return code != CURLE_OK ? code : curl_easy_setopt(easy, CURLOPT_SSL_CTX_DATA, context);
}

static inline CURLMcode ccurl_multi_on_socket(CURLM *multi, curl_socket_callback function,
                                              void *context) {
  CURLMcode code = curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, function);
  return code != CURLM_OK ? code : curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, context);
}

static inline CURLMcode ccurl_multi_on_timer(CURLM *multi, curl_multi_timer_callback function,
                                             void *context) {
  CURLMcode code = curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, function);
  return code != CURLM_OK ? code : curl_multi_setopt(multi, CURLMOPT_TIMERDATA, context);
}

static inline CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
  return curl_multi_setopt(multi, option, value);
}

static inline CURLSHcode ccurl_share_set_long(CURLSH *share, CURLSHoption option, int value) {
  return curl_share_setopt(share, option, value);
}

// Each of these answers 0 or NULL when curl does not know.

static inline long ccurl_get_long(CURL *easy, CURLINFO info) {
  long value = 0;
  return curl_easy_getinfo(easy, info, &value) == CURLE_OK ? value : 0;
}

static inline curl_off_t ccurl_get_offset(CURL *easy, CURLINFO info) {
  curl_off_t value = 0;
  return curl_easy_getinfo(easy, info, &value) == CURLE_OK ? value : 0;
}

static inline const char *ccurl_get_string(CURL *easy, CURLINFO info) {
  char *value = NULL;
  return curl_easy_getinfo(easy, info, &value) == CURLE_OK ? value : NULL;
}

// The message's result lies in a union without a tag.
static inline CURLcode ccurl_message_result(const CURLMsg *message) {
  return message->data.result;
}

// curl declares a plain sockaddr, but keeps room for longer ones behind it.
static inline const struct sockaddr *ccurl_socket_address(const struct curl_sockaddr *address) {
  return (const struct sockaddr *)&address->addr;
}

// The OpenSSL session of a transfer's connection while the transfer runs; NULL without TLS.
// CURLINFO_CERTINFO would format every certificate as text on every connection instead.
static inline SSL *ccurl_tls_session(CURL *easy) {
  struct curl_tlssessioninfo *info = NULL;
  if(curl_easy_getinfo(easy, CURLINFO_TLS_SSL_PTR, &info) != CURLE_OK || info == NULL)
    return NULL;
  return info->backend == CURLSSLBACKEND_OPENSSL ? (SSL *)info->internals : NULL;
}

// The number of certificates the server sent, leaf included.
static inline int ccurl_tls_chain_count(const SSL *session) {
  STACK_OF(X509) *chain = SSL_get_peer_cert_chain(session);
  return chain == NULL ? 0 : sk_X509_num(chain);
}

// Writes the DER form of one certificate at `out`, or only measures it when `out` is NULL. Answers
// the length, or a negative number when OpenSSL refuses. sk_X509_value is a macro, and i2d_X509
// advances the pointer it is given.
static inline int ccurl_tls_chain_der(const SSL *session, int index, unsigned char *out) {
  STACK_OF(X509) *chain = SSL_get_peer_cert_chain(session);
  if(chain == NULL || index < 0 || index >= sk_X509_num(chain))
    return -1;
  unsigned char *cursor = out;
  return i2d_X509(sk_X509_value(chain, index), out == NULL ? NULL : &cursor);
}

// curl hands its SSL_CTX over as a void pointer. Answers whether the file could be read.
static inline int ccurl_tls_load_authorities(void *context, const char *file) {
  return SSL_CTX_load_verify_locations((SSL_CTX *)context, file, NULL) == 1;
}

// What verification of the chain said, also when it was not required.
static inline long ccurl_tls_verify_result(const SSL *session) {
  return SSL_get_verify_result(session);
}

// OpenSSL's words for a result of certificate verification.
static inline const char *ccurl_tls_verify_message(long result) {
  return X509_verify_cert_error_string(result);
}

static inline const char *ccurl_tls_protocol(const SSL *session) {
  return SSL_get_version(session);
}

// SSL_get_cipher_name is a macro.
static inline const char *ccurl_tls_cipher(const SSL *session) {
  return SSL_CIPHER_get_name(SSL_get_current_cipher(session));
}

#endif
