// A key that was never listed never reaches HTTP/2. Looked at from outside, byte by byte, without gRPC.
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include "node/wire/tls_identity.h"
#include "tests/node/wire/recorder.h"
#include "tests/node/wire/tls_client.h"

namespace hansa::node::wire {
namespace {

constexpr std::uint8_t kServer = 1;
constexpr std::uint8_t kMember = 2;
constexpr std::uint8_t kStranger = 3;

// HTTP/2's SETTINGS: 24 bits of length, type 4, flags, stream 0. What a server says first.
bool BeginsWithSettings(const std::string& bytes) {
  return bytes.size() >= 9 && bytes[3] == 4 && bytes.substr(5, 4) == std::string(4, '\0');
}

class GateTest : public testing::Test {
 protected:
  GateTest() { server_->AcceptOnly({MakeTlsIdentity(TestSeed(kMember))->pin}); }

  TlsAttempt Shows(const TestCertificate& certificate) {
    return TryTls(server_.address(), {.certificate = &certificate});
  }
  static TestCertificate CertificateOf(std::uint8_t seed_byte) {
    const TlsIdentity identity = *MakeTlsIdentity(TestSeed(seed_byte));
    return {identity.key_pem, identity.certificate_pem};
  }
  static void ExpectTurnedAway(const TlsAttempt& attempt) {
    EXPECT_TRUE(attempt.connected);
    EXPECT_EQ(attempt.application, "") << "an unlisted key reached HTTP/2";
    EXPECT_TRUE(!attempt.handshake || attempt.hung_up) << "the server stayed silent instead of hanging up";
  }

  // Many handshakes come from one address here.
  RecordedWire server_{kServer, "127.0.0.1:0", {.new_connections_per_second_of_one_address = 1000}};
};

TEST_F(GateTest, AListedKeyReachesHttp2OverTls13) {
  const TlsAttempt attempt = Shows(CertificateOf(kMember));
  EXPECT_TRUE(attempt.handshake);
  EXPECT_EQ(attempt.version, "TLSv1.3");
  EXPECT_EQ(attempt.alpn, "h2");
  EXPECT_TRUE(BeginsWithSettings(attempt.application)) << attempt.application.size() << " bytes";
}

TEST_F(GateTest, AKeyNeverListedDoesNotReachHttp2) {
  for (int i = 0; i < 20; ++i) ExpectTurnedAway(Shows(CertificateOf(kStranger)));
  EXPECT_EQ(server_.opened_count(), 0u);
}

TEST_F(GateTest, NobodyReachesHttp2BeforeThereIsAList) {
  RecordedWire fresh(9);
  const TestCertificate certificate = CertificateOf(kMember);
  ExpectTurnedAway(TryTls(fresh.address(), {.certificate = &certificate}));
}

TEST_F(GateTest, NoCertificateAtAllIsTurnedAway) { ExpectTurnedAway(TryTls(server_.address(), {})); }

TEST_F(GateTest, OtherTypesOfKeyAreTurnedAway) {
  ExpectTurnedAway(Shows(P256Certificate()));
  ExpectTurnedAway(Shows(RsaCertificate()));
}

TEST_F(GateTest, DatesOfAListedKeysCertificateMeanNothing) {
  const TlsAttempt attempt = Shows(ExpiredEd25519Certificate(TestSeed(kMember)));
  EXPECT_TRUE(BeginsWithSettings(attempt.application));
  ExpectTurnedAway(Shows(ExpiredEd25519Certificate(TestSeed(kStranger))));
}

TEST_F(GateTest, NothingOlderThanTls13IsSpokenEvenToAMember) {
  const TestCertificate certificate = CertificateOf(kMember);
  const TlsAttempt attempt = TryTls(server_.address(), {.certificate = &certificate, .only_tls12 = true});
  EXPECT_TRUE(attempt.connected);
  EXPECT_FALSE(attempt.handshake) << attempt.version;
  EXPECT_EQ(attempt.application, "");
}

TEST_F(GateTest, ANewListCountsFromTheNextHandshake) {
  EXPECT_TRUE(BeginsWithSettings(Shows(CertificateOf(kMember)).application));
  ExpectTurnedAway(Shows(CertificateOf(kStranger)));

  server_->AcceptOnly({MakeTlsIdentity(TestSeed(kMember))->pin, MakeTlsIdentity(TestSeed(kStranger))->pin});
  EXPECT_TRUE(BeginsWithSettings(Shows(CertificateOf(kStranger)).application));

  server_->AcceptOnly({});
  ExpectTurnedAway(Shows(CertificateOf(kMember)));
  ExpectTurnedAway(Shows(CertificateOf(kStranger)));
}

TEST_F(GateTest, ASessionFromBeforeIsJudgedByTheListOfNow) {
  const TestCertificate certificate = CertificateOf(kMember);
  const TlsAttempt before = Shows(certificate);
  ASSERT_NE(before.application, "");
  if (before.session.empty()) return;  // nothing to resume: better still
  const TlsClientOptions again{.certificate = &certificate, .session = &before.session};
  EXPECT_TRUE(BeginsWithSettings(TryTls(server_.address(), again).application));
  server_->AcceptOnly({});
  ExpectTurnedAway(TryTls(server_.address(), again));
}

TEST_F(GateTest, PlainHttp2IsTurnedAway) {
  const int fd = ConnectSilently(server_.address());
  ASSERT_GE(fd, 0);
  const std::string opening("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0", 33);
  ASSERT_EQ(send(fd, opening.data(), opening.size(), MSG_NOSIGNAL), 33);
  std::string answer;
  char bytes[256];
  for (ssize_t size; (size = recv(fd, bytes, sizeof(bytes), 0)) > 0;) {
    answer.append(bytes, static_cast<std::size_t>(size));
  }
  close(fd);
  // At most a TLS alert comes back.
  EXPECT_FALSE(BeginsWithSettings(answer));
  EXPECT_LE(answer.size(), 7u);
}

}  // namespace
}  // namespace hansa::node::wire
