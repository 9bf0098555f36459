// What mending a damaged database has kept, and what not.
#ifndef HANSA_STORAGE_MEND_REPORT_H_
#define HANSA_STORAGE_MEND_REPORT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "replication/entry.h"
#include "replication/feed.h"

namespace hansa::storage {

struct MendedFeed {
  replication::FeedId feed;
  replication::FeedAuthor author;
  replication::Sequence had;        // its length before
  replication::Sequence kept;       // and now; 0: nothing of it is held any more
  std::uint64_t payloads_lost = 0;  // of those kept: their payloads are absent now
  friend bool operator==(const MendedFeed&, const MendedFeed&) = default;
};

struct MendReport {
  std::uint64_t feeds = 0;          // that could be listed; more may have been held
  std::vector<MendedFeed> damaged;  // of those: where anything was lost; ascending by feed
  std::vector<std::string> unread;  // parts of the database, by their names on disk, of which some rows are lost
  // Its files were put together anew: of the tables that could not be, nobody knows what was in them.
  bool pieced_together = false;
  std::string set_aside;  // the folder that holds the damaged database now
};

}  // namespace hansa::storage

#endif  // HANSA_STORAGE_MEND_REPORT_H_
