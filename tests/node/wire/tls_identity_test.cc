#include "node/wire/tls_identity.h"

#include <gtest/gtest.h>

#include "tests/node/wire/tls_client.h"

namespace hansa::node::wire {
namespace {

TEST(TlsIdentityTest, ItsPinIsThatOfTheRosterAndTheSameEachTime) {
  const absl::StatusOr<TlsIdentity> identity = MakeTlsIdentity(TestSeed(1));
  ASSERT_TRUE(identity.ok()) << identity.status();
  const replication::PublicKey key = replication::SodiumSigner(TestSeed(1))->public_key();
  EXPECT_EQ(identity->pin, replication::PinOf(replication::SodiumCrypto(), key));
  EXPECT_EQ(*PinOfPem(identity->certificate_pem), identity->pin);
  EXPECT_EQ(MakeTlsIdentity(TestSeed(1))->certificate_pem, identity->certificate_pem);
  EXPECT_NE(MakeTlsIdentity(TestSeed(2))->pin, identity->pin);
}

TEST(TlsIdentityTest, ThePinIsOfTheKeyAndNotOfTheCertificate) {
  EXPECT_EQ(*PinOfPem(ExpiredEd25519Certificate(TestSeed(1)).certificate_pem), MakeTlsIdentity(TestSeed(1))->pin);
}

TEST(TlsIdentityTest, OnlyEd25519HasAPin) {
  for (const TestCertificate& other : {P256Certificate(), RsaCertificate()}) {
    const absl::StatusOr<replication::Pin> pin = PinOfPem(other.certificate_pem);
    ASSERT_FALSE(pin.ok());
    EXPECT_EQ(pin.status().message(), "the key of the certificate is not Ed25519");
  }
}

TEST(TlsIdentityTest, WhatIsNoCertificateHasNoPin) {
  const std::string pem = MakeTlsIdentity(TestSeed(1))->certificate_pem;
  for (const std::string& text : {std::string(), std::string("hello"), pem.substr(0, pem.size() / 2),
                                  MakeTlsIdentity(TestSeed(1))->key_pem, std::string(1 << 20, 'x')}) {
    EXPECT_FALSE(PinOfPem(text).ok());
  }
}

}  // namespace
}  // namespace hansa::node::wire
