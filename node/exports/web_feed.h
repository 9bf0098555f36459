// What was published last, for readers of web feeds: as Atom (RFC 4287) and as JSON Feed 1.1 (jsonfeed.org).
//
// Promises: the same content gives the same bytes; every text is escaped for its form; ids are given and never change
// with the form. Pure.
#ifndef HANSA_NODE_EXPORTS_WEB_FEED_H_
#define HANSA_NODE_EXPORTS_WEB_FEED_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace hansa::node::exports {

inline constexpr char kAtomMediaType[] = "application/atom+xml";
inline constexpr char kJsonFeedMediaType[] = "application/feed+json";

struct WebFeedEntry {
  std::string id;                       // a URI that is this record's for ever
  std::string address;                  // its page; empty: none
  std::string title;                    // plain text, never empty
  std::string summary;                  // plain text; may be empty
  std::string html;                     // safe HTML; empty: the summary is all there is
  std::string language;                 // BCP 47; empty: not known
  std::string author;                   // name of a member
  absl::Time published;                 // its first revision
  absl::Time updated;                   // its present one
  std::vector<std::string> categories;  // such as 2.1.3 or BD1.2
};

struct WebFeed {
  std::string id;           // a URI that is this feed's for ever
  std::string title;        // plain text, never empty
  std::string subtitle;     // plain text; may be empty
  std::string language;     // of the two above
  std::string address;      // the page it belongs to; empty: none
  std::string own_address;  // where it is read; empty: not known
  std::string author;       // name of who publishes it
  std::string version;      // of this program
  std::vector<WebFeedEntry> entries;
};

// The newest of its entries; without any the beginning of 1970.
absl::Time UpdatedOf(const WebFeed& feed);

std::string AtomFeed(const WebFeed& feed);
std::string JsonFeed(const WebFeed& feed);

}  // namespace hansa::node::exports

#endif  // HANSA_NODE_EXPORTS_WEB_FEED_H_
