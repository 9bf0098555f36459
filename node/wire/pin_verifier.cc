#include "node/wire/pin_verifier.h"

#include <grpcpp/security/credentials.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/security/tls_certificate_provider.h>
#include <grpcpp/security/tls_certificate_verifier.h>
#include <grpcpp/security/tls_credentials_options.h>

#include <functional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"

namespace hansa::node::wire {
namespace {

using replication::Pin;
namespace tls = grpc::experimental;

using Judgement = std::function<absl::Status(absl::string_view certificate_pem)>;

// Runs on gRPC's threads, several at once; answers at once.
class PinVerifier final : public tls::ExternalCertificateVerifier {
 public:
  explicit PinVerifier(Judgement judge) : judge_(std::move(judge)) {}

  bool Verify(tls::TlsCustomVerificationCheckRequest* request, std::function<void(grpc::Status)>,
              grpc::Status* verdict) override {
    const grpc::string_ref certificate = request->peer_cert();
    const absl::Status judgement = judge_(absl::string_view(certificate.data(), certificate.size()));
    *verdict = judgement.ok() ? grpc::Status::OK
                              : grpc::Status(grpc::StatusCode::UNAUTHENTICATED, std::string(judgement.message()));
    return true;
  }

  void Cancel(tls::TlsCustomVerificationCheckRequest*) override {}

 private:
  const Judgement judge_;
};

std::shared_ptr<tls::CertificateProviderInterface> Certificate(const TlsIdentity& identity) {
  return std::make_shared<tls::StaticDataCertificateProvider>(
      std::vector<tls::IdentityKeyCertPair>{{identity.key_pem, identity.certificate_pem}});
}

std::shared_ptr<tls::CertificateVerifier> Verifier(Judgement judge) {
  return tls::ExternalCertificateVerifier::Create<PinVerifier>(std::move(judge));
}

}  // namespace

void ListedPins::Replace(std::set<Pin> pins) {
  absl::MutexLock lock(&mutex_);
  pins_ = std::move(pins);
}

bool ListedPins::Contains(const Pin& pin) const {
  absl::MutexLock lock(&mutex_);
  return pins_.contains(pin);
}

absl::Status ExpectedPins::Judge(absl::string_view certificate_pem) {
  const absl::StatusOr<Pin> pin = PinOfPem(certificate_pem);
  absl::Status verdict = pin.status();
  if (pin.ok() && !pins_.empty() && !pins_.contains(*pin)) {
    verdict = absl::UnauthenticatedError(absl::StrCat("it showed pin ", pin->hex()));
  }
  absl::MutexLock lock(&mutex_);
  verdict_ = verdict;
  return verdict;
}

std::optional<absl::Status> ExpectedPins::verdict() const {
  absl::MutexLock lock(&mutex_);
  return verdict_;
}

std::shared_ptr<grpc::ServerCredentials> PinnedServerCredentials(const TlsIdentity& identity,
                                                                 std::shared_ptr<const ListedPins> listed) {
  tls::TlsServerCredentialsOptions options(Certificate(identity));
  options.watch_identity_key_cert_pairs();
  // 'Don't verify' means that no authority has to have signed the certificate. The client proves
  // its key all the same, and our verifier decides: without it, anyone would come in.
  options.set_cert_request_type(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_BUT_DONT_VERIFY);
  options.set_certificate_verifier(Verifier([listed = std::move(listed)](absl::string_view pem) {
    const absl::StatusOr<Pin> pin = PinOfPem(pem);
    if (!pin.ok()) return pin.status();
    if (!listed->Contains(*pin)) return absl::UnauthenticatedError("the key is not in the roster");
    return absl::OkStatus();
  }));
  options.set_check_call_host(false);
  return tls::TlsServerCredentials(options);
}

std::shared_ptr<grpc::ChannelCredentials> PinnedChannelCredentials(const TlsIdentity& identity,
                                                                   std::shared_ptr<ExpectedPins> expected) {
  tls::TlsChannelCredentialsOptions options;
  options.set_certificate_provider(Certificate(identity));
  options.watch_identity_key_cert_pairs();
  options.set_verify_server_certs(false);  // by authority and name; the pin decides
  options.set_certificate_verifier(
      Verifier([expected = std::move(expected)](absl::string_view pem) { return expected->Judge(pem); }));
  options.set_check_call_host(false);
  return tls::TlsCredentials(options);
}

}  // namespace hansa::node::wire
