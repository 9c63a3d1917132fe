// Sitemaps and feeds through libxml2's reader, behind plain C types. libxml2's own headers are
// included by the .c file only: they bring ICU's, which cannot be imported beside Foundation.
#ifndef CXML_H
#define CXML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct cxml_reader cxml_reader;

typedef enum {
  CXML_END = 0,        // the document is over, or nothing more of it can be read
  CXML_ELEMENT = 1,    // an element opens
  CXML_CLOSE = 2,      // an element closes; an empty element gives both
  CXML_TEXT = 3,       // text or CDATA
  CXML_OTHER = 4,      // a comment, a processing instruction, a DOCTYPE, an entity reference
  CXML_MALFORMED = 5,  // the document ends here because it is ill-formed
} cxml_event;

// A reader over bytes that stay in place until it is closed. No network, no DTD, no entity is
// expanded. NULL when there is no memory or the input has 2^31 bytes or more.
cxml_reader *cxml_open(const uint8_t *bytes, size_t length);
void cxml_close(cxml_reader *reader);

cxml_event cxml_next(cxml_reader *reader);

// The current element's name without prefix, or the current text: zero-terminated UTF-8, valid
// until the next call on the reader. Never NULL.
const char *cxml_name(cxml_reader *reader);
const char *cxml_text(cxml_reader *reader);

// The value of an attribute of the current element; NULL when it has none. To be given back with
// cxml_free.
char *cxml_attribute(cxml_reader *reader, const char *name);
void cxml_free(char *text);

// How many elements contain the current one.
int cxml_depth(cxml_reader *reader);

#endif
