#include "node/membership/recommendation.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "node/membership/application.h"
#include "node/membership/own_folder.h"
#include "node/membership/statement_file.h"
#include "replication/check.h"

namespace hansa::node::membership {
namespace {

using replication::ByteReader;
using replication::Bytes;
using replication::BytesView;
using replication::ByteWriter;
using replication::Hash;
using replication::MemberKind;
using replication::NetworkId;
using replication::Recommendation;
using replication::SodiumCrypto;
using replication::Statement;
using replication::StatementType;

constexpr char kRecommendationForm[] = "recommendation";
constexpr char kDeferralForm[] = "deferral";
constexpr char kReason[] = "reason";
constexpr char kTheReasons[] = "the reasons";
constexpr std::size_t kTagBytes = 16;
constexpr std::size_t kCountryBytes = 3;

absl::Status Refused(absl::string_view what) { return absl::FailedPreconditionError(what); }

// What an opinion is about and who gives it.
struct Opinion {
  OwnFolder own;
  ApplicationFile application;
  SaltedText reason;
};

absl::Status CheckMayJudge(const Identity& own, const replication::Application& applicant) {
  const bool is_authority =
      own.kind == MemberKind::kAuthority || own.key_role == replication::KeyRole::kAuthorityOfficer;
  if (!is_authority) {
    return Refused(absl::StrCat(own.slug, " is no national authority (its kind is ", RoleName(own.kind, own.key_role),
                                "); use the data folder of the authority"));
  }
  if (applicant.kind != MemberKind::kCity) {
    return Refused(absl::StrCat(applicant.slug, " applies as ", RoleOf(applicant),
                                "; only cities are recommended, pass the application to the "
                                "secretariat"));
  }
  if (applicant.country != own.country) {
    return Refused(absl::StrCat(applicant.slug, " is a city of ", applicant.country, " and ", own.slug, " speaks for ",
                                own.country, "; the authority of ", applicant.country, " must be asked"));
  }
  return absl::OkStatus();
}

absl::StatusOr<Opinion> FormOpinion(const OpinionOptions& options) {
  absl::StatusOr<OwnFolder> own = OpenOwnFolder(options.folder);
  HANSA_RETURN_IF_ERROR(own.status());
  absl::StatusOr<ApplicationFile> application = ReadApplication(options.application, own->network);
  HANSA_RETURN_IF_ERROR(application.status());
  HANSA_RETURN_IF_ERROR(CheckMayJudge(own->identity, application->application));
  absl::StatusOr<SaltedText> reason = Salted(kTheReasons, options.reason);
  HANSA_RETURN_IF_ERROR(reason.status());
  if (reason->text.empty()) {
    return absl::InvalidArgumentError("the reason is empty; say why, it stays in the file");
  }
  return Opinion{*std::move(own), *std::move(application), *std::move(reason)};
}

std::string SignedFile(const char* form, const Opinion& opinion, Bytes body) {
  const Statement statement = SignStatement(SodiumCrypto(), opinion.own.network, StatementType::kRecommendation,
                                            *opinion.own.writer, std::move(body));
  JsonWriter json(form);
  json.Text("slug", opinion.application.application.slug).Text("country", opinion.own.identity.country);
  PutStatement(opinion.own.network, statement, json);
  json.Object(kReason, ToJson(opinion.reason));
  return json.text();
}

// A file as read, its form and signature judged.
struct OpinionFile {
  JsonReader json;
  Statement statement;
  std::optional<SaltedText> reason;
};

absl::StatusOr<OpinionFile> ReadOpinion(const char* form, absl::string_view bytes, const NetworkId& network) {
  const absl::StatusOr<JsonReader> json = JsonReader::Parse(form, bytes);
  HANSA_RETURN_IF_ERROR(json.status());
  HANSA_RETURN_IF_ERROR(CheckNetwork(*json, network));
  OpinionFile file{*json, StatementIn(*json), ReadSalted(*json, kReason)};
  HANSA_RETURN_IF_ERROR(json->status());
  if (!IsSigned(SodiumCrypto(), network, StatementType::kRecommendation, file.statement)) {
    return Refused(absl::StrCat("the ", form,
                                " was altered: its signature is false; ask the "
                                "authority for it again"));
  }
  return file;
}

absl::Status CheckOpinion(const OpinionFile& file, absl::string_view slug, absl::string_view country,
                          const std::optional<Hash>& reason_hash) {
  HANSA_RETURN_IF_ERROR(CheckCopy(file.json, "slug", slug));
  HANSA_RETURN_IF_ERROR(CheckCopy(file.json, "country", country));
  return CheckWords(kTheReasons, file.reason, reason_hash);
}

}  // namespace

absl::StatusOr<std::string> Recommend(const OpinionOptions& options) {
  const absl::StatusOr<Opinion> opinion = FormOpinion(options);
  HANSA_RETURN_IF_ERROR(opinion.status());
  const Recommendation recommendation{HashOf(opinion->application), opinion->application.application.slug,
                                      opinion->own.identity.country, HashOf(opinion->reason)};
  return SignedFile(kRecommendationForm, *opinion, Encode(recommendation));
}

absl::StatusOr<std::string> Defer(const OpinionOptions& options) {
  const absl::StatusOr<Opinion> opinion = FormOpinion(options);
  HANSA_RETURN_IF_ERROR(opinion.status());
  const Deferral deferral{HashOf(opinion->application), HashOf(opinion->reason), opinion->own.identity.country,
                          opinion->application.application.slug};
  return SignedFile(kDeferralForm, *opinion, Encode(deferral));
}

Bytes Encode(const Deferral& deferral) {
  return ByteWriter()
      .Tag(kDeferralTag)
      .Raw(deferral.application_hash.view())
      .Raw(deferral.reason_hash.view())
      .Raw(deferral.country)
      .Raw(deferral.slug)
      .bytes();
}

absl::StatusOr<Deferral> DecodeDeferral(BytesView body) {
  ByteReader reader(body);
  const BytesView tag = reader.Raw(kTagBytes);
  Deferral deferral;
  deferral.application_hash = reader.Take<Hash>();
  deferral.reason_hash = reader.Take<Hash>();
  deferral.country = Bytes(reader.Raw(kCountryBytes));
  deferral.slug = Bytes(reader.Raw(reader.remaining()));
  if (!reader.ok() || !replication::HasTag(kDeferralTag, tag) || deferral.slug.empty()) {
    return absl::InvalidArgumentError("the signed body is not a deferral");
  }
  return deferral;
}

absl::StatusOr<RecommendationFile> ReadRecommendation(absl::string_view bytes, const NetworkId& network) {
  absl::StatusOr<OpinionFile> file = ReadOpinion(kRecommendationForm, bytes, network);
  HANSA_RETURN_IF_ERROR(file.status());
  absl::StatusOr<Recommendation> says = replication::DecodeRecommendation(file->statement.body);
  HANSA_RETURN_IF_ERROR(says.status());
  HANSA_RETURN_IF_ERROR(CheckOpinion(*file, says->slug, says->country, says->reason_hash));
  return RecommendationFile{std::move(file->statement), *std::move(says), std::move(file->reason)};
}

absl::StatusOr<DeferralFile> ReadDeferral(absl::string_view bytes, const NetworkId& network) {
  absl::StatusOr<OpinionFile> file = ReadOpinion(kDeferralForm, bytes, network);
  HANSA_RETURN_IF_ERROR(file.status());
  absl::StatusOr<Deferral> says = DecodeDeferral(file->statement.body);
  HANSA_RETURN_IF_ERROR(says.status());
  HANSA_RETURN_IF_ERROR(CheckOpinion(*file, says->slug, says->country, says->reason_hash));
  return DeferralFile{std::move(file->statement), *std::move(says), std::move(file->reason)};
}

}  // namespace hansa::node::membership
