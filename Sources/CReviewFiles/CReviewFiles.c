#include "CReviewFiles.h"

// #embed is C23; Clang has it in every mode and says so.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char accounts_mustache[] = {
#embed "files/accounts.mustache"
};
static const unsigned char advert_mustache[] = {
#embed "files/advert.mustache"
};
static const unsigned char audit_mustache[] = {
#embed "files/audit.mustache"
};
static const unsigned char captured_mustache[] = {
#embed "files/captured.mustache"
};
static const unsigned char cluster_mustache[] = {
#embed "files/cluster.mustache"
};
static const unsigned char drawing_mustache[] = {
#embed "files/drawing.mustache"
};
static const unsigned char evidence_mustache[] = {
#embed "files/evidence.mustache"
};
static const unsigned char extract_mustache[] = {
#embed "files/extract.mustache"
};
static const unsigned char figures_mustache[] = {
#embed "files/figures.mustache"
};
static const unsigned char foot_mustache[] = {
#embed "files/foot.mustache"
};
static const unsigned char found_mustache[] = {
#embed "files/found.mustache"
};
static const unsigned char group_mustache[] = {
#embed "files/group.mustache"
};
static const unsigned char head_mustache[] = {
#embed "files/head.mustache"
};
static const unsigned char hit_mustache[] = {
#embed "files/hit.mustache"
};
static const unsigned char indicator_mustache[] = {
#embed "files/indicator.mustache"
};
static const unsigned char messages_en_txt[] = {
#embed "files/messages.en.txt"
};
static const unsigned char messages_nl_txt[] = {
#embed "files/messages.nl.txt"
};
static const unsigned char notice_mustache[] = {
#embed "files/notice.mustache"
};
static const unsigned char outlines_txt[] = {
#embed "files/outlines.txt"
};
static const unsigned char packet_mustache[] = {
#embed "files/packet.mustache"
};
static const unsigned char page_css[] = {
#embed "files/page.css"
};
static const unsigned char partners_yaml[] = {
#embed "files/partners.yaml"
};
static const unsigned char patterns_mustache[] = {
#embed "files/patterns.mustache"
};
static const unsigned char plot_mustache[] = {
#embed "files/plot.mustache"
};
static const unsigned char purpose_mustache[] = {
#embed "files/purpose.mustache"
};
static const unsigned char queue_mustache[] = {
#embed "files/queue.mustache"
};
static const unsigned char referrals_mustache[] = {
#embed "files/referrals.mustache"
};
static const unsigned char report_mustache[] = {
#embed "files/report.mustache"
};
static const unsigned char review_css[] = {
#embed "files/review.css"
};
static const unsigned char review_js[] = {
#embed "files/review.js"
};
static const unsigned char saved_mustache[] = {
#embed "files/saved.mustache"
};
static const unsigned char search_mustache[] = {
#embed "files/search.mustache"
};
static const unsigned char second_mustache[] = {
#embed "files/second.mustache"
};
static const unsigned char selector_mustache[] = {
#embed "files/selector.mustache"
};
static const unsigned char sign_in_mustache[] = {
#embed "files/sign-in.mustache"
};
static const unsigned char sources_mustache[] = {
#embed "files/sources.mustache"
};
static const unsigned char text_mustache[] = {
#embed "files/text.mustache"
};
static const unsigned char trends_mustache[] = {
#embed "files/trends.mustache"
};
static const unsigned char trial_mustache[] = {
#embed "files/trial.mustache"
};
static const unsigned char verdict_fields_mustache[] = {
#embed "files/verdict-fields.mustache"
};

static const unsigned char board_mustache[] = {
#embed "files/board.mustache"
};
static const unsigned char notice_form_mustache[] = {
#embed "files/notice-form.mustache"
};
static const unsigned char notice_page_mustache[] = {
#embed "files/notice-page.mustache"
};
static const unsigned char notice_section_mustache[] = {
#embed "files/notice-section.mustache"
};
static const unsigned char recipient_mustache[] = {
#embed "files/recipient.mustache"
};
static const struct creview_file files[] = {
  {"accounts.mustache", accounts_mustache, sizeof accounts_mustache},
  {"advert.mustache", advert_mustache, sizeof advert_mustache},
  {"audit.mustache", audit_mustache, sizeof audit_mustache},
  {"captured.mustache", captured_mustache, sizeof captured_mustache},
  {"cluster.mustache", cluster_mustache, sizeof cluster_mustache},
  {"drawing.mustache", drawing_mustache, sizeof drawing_mustache},
  {"evidence.mustache", evidence_mustache, sizeof evidence_mustache},
  {"extract.mustache", extract_mustache, sizeof extract_mustache},
  {"figures.mustache", figures_mustache, sizeof figures_mustache},
  {"foot.mustache", foot_mustache, sizeof foot_mustache},
  {"found.mustache", found_mustache, sizeof found_mustache},
  {"group.mustache", group_mustache, sizeof group_mustache},
  {"head.mustache", head_mustache, sizeof head_mustache},
  {"hit.mustache", hit_mustache, sizeof hit_mustache},
  {"indicator.mustache", indicator_mustache, sizeof indicator_mustache},
  {"messages.en.txt", messages_en_txt, sizeof messages_en_txt},
  {"messages.nl.txt", messages_nl_txt, sizeof messages_nl_txt},
  {"notice.mustache", notice_mustache, sizeof notice_mustache},
  {"outlines.txt", outlines_txt, sizeof outlines_txt},
  {"packet.mustache", packet_mustache, sizeof packet_mustache},
  {"page.css", page_css, sizeof page_css},
  {"partners.yaml", partners_yaml, sizeof partners_yaml},
  {"patterns.mustache", patterns_mustache, sizeof patterns_mustache},
  {"plot.mustache", plot_mustache, sizeof plot_mustache},
  {"purpose.mustache", purpose_mustache, sizeof purpose_mustache},
  {"queue.mustache", queue_mustache, sizeof queue_mustache},
  {"referrals.mustache", referrals_mustache, sizeof referrals_mustache},
  {"report.mustache", report_mustache, sizeof report_mustache},
  {"review.css", review_css, sizeof review_css},
  {"review.js", review_js, sizeof review_js},
  {"saved.mustache", saved_mustache, sizeof saved_mustache},
  {"search.mustache", search_mustache, sizeof search_mustache},
  {"second.mustache", second_mustache, sizeof second_mustache},
  {"selector.mustache", selector_mustache, sizeof selector_mustache},
  {"sign-in.mustache", sign_in_mustache, sizeof sign_in_mustache},
  {"sources.mustache", sources_mustache, sizeof sources_mustache},
  {"text.mustache", text_mustache, sizeof text_mustache},
  {"trends.mustache", trends_mustache, sizeof trends_mustache},
  {"trial.mustache", trial_mustache, sizeof trial_mustache},
  {"board.mustache", board_mustache, sizeof board_mustache},
  {"notice-form.mustache", notice_form_mustache, sizeof notice_form_mustache},
  {"notice-page.mustache", notice_page_mustache, sizeof notice_page_mustache},
  {"notice-section.mustache", notice_section_mustache, sizeof notice_section_mustache},
  {"recipient.mustache", recipient_mustache, sizeof recipient_mustache},
  {"verdict-fields.mustache", verdict_fields_mustache, sizeof verdict_fields_mustache},
};

const struct creview_file *creview_files(size_t *count) {
  *count = sizeof files / sizeof files[0];
  return files;
}
