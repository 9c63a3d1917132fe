#include "CImage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <setjmp.h>
#include <jpeglib.h>
#include <png.h>
#include <webp/decode.h>

// No side of a picture has to be larger than this for a hash of 72 fields.
enum { enough = 256 };
// Scans of a progressive JPEG; a file of few bytes can have thousands, each as much work as an image.
enum { most_scans = 64 };

static int fits(uint32_t width, uint32_t height, uint32_t side, uint64_t points) {
  return width > 0 && height > 0 && width <= side && height <= side
    && (uint64_t)width * height <= points;
}

static uint8_t luma(unsigned red, unsigned green, unsigned blue) {
  return (uint8_t)((299 * red + 587 * green + 114 * blue + 500) / 1000);
}

static uint8_t over_white(const uint8_t *rgba) {
  unsigned grey = luma(rgba[0], rgba[1], rgba[2]);
  return (uint8_t)((grey * rgba[3] + 255u * (255u - rgba[3]) + 127) / 255);
}

// MARK: JPEG

typedef struct {
  struct jpeg_error_mgr base;
  jmp_buf leave;
} jpeg_errors;

typedef struct {
  struct jpeg_progress_mgr base;
} jpeg_watch;

static void jpeg_fails(j_common_ptr common) { longjmp(((jpeg_errors *)common->err)->leave, 1); }
static void jpeg_says(j_common_ptr common, int level) {
  if (level < 0) common->err->num_warnings++;
}
static void jpeg_goes_on(j_common_ptr common) {
  if (((j_decompress_ptr)common)->input_scan_number > most_scans) jpeg_fails(common);
}

static adw_image_outcome decode_jpeg(
  const uint8_t *bytes, size_t count, uint32_t side, uint64_t points, adw_image *picture
) {
  struct jpeg_decompress_struct cinfo;
  jpeg_errors errors;
  jpeg_watch watch;
  uint8_t *volatile grey = NULL;
  memset(&cinfo, 0, sizeof cinfo);
  memset(&watch, 0, sizeof watch);
  cinfo.err = jpeg_std_error(&errors.base);
  errors.base.error_exit = jpeg_fails;
  errors.base.emit_message = jpeg_says;
  if (setjmp(errors.leave)) {
    jpeg_destroy_decompress(&cinfo);
    free(grey);
    return adw_image_broken;
  }
  jpeg_create_decompress(&cinfo);
  watch.base.progress_monitor = jpeg_goes_on;
  cinfo.progress = &watch.base;
  jpeg_mem_src(&cinfo, bytes, count);
  jpeg_read_header(&cinfo, TRUE);
  picture->image_width = cinfo.image_width;
  picture->image_height = cinfo.image_height;
  if (!fits(cinfo.image_width, cinfo.image_height, side, points)) {
    jpeg_destroy_decompress(&cinfo);
    return adw_image_too_large;
  }
  int is_ink = cinfo.jpeg_color_space == JCS_CMYK || cinfo.jpeg_color_space == JCS_YCCK;
  int is_rgb = cinfo.jpeg_color_space == JCS_RGB;
  cinfo.out_color_space = is_ink ? JCS_CMYK : is_rgb ? JCS_RGB : JCS_GRAYSCALE;
  cinfo.scale_num = 1;
  cinfo.scale_denom = 1;
  // Decoded smaller where the image is large: means of blocks, which is all that is needed.
  while (cinfo.scale_denom < 8 && cinfo.image_width / (2 * cinfo.scale_denom) >= enough
         && cinfo.image_height / (2 * cinfo.scale_denom) >= enough) {
    cinfo.scale_denom *= 2;
  }
  jpeg_start_decompress(&cinfo);
  size_t width = cinfo.output_width, height = cinfo.output_height;
  int parts = cinfo.output_components;
  grey = malloc(width * height);
  if (!grey) jpeg_fails((j_common_ptr)&cinfo);
  JSAMPARRAY row = cinfo.mem->alloc_sarray(
    (j_common_ptr)&cinfo, JPOOL_IMAGE, (JDIMENSION)(width * (size_t)parts), 1);
  while (cinfo.output_scanline < cinfo.output_height) {
    uint8_t *line = grey + (size_t)cinfo.output_scanline * width;
    if (jpeg_read_scanlines(&cinfo, row, 1) != 1) jpeg_fails((j_common_ptr)&cinfo);
    for (size_t x = 0; x < width; x++) {
      const JSAMPLE *at = row[0] + x * (size_t)parts;
      // Adobe writes inks inverted: what is left of the light of each, and of black.
      line[x] = is_ink
        ? luma(at[0] * at[3] / 255u, at[1] * at[3] / 255u, at[2] * at[3] / 255u)
        : is_rgb ? luma(at[0], at[1], at[2]) : at[0];
    }
  }
  jpeg_destroy_decompress(&cinfo);
  picture->grey = grey;
  picture->width = (uint32_t)width;
  picture->height = (uint32_t)height;
  return adw_image_read;
}

// MARK: PNG

static adw_image_outcome decode_png(
  const uint8_t *bytes, size_t count, uint32_t side, uint64_t points, adw_image *picture
) {
  png_image image;
  memset(&image, 0, sizeof image);
  image.version = PNG_IMAGE_VERSION;
  if (!png_image_begin_read_from_memory(&image, bytes, count)) return adw_image_broken;
  picture->image_width = image.width;
  picture->image_height = image.height;
  if (!fits(image.width, image.height, side, points)) {
    png_image_free(&image);
    return adw_image_too_large;
  }
  image.format = PNG_FORMAT_RGBA;
  size_t size = (size_t)image.width * image.height;
  uint8_t *colours = malloc(size * 4);
  if (!colours || !png_image_finish_read(&image, NULL, colours, 0, NULL)) {
    png_image_free(&image);
    free(colours);
    return adw_image_broken;
  }
  // In place: each grey value is written where its colours, or earlier ones, were read.
  for (size_t at = 0; at < size; at++) colours[at] = over_white(colours + 4 * at);
  picture->grey = colours;
  picture->width = image.width;
  picture->height = image.height;
  return adw_image_read;
}

// MARK: WebP

static adw_image_outcome decode_webp(
  const uint8_t *bytes, size_t count, uint32_t side, uint64_t points, adw_image *picture
) {
  WebPDecoderConfig config;
  if (!WebPInitDecoderConfig(&config)) return adw_image_unsupported;
  if (WebPGetFeatures(bytes, count, &config.input) != VP8_STATUS_OK) return adw_image_broken;
  picture->image_width = (uint32_t)config.input.width;
  picture->image_height = (uint32_t)config.input.height;
  if (config.input.width <= 0 || config.input.height <= 0) return adw_image_broken;
  if (!fits(picture->image_width, picture->image_height, side, points)) return adw_image_too_large;
  if (config.input.has_animation) return adw_image_unsupported;
  config.output.colorspace = MODE_RGBA;
  VP8StatusCode status = WebPDecode(bytes, count, &config);
  if (status != VP8_STATUS_OK) {
    WebPFreeDecBuffer(&config.output);
    return status == VP8_STATUS_UNSUPPORTED_FEATURE ? adw_image_unsupported : adw_image_broken;
  }
  size_t width = (size_t)config.output.width, height = (size_t)config.output.height;
  uint8_t *grey = malloc(width * height);
  for (size_t y = 0; grey && y < height; y++) {
    const uint8_t *line = config.output.u.RGBA.rgba + y * (size_t)config.output.u.RGBA.stride;
    for (size_t x = 0; x < width; x++) grey[y * width + x] = over_white(line + 4 * x);
  }
  WebPFreeDecBuffer(&config.output);
  if (!grey) return adw_image_broken;
  picture->grey = grey;
  picture->width = (uint32_t)width;
  picture->height = (uint32_t)height;
  return adw_image_read;
}

adw_image_outcome adw_image_decode(
  const uint8_t *bytes, size_t count, uint32_t side, uint64_t points, adw_image *picture
) {
  memset(picture, 0, sizeof *picture);
  if (count >= 3 && memcmp(bytes, "\xFF\xD8\xFF", 3) == 0) {
    picture->format = adw_image_jpeg;
    return decode_jpeg(bytes, count, side, points, picture);
  }
  if (count >= 8 && memcmp(bytes, "\x89PNG\r\n\x1A\n", 8) == 0) {
    picture->format = adw_image_png;
    return decode_png(bytes, count, side, points, picture);
  }
  if (count >= 12 && memcmp(bytes, "RIFF", 4) == 0 && memcmp(bytes + 8, "WEBP", 4) == 0) {
    picture->format = adw_image_webp;
    return decode_webp(bytes, count, side, points, picture);
  }
  return adw_image_unknown;
}
