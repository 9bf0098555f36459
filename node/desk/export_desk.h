// What the network has published as a file, piece by piece, so that millions of rows need no more room than a piece.
// Cities stand by slug, each with its years, and nothing is put in the order of a value.
#ifndef HANSA_NODE_DESK_EXPORT_DESK_H_
#define HANSA_NODE_DESK_EXPORT_DESK_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "node/catalogue/catalogue.h"
#include "node/exports/export_row.h"
#include "node/projection/views.h"
#include "node/running_node.h"

namespace hansa::node::exports {
class ExportWriter;
}

namespace hansa::node::desk {

struct ExportRequest {
  std::string format;         // csv, sdmx-csv, sdmx-ml, jsonl or xlsx
  std::optional<int> year;    // absent: every year
  std::string member = {};    // slug; empty: every member
  std::string part = {};      // a feature, row or cell, or the beginning of one; empty: everything
  std::string language = {};  // of titles in a workbook, BCP 47
};
struct ExportPiece {
  std::string bytes;
  std::string next;        // what to ask for next; empty: this was the last piece
  std::uint64_t rows = 0;  // in this piece
};
// What belongs beside an export: how to read it.
struct ExportCompanion {
  std::string file;   // its name beside a file of the name asked for
  std::string bytes;  // empty: this format needs none
};

// Thread-safe. Calls block on disk. Cities that are members now are in it, and those set aside or ended are not. What
// is published while an export is under way may be in it or not, whole sets at a time.
class ExportDesk {
 public:
  // All must outlive the desk. `now` may be called from any thread.
  ExportDesk(RunningNode& node, const catalogue::Catalogue& catalogue, const projection::Views& views,
             std::function<absl::Time()> now)
      : node_(node), catalogue_(catalogue), views_(views), now_(std::move(now)) {}

  // The piece that begins after `after`: what the piece before named as next; empty for the first.
  //   INVALID_ARGUMENT  no such format, a year out of 1900 to 2200, or a workbook of too many rows
  //   NOT_FOUND         no such member, or no such part of the framework
  absl::StatusOr<ExportPiece> Piece(const ExportRequest& request, const std::string& after) const;

  // The CSV's metadata, or the structures of SDMX, for a file that is called `file`.
  absl::StatusOr<ExportCompanion> Companion(const ExportRequest& request, const std::string& file) const;

  // What a file of this export is called: hansa_gb-bristol_2023_r2.csv, hansa_network_2015-2024.csv.
  //   NOT_FOUND  nothing is published of it
  absl::StatusOr<std::string> FileName(const ExportRequest& request) const;

 private:
  // What one member has published, as it stands in the file.
  struct Written {
    std::string bytes;
    std::uint64_t rows = 0;
  };

  absl::Status Check(const ExportRequest& request, const NodeView& view) const;
  // Of one member.
  absl::StatusOr<Written> WriteOne(const replication::Roster& roster, const replication::MemberRecord& member,
                                   const ExportRequest& request, const exports::ExportWriter& writer) const;
  // In the order of `members`; a few of them at the same time.
  absl::StatusOr<std::vector<Written>> WriteOut(const replication::Roster& roster,
                                                const std::vector<const replication::MemberRecord*>& members,
                                                const ExportRequest& request,
                                                const exports::ExportWriter& writer) const;
  // Calls `take` with each row of a member, in order; the row is another one afterwards.
  absl::Status ForEachRowOf(const replication::Roster& roster, const replication::MemberRecord& member,
                            const ExportRequest& request,
                            absl::FunctionRef<void(const exports::ExportRow&)> take) const;
  // Whose slugs come after `after`, in any order.
  std::vector<const replication::MemberRecord*> MembersOf(const replication::Roster& roster,
                                                          const ExportRequest& request,
                                                          absl::string_view after = "") const;

  RunningNode& node_;
  const catalogue::Catalogue& catalogue_;
  const projection::Views& views_;
  const std::function<absl::Time()> now_;
};

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_EXPORT_DESK_H_
