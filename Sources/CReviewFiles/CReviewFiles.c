#include "CReviewFiles.h"
const struct creview_file *creview_files(size_t *count) { *count = 0; return 0; }
