// One entry as a piece of news: what it is, and what it is called.
#ifndef HANSA_NODE_DESK_NEWS_WORDS_H_
#define HANSA_NODE_DESK_NEWS_WORDS_H_

#include <cstddef>
#include <string>

#include "node/projection/views.h"
#include "storage/feed_store.h"

namespace hansa::node::desk {

struct NewsWords {
  std::string kind;  // practice, translation, offer, reply, acceptance, leaving, conclusion, decline, indicator set, …;
                     // of what takes a record back: what the record was
  std::string title;  // as its author wrote it; a few words in fixed forms ('{0} values for {1}') where it has none
  bool withdrawn = false;
};

// Of revision `index` (from 0) of `record`. What other records say is looked up in `views`; what cannot be read has
// words that say so. Blocks on disk.
NewsWords WordsOf(const storage::FeedStore& feeds, const projection::Views& views, const projection::RecordView& record,
                  std::size_t index);

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_NEWS_WORDS_H_
