// What a knock at an address tells: which key is shown there, or what stands in the way.
#include "node/wire/key_probe.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "node/wire/tls_identity.h"
#include "replication/check.h"
#include "tests/node/wire/recorder.h"
#include "tests/node/wire/tls_client.h"
#include "tests/testing/status_matchers.h"

namespace hansa::node::wire {
namespace {

using ::hansa::testing::StatusIs;
using replication::Pin;

constexpr std::chrono::milliseconds kPatience{30'000};

// A port of 127.0.0.1 that takes connections.
class Listener {
 public:
  Listener() : fd_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    HANSA_CHECK(bind(fd_, reinterpret_cast<sockaddr*>(&where), sizeof(where)) == 0 && listen(fd_, 8) == 0);
    socklen_t size = sizeof(where);
    HANSA_CHECK(getsockname(fd_, reinterpret_cast<sockaddr*>(&where), &size) == 0);
    address_ = absl::StrCat("127.0.0.1:", ntohs(where.sin_port));
  }
  ~Listener() { Close(); }
  const std::string& address() const { return address_; }
  int Accept() const { return accept(fd_, nullptr, nullptr); }
  void Close() {
    if (fd_ >= 0) close(fd_);
    fd_ = -1;
  }

 private:
  int fd_;
  std::string address_;
};

// Answers one connection with TLS and this key, as something between here and the hub would.
void AnswerOnce(const Listener& listener, const TestCertificate& shown, bool only_tls12) {
  SSL_CTX* context = SSL_CTX_new(TLS_server_method());
  if (only_tls12) SSL_CTX_set_max_proto_version(context, TLS1_2_VERSION);
  BIO* key_text = BIO_new_mem_buf(shown.key_pem.data(), -1);
  BIO* text = BIO_new_mem_buf(shown.certificate_pem.data(), -1);
  EVP_PKEY* key = PEM_read_bio_PrivateKey(key_text, nullptr, nullptr, nullptr);
  X509* certificate = PEM_read_bio_X509(text, nullptr, nullptr, nullptr);
  HANSA_CHECK(SSL_CTX_use_certificate(context, certificate) == 1 && SSL_CTX_use_PrivateKey(context, key) == 1);
  // The client leaves as soon as it has seen the key.
  std::signal(SIGPIPE, SIG_IGN);
  const int fd = listener.Accept();
  SSL* ssl = SSL_new(context);
  SSL_set_fd(ssl, fd);
  SSL_accept(ssl);
  SSL_free(ssl);
  close(fd);
  X509_free(certificate);
  EVP_PKEY_free(key);
  BIO_free_all(text);
  BIO_free_all(key_text);
  SSL_CTX_free(context);
}

absl::StatusOr<Pin> PinOfWhoAnswersWith(const TestCertificate& shown, bool only_tls12 = false) {
  const Listener listener;
  std::thread answering([&] { AnswerOnce(listener, shown, only_tls12); });
  const absl::StatusOr<Pin> pin = PinShownAt(listener.address(), kPatience);
  answering.join();
  return pin;
}

TEST(KeyProbe, SeesTheKeyOfANodeThatDoesNotKnowUs) {
  RecordedWire node(1);
  const absl::StatusOr<Pin> pin = PinShownAt(node.address(), kPatience);
  ASSERT_TRUE(pin.ok()) << pin.status();
  EXPECT_EQ(*pin, MakeTlsIdentity(TestSeed(1))->pin);
  EXPECT_EQ(node.opened_count(), 0u);  // it stayed outside
}

TEST(KeyProbe, SeesTheKeyOfWhoeverStandsBetween) {
  const absl::StatusOr<Pin> ed25519 = PinOfWhoAnswersWith(ExpiredEd25519Certificate(TestSeed(7)));
  ASSERT_TRUE(ed25519.ok()) << ed25519.status();
  EXPECT_EQ(*ed25519, MakeTlsIdentity(TestSeed(7))->pin);
  const absl::StatusOr<Pin> rsa = PinOfWhoAnswersWith(RsaCertificate());
  ASSERT_TRUE(rsa.ok()) << rsa.status();
  EXPECT_EQ(*rsa, Pin());
  const absl::StatusOr<Pin> old = PinOfWhoAnswersWith(P256Certificate(), /*only_tls12=*/true);
  ASSERT_TRUE(old.ok()) << old.status();
  EXPECT_EQ(*old, Pin());
}

TEST(KeyProbe, NobodyListens) {
  Listener gone;
  gone.Close();
  EXPECT_THAT(PinShownAt(gone.address(), kPatience).status(), StatusIs(absl::StatusCode::kUnavailable));
}

TEST(KeyProbe, SomebodyTakesTheConnectionAndSaysNothing) {
  const Listener silent;  // the kernel accepts for it
  EXPECT_THAT(PinShownAt(silent.address(), std::chrono::milliseconds(200)).status(),
              StatusIs(absl::StatusCode::kDeadlineExceeded));
}

TEST(KeyProbe, SomebodyHangsUp) {
  const Listener listener;
  std::thread hanging_up([&] { close(listener.Accept()); });
  EXPECT_THAT(PinShownAt(listener.address(), kPatience).status(), StatusIs(absl::StatusCode::kFailedPrecondition));
  hanging_up.join();
}

TEST(KeyProbe, WhatIsNoAddressOrNoName) {
  EXPECT_THAT(PinShownAt("hub", kPatience).status(), StatusIs(absl::StatusCode::kInvalidArgument));
  // No part of a name may be so long: nobody is asked for it.
  const std::string impossible = absl::StrCat(std::string(64, 'a'), ".invalid:7400");
  EXPECT_THAT(PinShownAt(impossible, kPatience).status(), StatusIs(absl::StatusCode::kNotFound));
}

}  // namespace
}  // namespace hansa::node::wire
