// What can be learnt about one feature of the framework, one action point, or all of a part, an area or a commitment:
// practices, what cities say they did for it with their own figures beside, offers and opportunities that are open,
// guidance, and talk. In the order of names, titles and days; nothing says that a deed moved a figure, and no city
// stands before another by one.
#ifndef HANSA_NODE_DESK_LEARN_DESK_H_
#define HANSA_NODE_DESK_LEARN_DESK_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/catalogue/catalogue.h"
#include "node/catalogue/coded.h"
#include "node/desk/muted_members.h"
#include "node/domain/series.h"
#include "node/projection/views.h"
#include "node/running_node.h"

namespace hansa::node::desk {

class OfferDesk;
struct StandingText;

struct LearntRecord {
  projection::RecordKey key;
  std::string member;  // slug
  std::string kind, title, language;
  std::uint64_t revision = 0;  // from 1
};

// One cell of a city: its own values by year, with what each rests on.
struct LearntSeries {
  std::string cell, unit;
  std::vector<domain::SeriesPoint> points;  // each with a value
};

struct LearntCity {
  std::string member, name;
  std::vector<LearntRecord> deeds;   // by first day (those without one last), title, id
  std::vector<LearntSeries> series;  // in catalogue order
};

struct Learnt {
  std::string part;
  std::string name;                         // in English
  std::vector<LearntRecord> practices;      // by member name, title, id
  std::vector<LearntCity> cities;           // by name
  std::vector<LearntRecord> offers;         // by member name, title, id
  std::vector<LearntRecord> opportunities;  // that have not passed, the nearest first
  std::vector<LearntRecord> guidance;       // by title
  std::vector<LearntRecord> dialogue;       // by title
  std::size_t muted = 0;                    // records left out because this node mutes their authors
};

// Thread-safe. Blocks on disk.
class LearnDesk {
 public:
  // `day_everywhere` gives the day it is where it is earliest on earth (UTC-12), YYYY-MM-DD. All must outlive the desk.
  LearnDesk(RunningNode& node, const catalogue::Catalogue& catalogue, const projection::Views& views,
            const OfferDesk& offers, std::function<std::string()> day_everywhere)
      : node_(node),
        catalogue_(catalogue),
        views_(views),
        offers_(offers),
        day_everywhere_(std::move(day_everywhere)) {}

  // What is filed under the feature or action point `part`, or under the one that the framework ties to it; under any
  // of those that belong to it where it is a part, an area or a commitment, each record once.
  //   NOT_FOUND  there is no such part
  absl::StatusOr<Learnt> About(absl::string_view part, Muting muting = Muting::kLeavesOut) const;

 private:
  struct Part {
    std::string asked, name;
    catalogue::Subjects subjects;
    bool IsAboutIt(const StandingText& text) const;
  };
  absl::StatusOr<Part> PartNamed(absl::string_view part) const;
  absl::Status AddSeries(const replication::Roster& roster, const Part& part, replication::Member member,
                         LearntCity& city) const;

  RunningNode& node_;
  const catalogue::Catalogue& catalogue_;
  const projection::Views& views_;
  const OfferDesk& offers_;
  const std::function<std::string()> day_everywhere_;
};

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_LEARN_DESK_H_
