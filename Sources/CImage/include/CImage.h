#pragma once
#include <stddef.h>
#include <stdint.h>

// What became of reading an image.
typedef enum {
  adw_image_read = 0,
  // None of the formats that are read.
  adw_image_unknown = 1,
  // Larger than the caller allows; nothing was decoded.
  adw_image_too_large = 2,
  // Broken, or made to break its reader.
  adw_image_broken = 3,
  // Moves, or uses something of its format that is not read.
  adw_image_unsupported = 4,
} adw_image_outcome;

typedef enum { adw_image_jpeg = 0, adw_image_png = 1, adw_image_webp = 2 } adw_image_format;

// A picture of grey values, row by row. `grey` is freed with `free`.
typedef struct {
  adw_image_format format;
  uint8_t *grey;
  // Of the picture that was made, which may be smaller than the image.
  uint32_t width, height;
  // Of the image as its head says.
  uint32_t image_width, image_height;
} adw_image;

// Reads a JPEG, PNG or WebP into grey values (luma of ITU-R BT.601, transparency over white).
//
// The dimensions are checked before anything is decoded: neither side may have more than `side`
// points, nor the image more than `points`. Runs the format's own library in this process: call it
// only where a crash, endless work and memory are bounded from outside.
adw_image_outcome adw_image_decode(
  const uint8_t *bytes, size_t count, uint32_t side, uint64_t points, adw_image *picture);
