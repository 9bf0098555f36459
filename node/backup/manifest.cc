#include "node/backup/manifest.h"

#include <limits>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "node/membership/json_file.h"
#include "replication/check.h"

namespace hansa::node::backup {
namespace {

using membership::JsonReader;
using membership::JsonWriter;

constexpr char kForm[] = "backup";
// A newer one is refused.
constexpr std::uint64_t kVersion = 1;
constexpr std::uint64_t kAny = std::numeric_limits<std::int64_t>::max();

// A file of the node's, one of its keys, or its accounts: never a way out of the folder.
bool IsName(absl::string_view name) {
  if (name == "accounts/accounts.json") return true;
  absl::string_view file = name;
  absl::ConsumePrefix(&file, "keys/");
  return !file.empty() && file != "." && file != ".." && !absl::StrContains(file, '/') &&
         !absl::StrContains(file, '\0');
}

}  // namespace

std::string EncodeManifest(const Manifest& manifest) {
  std::vector<JsonWriter> files;
  for (const FileSum& file : manifest.files) {
    files.push_back(JsonWriter().Text("name", file.name).Hex("sha256", file.sum.view()));
  }
  JsonWriter json(kForm);
  json.Number("version", kVersion)
      .Hex("network", manifest.network.view())
      .Text("member", manifest.member)
      .Hex("database", manifest.database.view())
      .Number("copy", manifest.copy)
      .Number("made_ms", manifest.made_ms)
      .Number("feeds", manifest.feeds)
      .Number("entries", manifest.entries)
      .Hex("contents", manifest.contents.view())
      .Objects("files", files);
  return json.text();
}

absl::StatusOr<Manifest> DecodeManifest(absl::string_view bytes) {
  const absl::StatusOr<JsonReader> json = JsonReader::Parse(kForm, bytes);
  HANSA_RETURN_IF_ERROR(json.status());
  const std::uint64_t version = json->Number("version", kAny);
  if (version > kVersion) {
    return absl::FailedPreconditionError(
        absl::StrCat("the backup was made by a newer Hansa (version ", version, "); restore it with that version"));
  }
  Manifest manifest;
  manifest.network = json->Hex<replication::NetworkId>("network");
  manifest.member = json->Text("member");
  manifest.database = json->Hex<storage::DatabaseId>("database");
  manifest.copy = static_cast<std::uint32_t>(json->Number("copy", std::numeric_limits<std::uint32_t>::max()));
  manifest.made_ms = json->Number("made_ms", kAny);
  manifest.feeds = json->Number("feeds", kAny);
  manifest.entries = json->Number("entries", kAny);
  manifest.contents = json->Hex<replication::Hash>("contents");
  for (const JsonReader& file : json->Objects("files")) {
    manifest.files.push_back({file.Text("name"), file.Hex<replication::Hash>("sha256")});
    if (!IsName(manifest.files.back().name)) {
      return absl::InvalidArgumentError("this is no manifest of a backup: it names a file that no node has");
    }
  }
  HANSA_RETURN_IF_ERROR(json->status());
  return manifest;
}

}  // namespace hansa::node::backup
