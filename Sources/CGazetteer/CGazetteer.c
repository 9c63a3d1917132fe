#include "CGazetteer.h"

// #embed is C23; Clang has it in every mode and says so.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char text[] = {
#embed "places.tsv"
};

const unsigned char *cgazetteer_text(size_t *length) {
  *length = sizeof text;
  return text;
}
