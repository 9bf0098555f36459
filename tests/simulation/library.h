// Files that belong to some of the records: what each truly is, who wants it, and whether it has come.
#ifndef HANSA_TESTS_SIMULATION_LIBRARY_H_
#define HANSA_TESTS_SIMULATION_LIBRARY_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "replication/files.h"
#include "tests/simulation/node.h"

namespace hansa::simulation {

class World;

// Not thread-safe.
class Library {
 public:
  Library(World& world, Chance chance) : world_(world), chance_(chance) {}

  // From now on every node wants the files of what it holds.
  void Begin();
  // Perhaps gives a record a file: its hash ends the payload, its chunks are on the author's disk.
  void Attach(Node& author, replication::Bytes& payload);
  // Whether this is what the file holds there.
  bool IsTrue(const replication::WriteChunk& chunk) const;
  // A file that `node` should have whole and has not, although one of `honest` has it and may give it; nullopt if none.
  std::optional<std::string> Missing(const Node& node, const std::vector<Node*>& honest) const;

 private:
  struct File {
    replication::WantedFile wanted;  // of no entry
    std::vector<std::shared_ptr<const replication::Bytes>> chunks;
  };
  const File* FileOf(const replication::Entry& entry) const;
  static bool IsWholeAt(const Node& node, const File& file);
  bool MayGive(const Node& node, const replication::FeedId& feed, std::uint64_t at,
               const replication::Hash& entry) const;
  void Look();
  void LookAt(Node& node);

  World& world_;
  Chance chance_;
  std::map<replication::Hash, File> files_;
};

}  // namespace hansa::simulation

#endif  // HANSA_TESTS_SIMULATION_LIBRARY_H_
