#include "node/node_folder.h"

#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "node/domain/text.h"
#include "node/membership/json_file.h"
#include "replication/check.h"
#include "storage/files.h"

namespace hansa::node {
namespace {

using membership::JsonReader;
using membership::JsonWriter;
using replication::KeyRole;
using replication::MemberKind;
using storage::FileError;
using storage::OpenFile;

constexpr char kIdentityForm[] = "identity";
constexpr unsigned kOthersBits = 077;

struct Role {
  const char* word;
  MemberKind kind;
  KeyRole key_role;
};
constexpr std::array<Role, 7> kRoles = {{
    {"city", MemberKind::kCity, KeyRole::kNotGiven},
    {"partner", MemberKind::kPartner, KeyRole::kNotGiven},
    {"authority", MemberKind::kAuthority, KeyRole::kNotGiven},
    {"secretariat", MemberKind::kSecretariat, KeyRole::kNotGiven},
    {"expert", MemberKind::kNotGiven, KeyRole::kExpert},
    {"survey-agency", MemberKind::kNotGiven, KeyRole::kSurveyAgency},
    {"authority-officer", MemberKind::kNotGiven, KeyRole::kAuthorityOfficer},
}};

template <typename Fixed>
Fixed RandomBytes() {
  Fixed bytes;
  // Up to 256 bytes come whole once the system has gathered chance at its start.
  HANSA_CHECK(getrandom(bytes.data(), Fixed::kSize, 0) == static_cast<ssize_t>(Fixed::kSize));
  return bytes;
}

std::string FolderOf(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

absl::Status WriteAndSync(OpenFile& file, absl::string_view bytes) {
  HANSA_RETURN_IF_ERROR(file.WriteAt(0, bytes));
  return file.Sync();
}

// read(2) until the end, so that pipes can be read too.
absl::StatusOr<std::string> ReadToEnd(const OpenFile& file, std::uint64_t bytes_max) {
  std::string content;
  std::array<char, 16384> piece;
  while (true) {
    const ssize_t got = ::read(file.fd(), piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 && errno == EISDIR) {
      return absl::InvalidArgumentError(absl::StrCat("cannot read ", file.path(), ": it is a folder; name a file"));
    }
    if (got < 0) return FileError("read", file.path(), errno);
    if (got == 0) return content;
    content.append(piece.data(), static_cast<std::size_t>(got));
    if (content.size() > bytes_max) {
      return absl::InvalidArgumentError(absl::StrCat("cannot read ", file.path(), ": it is longer than ", bytes_max,
                                                     " bytes; is it the right file?"));
    }
  }
}

}  // namespace

NodePaths::NodePaths(std::string data_folder)
    : folder(std::move(data_folder)),
      charter(folder + "/charter.json"),
      identity(folder + "/identity.json"),
      keys(folder + "/keys"),
      writer_key(keys + "/writer.key"),
      tls_key(keys + "/tls.key"),
      roster_key(keys + "/roster.key"),
      database(folder + "/db"),
      high_water(folder + "/high_water"),
      accounts_folder(folder + "/accounts"),
      accounts(accounts_folder + "/accounts.json"),
      sessions(accounts_folder + "/sessions.json"),
      audit(accounts_folder + "/audit.jsonl"),
      run(folder + "/run"),
      socket(run + "/hansa.sock"),
      endpoints(run + "/endpoints.json"),
      logs(folder + "/log") {}

const char* RoleName(MemberKind kind, KeyRole key_role) {
  for (const Role& role : kRoles) {
    if (role.kind == kind && role.key_role == key_role) return role.word;
  }
  return "";
}

absl::Status SetRole(absl::string_view word, Identity& identity) {
  for (const Role& role : kRoles) {
    if (word != role.word) continue;
    identity.kind = role.kind;
    identity.key_role = role.key_role;
    return absl::OkStatus();
  }
  const auto put_word = [](std::string* out, const Role& role) { out->append(role.word); };
  return absl::InvalidArgumentError(
      absl::StrCat("there is no kind ", domain::Quoted(word), "; use one of ", absl::StrJoin(kRoles, ", ", put_word)));
}

absl::StatusOr<replication::Seed> ReadKey(const std::string& path) {
  absl::StatusOr<OpenFile> file = OpenFile::Open(path, O_RDONLY);
  HANSA_RETURN_IF_ERROR(file.status());
  struct stat about;
  if (::fstat(file->fd(), &about) != 0) return FileError("look at", path, errno);
  if ((about.st_mode & kOthersBits) != 0) {
    return absl::FailedPreconditionError(absl::StrCat("others can read the key ", path, "; run: chmod 600 ", path));
  }
  constexpr std::uint64_t kKeyFileBytesMax = 1024;
  const absl::StatusOr<std::string> text = ReadToEnd(*file, kKeyFileBytesMax);
  const std::optional<replication::Seed> seed =
      text.ok() ? replication::Seed::FromHexText(absl::StripSuffix(*text, "\n")) : std::nullopt;
  if (seed) return *seed;
  return absl::DataLossError(
      absl::StrCat(path, " is not a key (64 hex digits and a line end); restore it from a backup"));
}

absl::Status WriteKey(const std::string& path, const replication::Seed& seed) {
  absl::StatusOr<OpenFile> file = OpenFile::Open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
  std::error_code ignored;
  if (!file.ok() && std::filesystem::exists(path, ignored)) {
    return absl::AlreadyExistsError(absl::StrCat("the key ", path, " is there already and is never overwritten"));
  }
  HANSA_RETURN_IF_ERROR(file.status());
  const absl::Status written = WriteAndSync(*file, seed.hex() + "\n");
  if (!written.ok()) {
    ::unlink(path.c_str());
    return written;
  }
  return storage::SyncFolder(FolderOf(path));
}

replication::Seed RandomSeed() { return RandomBytes<replication::Seed>(); }
replication::RecordId RandomRecordId() { return RandomBytes<replication::RecordId>(); }
replication::Salt RandomSalt() { return RandomBytes<replication::Salt>(); }

absl::StatusOr<Identity> ReadIdentity(const std::string& path) {
  const absl::StatusOr<std::string> bytes = ReadFile(path, membership::kFileBytesMax);
  if (bytes.status().code() == absl::StatusCode::kNotFound) {
    return absl::NotFoundError(absl::StrCat("no node was set up in ", FolderOf(path), "; run `hansa init` first"));
  }
  HANSA_RETURN_IF_ERROR(bytes.status());
  absl::StatusOr<JsonReader> json = JsonReader::Parse(kIdentityForm, *bytes);
  HANSA_RETURN_IF_ERROR(json.status());
  Identity identity;
  const std::string role = json->Text("kind");
  identity.slug = json->Text("slug");
  identity.name = json->Text("name");
  identity.country = json->Text("country");
  identity.endpoints = json->Texts("endpoints");
  HANSA_RETURN_IF_ERROR(json->status());
  HANSA_RETURN_IF_ERROR(SetRole(role, identity));
  return identity;
}

absl::Status WriteIdentity(const std::string& path, const Identity& identity) {
  JsonWriter json(kIdentityForm);
  json.Text("kind", RoleName(identity.kind, identity.key_role))
      .Text("slug", identity.slug)
      .Text("name", identity.name)
      .Text("country", identity.country)
      .Texts("endpoints", identity.endpoints);
  return WriteFileAtomically(path, json.text(), 0600);
}

absl::StatusOr<std::string> ReadFile(const std::string& path, std::uint64_t bytes_max) {
  absl::StatusOr<OpenFile> file = OpenFile::Open(path, O_RDONLY);
  HANSA_RETURN_IF_ERROR(file.status());
  return ReadToEnd(*file, bytes_max);
}

absl::Status WriteFileAtomically(const std::string& path, const std::string& bytes, int mode) {
  const std::string aside = absl::StrCat(path, ".", RandomRecordId().hex().substr(0, 8), ".new");
  absl::StatusOr<OpenFile> file = OpenFile::Open(aside, O_WRONLY | O_CREAT | O_EXCL, 0600);
  if (absl::IsNotFound(file.status())) {
    return absl::NotFoundError(absl::StrCat("cannot write ", path, ": its folder is not there; make it first"));
  }
  HANSA_RETURN_IF_ERROR(file.status());
  absl::Status done = WriteAndSync(*file, bytes);
  if (done.ok() && ::fchmod(file->fd(), static_cast<mode_t>(mode)) != 0) {
    done = FileError("set the mode of", aside, errno);
  }
  if (done.ok() && std::rename(aside.c_str(), path.c_str()) != 0) {
    done = FileError("put in place", path, errno);
  }
  if (!done.ok()) {
    ::unlink(aside.c_str());
    return done;
  }
  return storage::SyncFolder(FolderOf(path));
}

}  // namespace hansa::node
