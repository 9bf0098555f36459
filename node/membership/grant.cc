#include "node/membership/grant.h"

#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "node/membership/application.h"
#include "node/membership/own_folder.h"
#include "node/membership/statement_file.h"
#include "replication/check.h"

namespace hansa::node::membership {
namespace {

using replication::KeyConsent;
using replication::KeyRole;
using replication::MemberKind;
using replication::NetworkId;
using replication::SodiumCrypto;
using replication::Statement;
using replication::StatementType;

constexpr char kForm[] = "grant";

absl::Status CheckMayGrant(const Identity& own, const replication::Application& applicant) {
  if (own.kind != MemberKind::kAuthority) {
    return absl::FailedPreconditionError(absl::StrCat(own.slug, " is no national authority (its kind is ",
                                                      RoleName(own.kind, own.key_role),
                                                      "); use the authority's data folder"));
  }
  if (applicant.key_role != KeyRole::kAuthorityOfficer || applicant.country != own.country) {
    return absl::FailedPreconditionError(absl::StrCat(applicant.slug, " does not apply as an authority-officer of ",
                                                      own.country, "; only such a key is granted"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> GrantOfficer(const GrantOptions& options) {
  const absl::StatusOr<OwnFolder> own = OpenOwnFolder(options.folder);
  HANSA_RETURN_IF_ERROR(own.status());
  const absl::StatusOr<ApplicationFile> application = ReadApplication(options.application, own->network);
  HANSA_RETURN_IF_ERROR(application.status());
  HANSA_RETURN_IF_ERROR(CheckMayGrant(own->identity, application->application));
  const KeyConsent consent{HashOf(*application), options.authority};
  const Statement statement =
      SignStatement(SodiumCrypto(), own->network, StatementType::kConsent, *own->writer, replication::Encode(consent));
  JsonWriter json(kForm);
  json.Text("slug", application->application.slug).Number("authority", options.authority.value());
  PutStatement(own->network, statement, json);
  return json.text();
}

absl::StatusOr<GrantFile> ReadGrant(absl::string_view bytes, const NetworkId& network) {
  const absl::StatusOr<JsonReader> json = JsonReader::Parse(kForm, bytes);
  HANSA_RETURN_IF_ERROR(json.status());
  HANSA_RETURN_IF_ERROR(CheckNetwork(*json, network));
  GrantFile file{StatementIn(*json), {}};
  const std::uint64_t authority = json->Number("authority", std::numeric_limits<std::uint32_t>::max());
  HANSA_RETURN_IF_ERROR(json->status());
  const absl::Status altered = absl::FailedPreconditionError("the grant was altered; ask the authority for it again");
  if (!IsSigned(SodiumCrypto(), network, StatementType::kConsent, file.statement)) return altered;
  const absl::StatusOr<KeyConsent> consent = replication::DecodeKeyConsent(file.statement.body);
  HANSA_RETURN_IF_ERROR(consent.status());
  if (authority != consent->authority.value()) return altered;
  file.consent = *consent;
  return file;
}

}  // namespace hansa::node::membership
