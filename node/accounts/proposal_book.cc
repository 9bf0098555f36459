#include "node/accounts/proposal_book.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <system_error>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "node/accounts/secret_token.h"
#include "node/domain/text.h"
#include "node/membership/init_node.h"
#include "replication/check.h"
#include "storage/files.h"

namespace hansa::node::accounts {
namespace {

using Json = nlohmann::ordered_json;

// The line before the request.
constexpr std::size_t kHeadBytesMax = 4096;
constexpr std::uint64_t kMiB = 1024ULL * 1024ULL;
constexpr char kTried[] = ".tried";

absl::Status WaitsNoMore() {
  return absl::NotFoundError("this waits no more: somebody agreed to it, declined it or took it back");
}
absl::Status IsBeingDone() {
  return absl::AbortedError("somebody else has agreed to this, and it is being published at this moment");
}

// 16 hex digits, in lower case: a name that RandomStamp gives.
bool IsId(absl::string_view name) {
  constexpr std::size_t kDigits = 16;
  return name.size() == kDigits && std::all_of(name.begin(), name.end(), [](char c) {
           return absl::ascii_isdigit(static_cast<unsigned char>(c)) || (c >= 'a' && c <= 'f');
         });
}

// As a file of ours is named until it is whole.
bool IsHalfWritten(absl::string_view name) {
  return absl::EndsWith(name, ".new") && IsId(name.substr(0, name.find('.')));
}

// A file that is not there is removed.
absl::Status RemoveFile(const std::string& path) {
  if (::unlink(path.c_str()) == 0 || errno == ENOENT) return absl::OkStatus();
  return storage::FileError("remove", path, errno);
}

std::string HeadOf(const Proposal& proposal) {
  const Json head = {{"method", proposal.method},
                     {"by", proposal.by},
                     {"at_ms", proposal.at_ms},
                     {"bytes", proposal.bytes},
                     {"hash", proposal.hash}};
  return absl::StrCat(head.dump(-1, ' ', false, Json::error_handler_t::replace), "\n");
}

// nullopt: it does not begin as a file of ours.
std::optional<Proposal> ProposalIn(const std::string& id, const std::string& file) {
  const std::size_t end = file.find('\n');
  if (end == std::string::npos || end > kHeadBytesMax) return std::nullopt;
  const Json head = Json::parse(file.substr(0, end), nullptr, /*allow_exceptions=*/false);
  const auto is = [&head](const char* name, Json::value_t type) {
    return head.is_object() && head.contains(name) && head[name].type() == type;
  };
  const bool is_whole = is("method", Json::value_t::string) && is("by", Json::value_t::string) &&
                        is("at_ms", Json::value_t::number_unsigned) && is("bytes", Json::value_t::number_unsigned) &&
                        is("hash", Json::value_t::string);
  if (!is_whole || head["bytes"].get<std::uint64_t>() != file.size() - end - 1) return std::nullopt;
  return Proposal{.id = id,
                  .method = head["method"].get<std::string>(),
                  .by = head["by"].get<std::string>(),
                  .at_ms = head["at_ms"].get<std::uint64_t>(),
                  .bytes = head["bytes"].get<std::uint64_t>(),
                  .hash = head["hash"].get<std::string>()};
}

}  // namespace

ProposalBook::ProposalBook(Options options)
    : options_(std::move(options)), own_folder_(NodePaths(options_.folder).accounts_folder + "/proposals") {
  Read();
}

std::string ProposalBook::PathOf(absl::string_view id) const { return absl::StrCat(own_folder_, "/", id); }

std::string ProposalBook::TriedPathOf(absl::string_view id) const { return absl::StrCat(PathOf(id), kTried); }

void ProposalBook::Read() {
  absl::MutexLock lock(&mutex_);
  std::vector<std::string> names;
  std::error_code error;
  for (std::filesystem::directory_iterator at(own_folder_, error), end; !error && at != end; at.increment(error)) {
    names.push_back(at->path().filename().string());
  }
  std::vector<std::string> tried;
  for (const std::string& name : names) {
    absl::string_view id = name;
    if (absl::ConsumeSuffix(&id, kTried) && IsId(id)) tried.emplace_back(id);
    // What stays behind in spite of that is looked at again at the next start.
    if (IsHalfWritten(name)) RemoveFile(PathOf(name)).IgnoreError();
    if (!IsId(name)) continue;
    const absl::StatusOr<std::string> file = ReadFile(PathOf(name), kProposalBytesMax);
    if (!file.ok()) continue;
    std::optional<Proposal> proposal = ProposalIn(name, *file);
    if (proposal) waiting_.insert_or_assign(name, Waiting{*std::move(proposal)});
  }
  for (const std::string& id : tried) {
    const auto found = waiting_.find(id);
    if (found != waiting_.end()) found->second.proposal.was_tried = true;
  }
}

absl::Status ProposalBook::CheckRoom(std::uint64_t bytes, const std::string& by) const {
  std::size_t of_one = 0;
  std::uint64_t bytes_of_one = bytes + kHeadBytesMax;
  std::uint64_t bytes_of_all = bytes + kHeadBytesMax;
  for (const auto& [id, waiting] : waiting_) {
    const std::uint64_t each = waiting.proposal.bytes + kHeadBytesMax;
    bytes_of_all += each;
    if (!domain::SameName(waiting.proposal.by, by)) continue;
    ++of_one;
    bytes_of_one += each;
  }
  if (of_one >= kProposalsOfOneMax) {
    return absl::ResourceExhaustedError(absl::StrCat(
        "you have put forward ", kProposalsOfOneMax,
        " things that wait for a second person, as many as one account may; have somebody agree or decline first, or "
        "take something back"));
  }
  if (bytes_of_one > kProposalBytesOfOneMax) {
    return absl::ResourceExhaustedError(
        absl::StrCat("what you have waiting for a second person would be more than the ", kProposalBytesOfOneMax / kMiB,
                     " MiB of one account; have somebody agree or decline first, or take something back"));
  }
  if (waiting_.size() >= kProposalsMax) {
    return absl::ResourceExhaustedError(
        absl::StrCat(kProposalsMax,
                     " things of all accounts wait for a second person, as many as may; have somebody agree to some or "
                     "decline them first"));
  }
  if (bytes_of_all > kProposalBytesMax) {
    return absl::ResourceExhaustedError(
        absl::StrCat("what waits of all accounts for a second person would be more than ", kProposalBytesMax / kMiB,
                     " MiB; have somebody agree to some or decline it first"));
  }
  return absl::OkStatus();
}

// The mark goes last: what is left between stays known as tried.
absl::Status ProposalBook::RemoveFiles(absl::string_view id) const {
  HANSA_RETURN_IF_ERROR(RemoveFile(PathOf(id)));
  HANSA_RETURN_IF_ERROR(storage::SyncFolder(own_folder_));
  return RemoveFile(TriedPathOf(id));
}

absl::StatusOr<Proposal> ProposalBook::Add(const std::string& method, absl::string_view request,
                                           const std::string& by) {
  const Proposal proposal{
      .id = RandomStamp(),
      .method = method,
      .by = by,
      .at_ms = static_cast<std::uint64_t>(std::max<std::int64_t>(0, absl::ToUnixMillis(options_.now()))),
      .bytes = request.size(),
      .hash = HashOf(request)};
  absl::MutexLock lock(&mutex_);
  HANSA_RETURN_IF_ERROR(CheckRoom(request.size(), by));
  HANSA_RETURN_IF_ERROR(membership::MakePrivateFolder(options_.folder));
  HANSA_RETURN_IF_ERROR(membership::MakePrivateFolder(NodePaths(options_.folder).accounts_folder));
  HANSA_RETURN_IF_ERROR(membership::MakePrivateFolder(own_folder_));
  const absl::Status written = WriteFileAtomically(PathOf(proposal.id), absl::StrCat(HeadOf(proposal), request), 0600);
  if (!written.ok()) {
    // It may be there under its name and not be safe there. Who put it forward is told that it was not.
    RemoveFile(PathOf(proposal.id)).IgnoreError();
    return written;
  }
  waiting_.insert_or_assign(proposal.id, Waiting{proposal});
  return proposal;
}

std::vector<Proposal> ProposalBook::List() const {
  std::vector<Proposal> all;
  {
    absl::MutexLock lock(&mutex_);
    for (const auto& [id, waiting] : waiting_) all.push_back(waiting.proposal);
  }
  std::stable_sort(all.begin(), all.end(), [](const Proposal& a, const Proposal& b) { return a.at_ms < b.at_ms; });
  return all;
}

absl::StatusOr<Proposal> ProposalBook::Find(absl::string_view id) const {
  absl::MutexLock lock(&mutex_);
  const auto found = waiting_.find(id);
  if (found == waiting_.end()) return WaitsNoMore();
  return found->second.proposal;
}

absl::StatusOr<std::string> ProposalBook::RequestOf(const Proposal& proposal) const {
  const absl::StatusOr<std::string> file = ReadFile(PathOf(proposal.id), kProposalBytesMax);
  HANSA_RETURN_IF_ERROR(file.status());
  // What another read in it, and agrees to, is what was put forward.
  std::optional<Proposal> there = ProposalIn(proposal.id, *file);
  if (there) there->was_tried = proposal.was_tried;  // stands beside it
  const bool is_same = there == proposal;
  std::string request = is_same ? file->substr(file->find('\n') + 1) : "";
  if (is_same && HashOf(request) == proposal.hash) return request;
  return absl::DataLossError("what was put forward was altered on the disk; decline it, and have it put forward anew");
}

absl::StatusOr<std::string> ProposalBook::Request(absl::string_view id) const {
  const absl::StatusOr<Proposal> proposal = Find(id);
  HANSA_RETURN_IF_ERROR(proposal.status());
  return RequestOf(*proposal);
}

absl::StatusOr<std::string> ProposalBook::Begin(absl::string_view id, const std::string& by) {
  Proposal proposal;
  {
    absl::MutexLock lock(&mutex_);
    const auto found = waiting_.find(id);
    if (found == waiting_.end()) return WaitsNoMore();
    if (domain::SameName(found->second.proposal.by, by)) {
      return absl::PermissionDeniedError("you put this forward yourself; somebody else has to agree to it");
    }
    if (found->second.is_being_done) return IsBeingDone();
    found->second.is_being_done = true;  // nobody takes it out meanwhile
    proposal = found->second.proposal;
  }
  absl::StatusOr<std::string> request = RequestOf(proposal);
  if (request.ok()) {
    const absl::Status marked = WriteFileAtomically(TriedPathOf(id), "", 0600);
    if (marked.ok()) return request;
    if (!proposal.was_tried) RemoveFile(TriedPathOf(id)).IgnoreError();
    request = marked;
  }
  absl::MutexLock lock(&mutex_);
  waiting_.find(id)->second.is_being_done = false;
  return request;
}

absl::Status ProposalBook::End(absl::string_view id, Outcome outcome) {
  absl::MutexLock lock(&mutex_);
  const auto found = waiting_.find(id);
  HANSA_CHECK(found != waiting_.end());
  Waiting& waiting = found->second;
  waiting.is_being_done = false;
  if (outcome == Outcome::kUnknown) waiting.proposal.was_tried = true;
  if (outcome == Outcome::kDone) {
    waiting_.erase(found);
    return RemoveFiles(id);
  }
  // Of an earlier time it is still not known.
  return waiting.proposal.was_tried ? absl::OkStatus() : RemoveFile(TriedPathOf(id));
}

absl::StatusOr<Proposal> ProposalBook::Remove(absl::string_view id) {
  absl::MutexLock lock(&mutex_);
  const auto found = waiting_.find(id);
  if (found == waiting_.end()) return WaitsNoMore();
  if (found->second.is_being_done) return IsBeingDone();
  Proposal removed = found->second.proposal;
  waiting_.erase(found);
  HANSA_RETURN_IF_ERROR(RemoveFiles(removed.id));
  return removed;
}

}  // namespace hansa::node::accounts
