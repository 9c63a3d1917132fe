#include "CNotices.h"

// #embed is C23; Clang has it in every mode and says so.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char acts[] = {
#embed "files/acts.yaml"
};
static const unsigned char fronts[] = {
#embed "files/fronts.yaml"
};
static const unsigned char letter[] = {
#embed "files/letter.mustache"
};
static const unsigned char replies[] = {
#embed "files/replies.yaml"
};

const unsigned char *cnotices_acts(size_t *length) {
  *length = sizeof acts;
  return acts;
}

const unsigned char *cnotices_fronts(size_t *length) {
  *length = sizeof fronts;
  return fronts;
}

const unsigned char *cnotices_letter(size_t *length) {
  *length = sizeof letter;
  return letter;
}

const unsigned char *cnotices_replies(size_t *length) {
  *length = sizeof replies;
  return replies;
}
