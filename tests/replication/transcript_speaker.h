// Says a frame in one line, with feeds by name and without what only bytes can tell.
#ifndef HANSA_TESTS_REPLICATION_TRANSCRIPT_SPEAKER_H_
#define HANSA_TESTS_REPLICATION_TRANSCRIPT_SPEAKER_H_

#include <string>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "replication/collections.h"
#include "replication/frames.h"
#include "tests/testing/league.h"

namespace hansa::replication {

class Speaker {
 public:
  explicit Speaker(testing::League& league) : league_(league) {}

  std::string Say(const Frame& frame) {
    return absl::StrCat(FrameName(frame), std::visit([this](const auto& content) { return Detail(content); }, frame));
  }

 private:
  std::string NameOf(const FeedId& feed) {
    const FeedAuthor* author = league_.network().roster().AuthorOf(feed);
    if (author == nullptr) return "an unknown feed";
    const MemberRecord* member = league_.network().roster().state().Find(author->member);
    return absl::StrCat(member == nullptr ? "" : member->slug + "/", CollectionName(author->collection));
  }
  static std::string Place(const RosterPosition& position) {
    return absl::StrCat("roster ", position.root_version, ":", position.len.value());
  }
  // "the root", or its nibbles as hexadecimal digits.
  static std::string PathName(const Bytes& path) {
    std::string digits;
    for (const char nibble : path) absl::StrAppend(&digits, absl::Hex(nibble));
    return digits.empty() ? "the root" : digits;
  }
  std::string Detail(const Hello& hello) {
    const std::string member =
        hello.member == kMemberUnknown ? std::string("unknown") : absl::StrCat(hello.member.value());
    return absl::StrCat(" member ", member, ", ", Place(hello.roster),
                        hello.predicted_root.is_zero() ? ", predicts nothing" : ", predicts a root");
  }
  std::string Detail(const Want& want) { return absl::StrCat(" ", NameOf(want.feed), " from ", want.from.value()); }
  std::string Detail(const WantNack& nack) { return absl::StrCat(" ", NameOf(nack.feed)); }
  std::string Detail(const UnitFrame& frame) {
    const absl::StatusOr<TransferUnit> unit = DecodeUnit(frame.unit);
    if (!unit.ok()) return " that cannot be read";
    return absl::StrCat(" ", NameOf(unit->feed), " ", unit->from.value(), "..", unit->end.len.value());
  }
  std::string Detail(const Have& have) {
    return absl::StrCat(" ", NameOf(have.checkpoint.feed), " through ", have.checkpoint.len.value(),
                        have.unit.empty() ? "" : " with the unit");
  }
  std::string Detail(const Ack& ack) {
    return absl::StrCat(" ", NameOf(ack.feed), " through ", ack.durable_through.value());
  }
  std::string Detail(const Credit& credit) {
    return absl::StrCat(" in all ", credit.live_bytes / 1024, " KiB live, ", credit.bulk_bytes / 1024, " KiB bulk");
  }
  std::string Detail(const FileWant& want) {
    return absl::StrCat(" of ", NameOf(want.feed), " ", want.seq.value(), ", chunk ", want.index);
  }
  std::string Detail(const FileChunk& chunk) {
    return absl::StrCat(" ", chunk.index, chunk.bytes.empty() ? ", not to be had" : "");
  }
  std::string Detail(const ForkWant& want) { return absl::StrCat(" ", NameOf(want.feed)); }
  std::string Detail(const ForkProof& proof) {
    return absl::StrCat(" ", NameOf(proof.a.feed), ", signed through ", proof.a.len.value(), " and, differently, ",
                        proof.b.len.value());
  }
  std::string Detail(const ClaimReply& reply) { return reply.answer == ClaimAnswer::kClone ? " a clone" : ""; }
  std::string Detail(const Ping& ping) { return absl::StrCat(ping.answer ? " answer, " : ", ", Place(ping.roster)); }
  std::string Detail(const Interest& interest) {
    if (interest.everything) return " in everything";
    std::string rows;
    for (const InterestRow& row : interest.rows) {
      absl::StrAppend(&rows, " ", CollectionName(row.collection), ":", row.members.size());
    }
    return rows;
  }
  std::string Detail(const TreeQuery& query) {
    std::vector<std::string> paths;
    for (const Bytes& path : query.paths) paths.push_back(PathName(path));
    return absl::StrCat(query.flat ? " rows under " : " children of ", absl::StrJoin(paths, " "));
  }
  std::string Detail(const TreeReply& reply) {
    std::vector<std::string> paths;
    for (const TreeReply::Node& node : reply.nodes) paths.push_back(PathName(node.path));
    return absl::StrCat(" children of ", absl::StrJoin(paths, " "));
  }
  std::string Detail(const Rows& rows) {
    return absl::StrCat(" ", rows.rows.size(), rows.path.empty() ? "" : " under " + PathName(rows.path),
                        rows.last ? ", the last" : "");
  }
  std::string Detail(const WrongScope& wrong) { return absl::StrCat(", ", Place(wrong.roster)); }
  std::string Detail(const CloseFrame& close) {
    return absl::StrCat(" ", static_cast<int>(close.code), " ", close.detail);
  }
  template <typename Other>
  std::string Detail(const Other&) {
    return "";
  }

  testing::League& league_;
};

}  // namespace hansa::replication

#endif  // HANSA_TESTS_REPLICATION_TRANSCRIPT_SPEAKER_H_
