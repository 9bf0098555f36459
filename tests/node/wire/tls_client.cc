#include "tests/node/wire/tls_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <memory>
#include <utility>

#include "node/wire/address.h"
#include "replication/check.h"

namespace hansa::node::wire {
namespace {

constexpr timeval kPatience{.tv_sec = 10, .tv_usec = 0};
constexpr unsigned char kAlpn[] = {2, 'h', '2'};
// The client's opening of HTTP/2 and an empty SETTINGS frame.
constexpr char kHttp2Opening[] = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0";

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using Bio = std::unique_ptr<BIO, decltype(&BIO_free_all)>;

std::string Text(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return std::string(data, static_cast<std::size_t>(size));
}

TestCertificate SelfSigned(Key key, const EVP_MD* digest) {
  HANSA_CHECK(key != nullptr);
  const Certificate certificate(X509_new(), X509_free);
  X509_set_version(certificate.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  ASN1_TIME_set_string_X509(X509_getm_notBefore(certificate.get()), "19800101000000Z");
  ASN1_TIME_set_string_X509(X509_getm_notAfter(certificate.get()), "19900101000000Z");
  X509_set_pubkey(certificate.get(), key.get());
  HANSA_CHECK(X509_sign(certificate.get(), key.get(), digest) > 0);
  const Bio key_text(BIO_new(BIO_s_mem()), BIO_free_all);
  const Bio text(BIO_new(BIO_s_mem()), BIO_free_all);
  HANSA_CHECK(PEM_write_bio_PrivateKey(key_text.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1);
  HANSA_CHECK(PEM_write_bio_X509(text.get(), certificate.get()) == 1);
  return {Text(key_text.get()), Text(text.get())};
}

void Show(SSL* ssl, const TestCertificate& certificate) {
  const Bio key_text(BIO_new_mem_buf(certificate.key_pem.data(), -1), BIO_free_all);
  const Bio text(BIO_new_mem_buf(certificate.certificate_pem.data(), -1), BIO_free_all);
  const Key key(PEM_read_bio_PrivateKey(key_text.get(), nullptr, nullptr, nullptr), EVP_PKEY_free);
  const Certificate x509(PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr), X509_free);
  HANSA_CHECK(SSL_use_certificate(ssl, x509.get()) == 1 && SSL_use_PrivateKey(ssl, key.get()) == 1);
}

void Resume(SSL* ssl, const std::string& session) {
  const auto* der = reinterpret_cast<const unsigned char*>(session.data());
  SSL_SESSION* resumable = d2i_SSL_SESSION(nullptr, &der, static_cast<long>(session.size()));
  HANSA_CHECK(resumable != nullptr && SSL_set_session(ssl, resumable) == 1);
  SSL_SESSION_free(resumable);
}

std::string SessionOf(SSL* ssl) {
  SSL_SESSION* session = SSL_get1_session(ssl);
  if (session == nullptr || SSL_SESSION_is_resumable(session) != 1) {
    SSL_SESSION_free(session);
    return "";
  }
  unsigned char* der = nullptr;
  const int size = i2d_SSL_SESSION(session, &der);
  std::string bytes(reinterpret_cast<char*>(der), static_cast<std::size_t>(size));
  OPENSSL_free(der);
  SSL_SESSION_free(session);
  return bytes;
}

void Converse(SSL* ssl, TlsAttempt* attempt) {
  attempt->handshake = SSL_connect(ssl) == 1;
  attempt->version = SSL_get_version(ssl);
  if (!attempt->handshake) return;
  const unsigned char* alpn = nullptr;
  unsigned int alpn_size = 0;
  SSL_get0_alpn_selected(ssl, &alpn, &alpn_size);
  attempt->alpn.assign(reinterpret_cast<const char*>(alpn), alpn_size);
  attempt->resumed = SSL_session_reused(ssl) == 1;
  SSL_write(ssl, kHttp2Opening, sizeof(kHttp2Opening) - 1);
  char answer[4096];
  const int size = SSL_read(ssl, answer, sizeof(answer));
  if (size > 0) {
    attempt->application.assign(answer, static_cast<std::size_t>(size));
  } else {
    attempt->hung_up = SSL_get_error(ssl, size) != SSL_ERROR_WANT_READ;
  }
  attempt->session = SessionOf(ssl);
}

}  // namespace

replication::Seed TestSeed(std::uint8_t byte) {
  return *replication::Seed::From(std::string(replication::Seed::kSize, static_cast<char>(byte)));
}

TestCertificate ExpiredEd25519Certificate(const replication::Seed& seed) {
  return SelfSigned(Key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), 32), EVP_PKEY_free),
                    nullptr);
}

TestCertificate P256Certificate() { return SelfSigned(Key(EVP_EC_gen("P-256"), EVP_PKEY_free), EVP_sha256()); }

TestCertificate RsaCertificate() { return SelfSigned(Key(EVP_RSA_gen(2048), EVP_PKEY_free), EVP_sha256()); }

int ConnectSilently(const std::string& address) {
  const absl::StatusOr<Address> parsed = ParseAddress(address);
  HANSA_CHECK(parsed.ok());
  sockaddr_in where{};
  where.sin_family = AF_INET;
  where.sin_port = htons(parsed->port);
  HANSA_CHECK(inet_pton(AF_INET, parsed->host.c_str(), &where.sin_addr) == 1);
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return -1;
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof(kPatience));
  if (connect(fd, reinterpret_cast<sockaddr*>(&where), sizeof(where)) == 0) return fd;
  close(fd);
  return -1;
}

TlsAttempt TryTls(const std::string& address, const TlsClientOptions& options) {
  TlsAttempt attempt;
  const int fd = ConnectSilently(address);
  attempt.connected = fd >= 0;
  if (!attempt.connected) return attempt;
  SSL_CTX* context = SSL_CTX_new(TLS_client_method());
  SSL_CTX_set_options(context, SSL_OP_IGNORE_UNEXPECTED_EOF);
  if (options.only_tls12) SSL_CTX_set_max_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_alpn_protos(context, kAlpn, sizeof(kAlpn));
  SSL* ssl = SSL_new(context);
  SSL_set_fd(ssl, fd);
  if (options.certificate != nullptr) Show(ssl, *options.certificate);
  if (options.session != nullptr) Resume(ssl, *options.session);
  Converse(ssl, &attempt);
  SSL_free(ssl);
  SSL_CTX_free(context);
  close(fd);
  return attempt;
}

}  // namespace hansa::node::wire
