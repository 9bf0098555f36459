// All records that can be found, by their words and by what they are about.
//
// Promises: what is withdrawn, erased or of a suspended member is not found, but for what is of this node's own member,
// which its own node shows. The same records give the same answer, in
// whatever order they came. With words the order is by how well the text fits them; without, by title, member name and
// id: never by author, date, or how often something was read. Facets are in the order of the framework, of the years or
// by name, never by how many.
#ifndef HANSA_NODE_SEARCH_SEARCH_INDEX_H_
#define HANSA_NODE_SEARCH_SEARCH_INDEX_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "node/catalogue/catalogue.h"
#include "node/projection/record_rows.h"
#include "node/search/full_text.h"
#include "node/search/record_text.h"
#include "replication/roster.h"

namespace hansa::node::search {

// Which records. What is empty is not asked for.
struct SearchQuestion {
  std::string text = {};                           // as ParseQuestion
  std::vector<std::string> kinds = {};             // of SearchKinds()
  std::string feature = {};                        // such as 2.1.3
  std::string action = {};                         // such as BD1.2
  std::optional<replication::Member> member = {};  // the author
  // The author is one of them; absent: anybody.
  std::optional<std::set<replication::Member>> authors = {};
  std::string country = {};   // of the author
  std::string region = {};    // of the author
  std::string language = {};  // BCP 47; 'en' also finds 'en-GB'
  std::optional<int> year = {};
  std::string area_kind = {};  // of AreaKinds()
  std::size_t offset = 0;      // hits to leave out
  std::size_t limit = 20;
};

struct FoundRecord {
  projection::RecordKey key;
  std::uint64_t revision = 0;  // from 1
  std::string kind;
  std::string title, summary, language;  // of the original
  std::string excerpt;                   // see excerpt.h
  int year = 0;                          // 0: none, or several
  std::vector<std::string> features, actions;
  std::string found_in;  // language of the translation that fits; empty: the original does
};

struct FacetValue {
  std::string value;
  std::uint64_t records = 0;
};
struct Facet {
  std::string name;  // kind, feature, action, country, region, language, year, area_kind
  std::vector<FacetValue> values;
};

struct Found {
  std::vector<FoundRecord> hits;
  std::uint64_t records = 0;   // found in all
  std::vector<Facet> facets;   // of all that were found; those without a value are left out
  std::uint64_t left_out = 0;  // that fit, and are not among them because their authors are left out
};

// By what answers are judged and named. Both must outlive the call only.
struct SearchContext {
  const replication::Roster& roster;
  const catalogue::Catalogue& catalogue;
  replication::Member own = {};                 // this node's; 0: none
  std::set<replication::Member> left_out = {};  // whose records and translations are not shown
};

// What is put in of one record.
struct IndexedRecord {
  projection::RecordKey key;
  std::uint64_t revision = 0;
  RecordText text;
  std::vector<std::string> names;  // of its author, found as if they stood in the text
};

// Thread-safe. Nothing blocks on disk; one call waits for another, for as long as a search takes.
class SearchIndex {
 public:
  // Counts how often everything was forgotten. What was read before that is not taken any more.
  std::uint64_t Generation() const ABSL_LOCKS_EXCLUDED(mutex_);
  // Replaces what is known of the record. Nothing is done if `generation` is over.
  void Put(std::uint64_t generation, IndexedRecord record) ABSL_LOCKS_EXCLUDED(mutex_);
  void Remove(std::uint64_t generation, const projection::RecordKey& record) ABSL_LOCKS_EXCLUDED(mutex_);
  // Forgets everything.
  void Clear() ABSL_LOCKS_EXCLUDED(mutex_);

  Found Search(const SearchQuestion& question, const SearchContext& context) const ABSL_LOCKS_EXCLUDED(mutex_);
  // Records in it, translations among them.
  std::size_t size() const ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  struct Held {
    std::uint64_t revision = 0;
    RecordText text;
    std::string joined;  // its words, for phrases
    std::string order;   // its title as it is compared
    TextId id = 0;
  };
  using Records = std::map<projection::RecordKey, Held>;
  // A record and the text of it that fits: its own, or that of a translation.
  struct Candidate {
    const Records::value_type* original = nullptr;
    const Records::value_type* text = nullptr;
    const replication::MemberRecord* author = nullptr;
    double fit = 0;

    const projection::RecordKey& key() const { return original->first; }
    const RecordText& about() const { return original->second.text; }
    bool is_translated() const { return text != original; }
  };

  // The member as it is shown: nullptr for one that is suspended and not this node's, or that nobody is. Those that
  // have left are shown, as everywhere.
  static const replication::MemberRecord* Shown(const SearchContext& context, replication::Member member);
  void Forget(const projection::RecordKey& record) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  std::vector<Candidate> Fitting(const Question& words, const SearchContext& context) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  std::vector<Candidate> Everything(const SearchContext& context) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  std::optional<Candidate> CandidateOf(const Records::value_type& text, const SearchContext& context) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Takes out what is by those who are left out; returns how many records that leaves out altogether.
  static std::uint64_t LeaveOut(const SearchContext& context, std::vector<Candidate>& found);
  static bool IsAskedFor(const Candidate& candidate, const SearchQuestion& question);
  // Each record once: by the text that fits best, the original before its translations.
  static void KeepTheBest(std::vector<Candidate>& found);
  static bool ComesBefore(const Candidate& a, const Candidate& b);
  std::vector<Facet> FacetsOf(const std::vector<Candidate>& found, const SearchContext& context) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  FoundRecord HitOf(const Candidate& candidate, const Question& words, const std::set<std::string>& terms) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  mutable absl::Mutex mutex_;
  std::uint64_t generation_ ABSL_GUARDED_BY(mutex_) = 0;
  FullText words_ ABSL_GUARDED_BY(mutex_);
  Records records_ ABSL_GUARDED_BY(mutex_);
  // By id; nullptr where there is none any more.
  std::vector<const Records::value_type*> by_text_ ABSL_GUARDED_BY(mutex_);
  // Languages into which a record was translated, by who translated it.
  std::map<projection::RecordKey, std::map<projection::RecordKey, std::string>> translations_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace hansa::node::search

#endif  // HANSA_NODE_SEARCH_SEARCH_INDEX_H_
