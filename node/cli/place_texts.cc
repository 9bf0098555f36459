#include "node/cli/place_texts.h"

#include "absl/strings/str_cat.h"
#include "hansa/v1/node_places.pb.h"
#include "node/cli/record_page.h"
#include "node/cli/text_width.h"

namespace hansa::node::cli {

std::string TextOf(const v1::GetPlaceReply& place, const Layout& layout) {
  const words::Words& words = layout.words;
  RecordPage page(layout);
  page.Title(absl::StrCat(place.name(), " (", place.member(), ")"));
  if (!place.fault().empty()) {
    page.Line(Printable(words("cannot be shown: {0}", words.Translated(place.fault()))));
    return page.text();
  }
  page.Fact("Residents", Grouped(place.population()));
  page.Fact("Year", place.year() == 0 ? words("not dated") : absl::StrCat(place.year()));
  page.Fact("Source", place.source());
  page.Section("Note", place.note());
  return page.text();
}

}  // namespace hansa::node::cli
