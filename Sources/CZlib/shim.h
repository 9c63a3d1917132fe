#ifndef ADWATCH_CZLIB_SHIM_H
#define ADWATCH_CZLIB_SHIM_H

#include <stdlib.h>
#include <zlib.h>

/* inflateInit2 is a macro, which Swift does not import. The stream lives on the heap because zlib
   keeps a pointer back to it and refuses one that has moved. NULL when memory is short. */
static inline z_stream *adwatch_inflate_new(int window_bits) {
  z_stream *stream = (z_stream *)calloc(1, sizeof(z_stream));
  if (stream == NULL) return NULL;
  if (inflateInit2(stream, window_bits) == Z_OK) return stream;
  free(stream);
  return NULL;
}

/* The counterpart of adwatch_inflate_new: the stream is freed here, where it was allocated. */
static inline void adwatch_inflate_free(z_stream *stream) {
  if (stream == NULL) return;
  inflateEnd(stream);
  free(stream);
}

/* zlib's input pointer is not const unless ZLIB_CONST is defined before its header, which another
   module may have included first; one call keeps the cast in one place. Returns zlib's status. */
static inline int adwatch_inflate_step(z_stream *stream, const void *input, size_t input_count,
                                       size_t *consumed, void *output, size_t output_count,
                                       size_t *produced) {
  const uInt most = 1u << 30;
  const uInt give = input_count > most ? most : (uInt)input_count;
  const uInt room = output_count > most ? most : (uInt)output_count;
  stream->next_in = (Bytef *)input;
  stream->avail_in = give;
  stream->next_out = (Bytef *)output;
  stream->avail_out = room;
  int status = inflate(stream, Z_NO_FLUSH);
  *consumed = give - stream->avail_in;
  *produced = room - stream->avail_out;
  stream->next_in = NULL;
  stream->next_out = NULL;
  return status;
}

#endif
