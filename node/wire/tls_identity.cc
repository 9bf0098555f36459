#include "node/wire/tls_identity.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <cstdint>
#include <memory>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace hansa::node::wire {
namespace {

using replication::Pin;
using replication::Seed;

template <auto Free>
struct FreedBy {
  template <typename T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Bio = std::unique_ptr<BIO, FreedBy<BIO_free_all>>;
using Key = std::unique_ptr<EVP_PKEY, FreedBy<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, FreedBy<X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, FreedBy<X509_EXTENSION_free>>;

constexpr int kCertificateBytesMax = 64 * 1024;
constexpr char kNotBefore[] = "20000101000000Z";
constexpr char kNotAfter[] = "99991231235959Z";

absl::Status Failed(absl::string_view what) {
  return absl::InternalError(absl::StrCat("cannot make the TLS certificate: ", what, " failed in OpenSSL"));
}

std::string Text(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return std::string(data, static_cast<std::size_t>(size));
}

absl::StatusOr<Pin> PinOfKey(EVP_PKEY* key) {
  unsigned char* der = nullptr;
  const int size = i2d_PUBKEY(key, &der);
  if (size <= 0) return absl::InvalidArgumentError("the key of the certificate cannot be read");
  Pin pin;
  const int hashed = EVP_Digest(der, static_cast<std::size_t>(size), pin.data(), nullptr, EVP_sha256(), nullptr);
  OPENSSL_free(der);
  if (hashed != 1) return absl::InternalError("SHA-256 failed in OpenSSL");
  return pin;
}

bool Describe(X509* certificate, const Pin& pin) {
  std::uint64_t serial = 0;
  for (std::size_t i = 0; i < 8; ++i) serial = (serial << 8) | pin[i];
  X509_NAME* name = X509_get_subject_name(certificate);
  const auto* common_name = reinterpret_cast<const unsigned char*>(kTlsName);
  return X509_set_version(certificate, X509_VERSION_3) == 1 &&
         ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), serial >> 1) == 1 &&
         ASN1_TIME_set_string_X509(X509_getm_notBefore(certificate), kNotBefore) == 1 &&
         ASN1_TIME_set_string_X509(X509_getm_notAfter(certificate), kNotAfter) == 1 &&
         X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, common_name, -1, -1, 0) == 1 &&
         X509_set_issuer_name(certificate, name) == 1;
}

bool AddName(X509* certificate) {
  const std::string names = absl::StrCat("DNS:", kTlsName);
  const Extension extension(X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, names.c_str()));
  return extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1;
}

// A certificate is never encrypted: nobody is asked for a password.
int NoPassword(char*, int, int, void*) { return -1; }

// gRPC reads OpenSSL's list of errors after its own calls on the same thread: leave nothing behind.
struct ErrorsCleared {
  ~ErrorsCleared() { ERR_clear_error(); }
};

}  // namespace

absl::StatusOr<TlsIdentity> MakeTlsIdentity(const Seed& seed) {
  const ErrorsCleared cleared;
  const Key key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), Seed::kSize));
  if (key == nullptr) return Failed("reading the key");
  const absl::StatusOr<Pin> pin = PinOfKey(key.get());
  if (!pin.ok()) return pin.status();

  const Certificate certificate(X509_new());
  if (certificate == nullptr || !Describe(certificate.get(), *pin)) return Failed("filling in");
  if (X509_set_pubkey(certificate.get(), key.get()) != 1) return Failed("setting the key");
  if (!AddName(certificate.get())) return Failed("adding the name");
  if (X509_sign(certificate.get(), key.get(), nullptr) == 0) return Failed("signing");

  const Bio key_text(BIO_new(BIO_s_mem()));
  const Bio certificate_text(BIO_new(BIO_s_mem()));
  if (PEM_write_bio_PrivateKey(key_text.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1 ||
      PEM_write_bio_X509(certificate_text.get(), certificate.get()) != 1) {
    return Failed("writing");
  }
  return TlsIdentity{Text(key_text.get()), Text(certificate_text.get()), *pin};
}

absl::StatusOr<Pin> PinOfPem(absl::string_view certificate_pem) {
  const ErrorsCleared cleared;
  if (certificate_pem.size() > kCertificateBytesMax) {
    return absl::InvalidArgumentError("the certificate shown is too large");
  }
  const Bio text(BIO_new_mem_buf(certificate_pem.data(), static_cast<int>(certificate_pem.size())));
  const Certificate certificate(text == nullptr ? nullptr
                                                : PEM_read_bio_X509(text.get(), nullptr, NoPassword, nullptr));
  if (certificate == nullptr) return absl::InvalidArgumentError("what was shown is not a certificate");
  EVP_PKEY* key = X509_get0_pubkey(certificate.get());
  if (key == nullptr || EVP_PKEY_id(key) != EVP_PKEY_ED25519) {
    return absl::InvalidArgumentError("the key of the certificate is not Ed25519");
  }
  return PinOfKey(key);
}

}  // namespace hansa::node::wire
