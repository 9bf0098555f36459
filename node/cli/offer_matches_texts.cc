#include "node/cli/offer_matches_texts.h"

#include "absl/strings/str_cat.h"
#include "hansa/v1/node_matches.pb.h"
#include "node/cli/record_page.h"
#include "node/cli/text_width.h"

namespace hansa::node::cli {
namespace {

Table TableOf(const v1::OfferMatches& offer, const words::Words& words) {
  Table table({{words("id")}, {words("member")}, {words("title")}, {words("until")}});
  for (const v1::OfferMatch& match : offer.matches()) {
    const v1::RecordLink& link = match.offer();
    table.Add({ShortId(link.id()), Printable(match.member_name()), Printable(link.title()),
               match.valid_until().empty() ? "-" : match.valid_until()});
    for (const std::string& reason : match.reasons()) {
      table.Under(Printable(words.Translated(reason)));
    }
  }
  return table;
}

}  // namespace

std::string TextOf(const v1::FindMatchesReply& matches, const Layout& layout) {
  const words::Words& words = layout.words;
  if (matches.offers().empty()) {
    return absl::StrCat(words("you have no open offer; name one of another member by its id"), "\n");
  }
  RecordPage page(layout);
  for (const v1::OfferMatches& offer : matches.offers()) {
    if (!page.text().empty()) page.Add("\n");
    page.Title(offer.offer().title());
    const bool is_request = offer.direction() == "request";
    page.Line(absl::StrCat(offer.offer().member(), ", ", words(is_request ? "request" : "offer"), ", ",
                           words("record {0}", offer.offer().id())));
    if (offer.matches().empty()) {
      page.Line(is_request ? words("no open offer that is held here fits")
                           : words("no open request that is held here fits"));
    } else {
      page.Add(TableOf(offer, words).Text(layout));
    }
  }
  return page.text();
}

}  // namespace hansa::node::cli
