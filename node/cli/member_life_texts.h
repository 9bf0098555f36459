// What became of members, and of what they published, as people and scripts read it.
#ifndef HANSA_NODE_CLI_MEMBER_LIFE_TEXTS_H_
#define HANSA_NODE_CLI_MEMBER_LIFE_TEXTS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "node/cli/table.h"

namespace hansa::v1 {
class EraseRecordReply;
class ListRecoveriesReply;
class RosterChangeReply;
}  // namespace hansa::v1

namespace hansa::node::cli {

std::string TextOf(const v1::RosterChangeReply& change, const Layout& layout);
std::string JsonOf(const v1::RosterChangeReply& change);

std::string TextOf(const v1::ListRecoveriesReply& recoveries, const Layout& layout);
std::string JsonOf(const v1::ListRecoveriesReply& recoveries);

// A request that was written for the secretariat.
struct WrittenRequest {
  std::string form;  // recovery, seal-request
  std::string path;
  std::string slug;
  std::uint32_t member = 0;
  std::uint32_t incarnation = 0;       // the one to begin; of a request for ends, the present one
  std::string writer_key;              // hex; of that incarnation
  bool was_there = false;              // the same was written before
  std::vector<std::string> ends = {};  // in words, one for each older incarnation; of a request for ends
};
std::string JsonOf(const WrittenRequest& request);

// The keys of a data folder.
struct KeyReport {
  struct Tls {
    std::string key;  // hex
    std::string pin;
  };
  std::string slug;
  std::string writer_key;                   // hex; empty: it is gone
  std::optional<Tls> tls = {};              // nullopt for a key file
  std::string roster_key = {};              // hex, on the hub
  std::uint32_t member = 0;                 // 0: not known here
  std::uint32_t incarnation = 0;            // the present one by the roster; 0: not known here
  std::optional<bool> is_present_key = {};  // the writer key is that of the roster; nullopt: not known here
  bool was_asked_for = false;               // it waits for the secretariat, or has been reinstated
};
std::string TextOf(const KeyReport& keys, const Layout& layout);
std::string JsonOf(const KeyReport& keys);

std::string TextOf(const v1::EraseRecordReply& erased, const Layout& layout);
std::string JsonOf(const v1::EraseRecordReply& erased);
// Proposals that were written, one for each entry.
std::string JsonOf(const v1::EraseRecordReply& proposed, const std::vector<std::string>& paths);

// {"collection","length","head","fence"}
struct ConfirmedEnd {
  std::string collection;
  std::uint64_t length = 0;
  std::string head;
  std::string fence;
};
std::string JsonOf(const ConfirmedEnd& end);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_MEMBER_LIFE_TEXTS_H_
