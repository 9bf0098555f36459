#include "tests/simulation/library.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "tests/simulation/bad_member.h"
#include "tests/simulation/world.h"

namespace hansa::simulation {

using replication::Bytes;
using replication::FeedId;
using replication::Hash;
using replication::kChunkBytes;
using replication::Sequence;
using replication::WantedFile;

namespace {

constexpr std::size_t kFilesMax = 12;  // in one world: they are large
constexpr std::size_t kSmallMax = 4096;
constexpr Instant kLookEvery = 2 * kSecond;

}  // namespace

void Library::Begin() {
  if (world_.plan.Has(Fault::kFiles)) world_.timeline.In(kLookEvery, [this] { Look(); });
}

void Library::Attach(Node& author, Bytes& payload) {
  if (!world_.plan.Has(Fault::kFiles) || files_.size() >= kFilesMax || !chance_.OneIn(3)) return;
  const replication::Crypto& crypto = world_.mint.crypto();
  const std::size_t size = chance_.OneIn(3) ? 1 + chance_.Below(3 * kChunkBytes) : 1 + chance_.Below(kSmallMax);
  File file;
  file.wanted.salt = chance_.Bytes<Hash>().str();
  file.wanted.size = size;
  for (std::uint32_t index = 0; index * kChunkBytes < size; ++index) {
    const std::size_t length = std::min(kChunkBytes, size - index * kChunkBytes);
    Bytes chunk(length, static_cast<char>('A' + chance_.Below(26)));
    const Bytes mark = chance_.Bytes<Hash>().str();
    chunk.replace(0, std::min(mark.size(), length), mark, 0, std::min(mark.size(), length));
    file.wanted.chunks.push_back(ChunkHash(crypto, file.wanted.salt, index, chunk));
    file.chunks.push_back(std::make_shared<const Bytes>(std::move(chunk)));
  }
  file.wanted.file = crypto.Sha256(file.wanted.salt);
  for (std::uint32_t index = 0; index < file.chunks.size(); ++index) {
    author.disk().contents.chunks[{file.wanted.file, index}] = file.chunks[index];
  }
  payload += file.wanted.file.str();
  world_.log.Line(author.name(), " gives a record a file of ", size, " bytes");
  files_.emplace(file.wanted.file, std::move(file));
}

const Library::File* Library::FileOf(const replication::Entry& entry) const {
  if (!entry.payload || entry.payload->payload.size() < Hash::kSize) return nullptr;
  const Bytes& payload = entry.payload->payload;
  const auto found = files_.find(*Hash::From(replication::BytesView(payload).substr(payload.size() - Hash::kSize)));
  return found == files_.end() ? nullptr : &found->second;
}

bool Library::IsTrue(const replication::WriteChunk& chunk) const {
  const auto found = files_.find(chunk.file);
  return found != files_.end() && chunk.index < found->second.chunks.size() &&
         *found->second.chunks[chunk.index] == chunk.bytes;
}

bool Library::IsWholeAt(const Node& node, const File& file) {
  for (std::uint32_t index = 0; index < file.chunks.size(); ++index) {
    if (!node.disk().contents.chunks.contains({file.wanted.file, index})) return false;
  }
  return true;
}

void Library::Look() {
  if (world_.is_over()) return;
  for (const std::unique_ptr<Node>& node : world_.nodes()) LookAt(*node);
  world_.timeline.In(kLookEvery, [this] { Look(); });
}

void Library::LookAt(Node& node) {
  std::vector<WantedFile> wanted;
  for (const auto& [id, feed] : node.disk().contents.feeds) {
    for (std::uint64_t at = 0; at < feed.len(); ++at) {
      const File* file = FileOf(*feed.entries[at]);
      if (file == nullptr || IsWholeAt(node, *file)) continue;
      WantedFile& want = wanted.emplace_back(file->wanted);
      want.feed = id;
      want.seq = Sequence(at + 1);
      for (std::uint32_t index = 0; index < file->chunks.size(); ++index) {
        if (node.disk().contents.chunks.contains({want.file, index})) want.held.insert(index);
      }
    }
  }
  for (WantedFile& want : wanted) node.Step(replication::FileWanted{std::move(want)});
}

bool Library::MayGive(const Node& node, const FeedId& feed, std::uint64_t at, const Hash& entry) const {
  const FeedOnDisk* held = node.disk().contents.Find(feed);
  if (held == nullptr || held->len() <= at || held->hashes[at] != entry || !held->entries[at]->payload) return false;
  const std::vector<FeedId> forked = node.replica().Forked();
  return std::find(forked.begin(), forked.end(), feed) == forked.end() &&
         !world_.oracle().IsExcusedAbsent(node, feed, Sequence(at + 1));
}

std::optional<std::string> Library::Missing(const Node& node, const std::vector<Node*>& honest) const {
  for (const auto& [id, feed] : node.disk().contents.feeds) {
    for (std::uint64_t at = 0; at < feed.len(); ++at) {
      const File* file = FileOf(*feed.entries[at]);
      if (file == nullptr || IsWholeAt(node, *file) || !MayGive(node, id, at, feed.hashes[at])) continue;
      for (const Node* other : honest) {
        if (other == &node || !IsWholeAt(*other, *file) || !MayGive(*other, id, at, feed.hashes[at])) continue;
        return absl::StrCat("the file of ", world_.oracle().NameOf(id), " ", at + 1, " is missing at ", node.name(),
                            " and whole at ", other->name());
      }
    }
  }
  return std::nullopt;
}

}  // namespace hansa::simulation
