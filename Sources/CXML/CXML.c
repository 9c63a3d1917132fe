#include <libxml/parser.h>
#include <libxml/xmlreader.h>
#include <limits.h>
#include <pthread.h>
#include <stdlib.h>

#include "CXML.h"

struct cxml_reader {
  xmlTextReaderPtr reader;
  bool closes;  // the current element is empty: its end is still to be told
};

// libxml2 prints what it dislikes to standard error unless it is given somebody to tell.
static void ignore(void *context, xmlErrorPtr error) {
  (void)context;
  (void)error;
}

static pthread_once_t once = PTHREAD_ONCE_INIT;

// libxml2 must be initialised by one thread before others use it.
static void initialise(void) { xmlInitParser(); }

cxml_reader *cxml_open(const uint8_t *bytes, size_t length) {
  if (length > INT_MAX) return NULL;
  pthread_once(&once, initialise);
  cxml_reader *self = calloc(1, sizeof *self);
  if (self == NULL) return NULL;
  // Without XML_PARSE_HUGE libxml2's own limits on depth and amplification hold. Without
  // XML_PARSE_NOENT and DTDLOAD references to entities stay references.
  self->reader = xmlReaderForMemory((const char *)bytes, (int)length, NULL, NULL,
                                    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                                        XML_PARSE_NOCDATA | XML_PARSE_COMPACT);
  if (self->reader == NULL) {
    free(self);
    return NULL;
  }
  xmlTextReaderSetStructuredErrorHandler(self->reader, ignore, NULL);
  return self;
}

void cxml_close(cxml_reader *self) {
  if (self == NULL) return;
  xmlFreeTextReader(self->reader);
  free(self);
}

cxml_event cxml_next(cxml_reader *self) {
  if (self->closes) {
    self->closes = false;
    return CXML_CLOSE;
  }
  const int result = xmlTextReaderRead(self->reader);
  if (result == 0) return CXML_END;
  if (result < 0) return CXML_MALFORMED;
  switch (xmlTextReaderNodeType(self->reader)) {
    case XML_READER_TYPE_ELEMENT:
      self->closes = xmlTextReaderIsEmptyElement(self->reader) == 1;
      return CXML_ELEMENT;
    case XML_READER_TYPE_END_ELEMENT:
      return CXML_CLOSE;
    case XML_READER_TYPE_TEXT:
    case XML_READER_TYPE_CDATA:
      return CXML_TEXT;
    default:
      return CXML_OTHER;
  }
}

const char *cxml_name(cxml_reader *self) {
  const xmlChar *name = xmlTextReaderConstLocalName(self->reader);
  return name == NULL ? "" : (const char *)name;
}

const char *cxml_text(cxml_reader *self) {
  const xmlChar *text = xmlTextReaderConstValue(self->reader);
  return text == NULL ? "" : (const char *)text;
}

char *cxml_attribute(cxml_reader *self, const char *name) {
  return (char *)xmlTextReaderGetAttribute(self->reader, (const xmlChar *)name);
}

// xmlFree is a variable that holds a function, which Swift would see as a global mutable.
void cxml_free(char *text) {
  if (text != NULL) xmlFree(text);
}

int cxml_depth(cxml_reader *self) { return xmlTextReaderDepth(self->reader); }
