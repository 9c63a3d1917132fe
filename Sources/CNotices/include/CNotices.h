#ifndef CNOTICES_H
#define CNOTICES_H

#include <stddef.h>

/// The acts with what each has to say, in every language: acts.yaml.
const unsigned char *cnotices_acts(size_t *length);

/// Networks that stand in front of sites: fronts.yaml.
const unsigned char *cnotices_fronts(size_t *length);

/// The template of a letter.
const unsigned char *cnotices_letter(size_t *length);
/// Words by which answers are told, in every language: replies.yaml.
const unsigned char *cnotices_replies(size_t *length);

#endif
