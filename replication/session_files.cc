// Files: asking for the chunks that lack, one file after the other in the order wanted, and giving chunks to who asks;
// always after feeds. A peer that has not got a file is asked for it again in the next round over all that are wanted,
// and rounds that bring nothing become rare; nobody is asked in a loop.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "replication/session.h"
#include "replication/session_times.h"

namespace hansa::replication {
namespace {
constexpr std::size_t kFilesAskedMax = 8;  // of the peer's FileWants, waiting to be served
}  // namespace

bool Session::TalksFiles() const {
  return phase_ == Phase::kLive && hello_ &&
         std::find(hello_->features.begin(), hello_->features.end(), kFilesFeature) != hello_->features.end();
}

// Whether an entry's payload is here and may be seen by the peer: what belongs to it follows it.
bool Session::MayShareFileOf(const FeedId& feed, Sequence seq) const {
  return MayShare(feed) && !state_.IsAtRest(feed) && seq.value() != 0 && seq <= state_.feeds.Of(feed).durable.len &&
         state_.feeds.AbsentAt(feed, seq) == nullptr && !state_.IsHidden(feed, seq);
}

bool Session::HoldsEntry(const FeedId& feed, Sequence seq) const {
  if (compared_equal_) return true;
  const auto held = holds_.find(feed);
  return held != holds_.end() && seq <= held->second;
}

bool Session::MayAskForFiles() const {
  return !state_.files.empty() && TalksFiles() && state_.has_room && !state_.disk_refuses;
}

bool Session::HasRoomForChunks() const { return state_.files.MayAsk() && state_.pending_bytes <= kPendingBytesMax; }

bool Session::MayGet(const WantedFile& file) const {
  return HoldsEntry(file.feed, file.seq) && MayShareFileOf(file.feed, file.seq);
}

// False: everything that lacks of it is asked for already, or on its way to the disk.
bool Session::AskFor(const WantedFile& file) {
  const std::optional<std::uint32_t> index = state_.files.NextChunk(file.file);
  if (!index) return false;
  state_.files.Asked(file.file, *index, id_);
  chunks_in_flight_[{file.file, *index}] = now_ + kChunkWithin;
  Say(FileWant{file.feed, file.seq, file.file, *index});
  return true;
}

// What others were asked for when this round came to it may not have been to be had there.
bool Session::AskForSkipped() {
  for (auto next = files_skipped_.begin(); next != files_skipped_.end();) {
    const WantedFile* file = state_.files.Find(*next);
    if (file == nullptr || !MayGet(*file)) {
      next = files_skipped_.erase(next);
      continue;
    }
    if (AskFor(*file)) return true;
    ++next;
  }
  return false;
}

void Session::PumpFiles() {
  if (!MayAskForFiles() || now_ < files_rest_until_) return;
  while (chunks_in_flight_.size() < kChunksInFlightMax && HasRoomForChunks()) {
    if (AskForSkipped()) continue;
    const FileTable::Place next = state_.files.After(files_passed_);
    if (next.file == nullptr) {
      if (!BeginFilesRound()) return;
      continue;
    }
    const bool may_get = MayGet(*next.file);
    if (may_get && AskFor(*next.file)) continue;
    if (may_get && files_skipped_.size() < kChunksInFlightAllMax) files_skipped_.insert(next.file->file);
    files_passed_ = next.order;
  }
}

// At the end of one round over all that are wanted. False: not yet.
bool Session::BeginFilesRound() {
  if (now_ < files_round_at_) return false;
  files_passed_ = 0;
  files_skipped_.clear();
  files_round_at_ = now_ + files_pause_;
  files_pause_ = std::min(files_pause_ * 2, kFilesAgainMost);
  return true;
}

void Session::OnFilesMoved() {
  files_pause_ = kFilesAgainFirst;
  files_round_at_ = std::min(files_round_at_, now_ + files_pause_);
  PumpFiles();
}

absl::Time Session::FilesDeadline() const {
  absl::Time next = absl::InfiniteFuture();
  for (const auto& [chunk, deadline] : chunks_in_flight_) next = std::min(next, deadline);
  if (!MayAskForFiles() || chunks_in_flight_.size() >= kChunksInFlightMax) return next;
  // When others fetch as much as this node can take, or are asked in vain, nobody says so.
  const bool may_soon = !HasRoomForChunks() || !files_skipped_.empty();
  const absl::Time again = may_soon ? now_ + kFilesAgainFirst : files_round_at_;
  return std::min(next, std::max(again, files_rest_until_));
}

// A peer gives files after feeds: as long as it gives anything, its chunks are not late.
void Session::NoteBulkCame() {
  for (auto& [chunk, deadline] : chunks_in_flight_) deadline = now_ + kChunkWithin;
}

void Session::DropLateChunks() {
  bool any_late = false;
  for (const auto& [chunk, deadline] : chunks_in_flight_) any_late = any_late || now_ >= deadline;
  if (!any_late) return;
  last_error_ = "did not give a chunk of a file that it was asked for";
  RestFromFiles();
}

// What it was asked for is asked of others.
void Session::RestFromFiles() {
  for (const auto& [chunk, deadline] : chunks_in_flight_) state_.files.Unasked(chunk.first, chunk.second, id_);
  chunks_in_flight_.clear();
  files_rest_until_ = now_ + kFilesRest;
  state_.files_moved = true;
}

void Session::On(const FileChunk& chunk) {
  const std::optional<FrameCost> cost = CostOf(chunk);
  chunks_in_flight_.erase({chunk.file, chunk.index});
  const WantedFile* wanted = state_.files.Find(chunk.file);
  const bool may_take = wanted != nullptr && MayShareFileOf(wanted->feed, wanted->seq);
  FileTable::Verdict verdict = FileTable::Verdict::kNotLacking;
  if (cost && may_take) verdict = state_.files.Take(state_.crypto, chunk, {id_, *cost}, effects_);
  const bool was_asked = state_.files.Unasked(chunk.file, chunk.index, id_);
  if (cost && verdict != FileTable::Verdict::kTaken) Dispose(*cost);
  if (verdict == FileTable::Verdict::kTaken) {
    files_pause_ = kFilesAgainFirst;
  } else if (verdict == FileTable::Verdict::kWrong) {
    ++refusals_[Refusal::kBadPayload];
    last_error_ = "refused what it sent: a chunk of a file that is not what the file's entry names";
    RestFromFiles();
  } else if (was_asked) {
    // It has not got it: the next file.
    files_passed_ = std::max(files_passed_, state_.files.PlaceOf(chunk.file));
    files_skipped_.erase(chunk.file);
  }
  PumpFiles();
}

void Session::On(const FileWant& want) {
  const bool may_ask = MayShareFileOf(want.feed, want.seq) && want.index < kChunksMax;
  if (!may_ask || asked_files_.size() >= kFilesAskedMax) return Say(FileChunk{want.file, want.index, Bytes()});
  asked_files_.push_back(want);
  Serve();
}

bool Session::ServeFile() {
  if (asked_files_.empty()) return false;
  const FileWant want = asked_files_.front();
  asked_files_.pop_front();
  ++reads_open_;
  reading_files_.push_back(want);
  effects_.push_back(ReadChunk{id_, want.feed, want.seq, want.file, want.index});
  return true;
}

void Session::OnChunkReady(const ChunkRead& read) {
  if (reads_open_ > 0) --reads_open_;
  FileChunk chunk{read.file, read.index, Bytes()};
  const auto asked = std::find_if(reading_files_.begin(), reading_files_.end(), [&](const FileWant& want) {
    return want.file == read.file && want.index == read.index;
  });
  if (asked != reading_files_.end()) {
    // The entry may have been hidden or cut meanwhile.
    if (MayShareFileOf(asked->feed, asked->seq)) chunk.bytes = read.bytes;
    reading_files_.erase(asked);
  }
  if (!chunk.bytes.empty()) return SendBulk(std::move(chunk));
  Say(std::move(chunk));
  Serve();
}

}  // namespace hansa::replication
