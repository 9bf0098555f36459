#include "node/webhooks/webhook_signature.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hansa::node::webhooks {
namespace {

// The example that the libraries of Standard Webhooks test themselves with.
const Signed kExample{"msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, R"({"test": 2432232314})"};
constexpr char kExampleSecret[] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
constexpr char kExampleSignature[] = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

TEST(WebhookSignature, IsThatOfThePublishedExample) {
  EXPECT_EQ(SignatureOf(kExample, *SecretOf(kExampleSecret)), kExampleSignature);
}

TEST(WebhookSignature, CoversIdTimeAndBody) {
  const std::string secret = *SecretOf(kExampleSecret);
  for (const Signed& other : {Signed{"msg_x", kExample.timestamp_s, kExample.body},
                              Signed{kExample.id, kExample.timestamp_s + 1, kExample.body},
                              Signed{kExample.id, kExample.timestamp_s, kExample.body + " "}}) {
    EXPECT_NE(SignatureOf(other, secret), kExampleSignature);
  }
  EXPECT_NE(SignatureOf(kExample, NewSecret()), kExampleSignature);
}

TEST(WebhookSignature, AnOlderSecretSignsAsWellWhileItLasts) {
  const Webhook hook{.secret = NewSecret(), .older_secret = *SecretOf(kExampleSecret), .older_until_ms = 1000};
  const std::string own = SignatureOf(kExample, hook.secret);
  EXPECT_EQ(SignaturesOf(kExample, hook, 999), own + " " + kExampleSignature);
  EXPECT_EQ(SignaturesOf(kExample, hook, 1000), own);
}

TEST(WebhookSignature, ASecretIs32BytesThatAreNeverTheSame) {
  const std::string secret = NewSecret();
  EXPECT_EQ(secret.size(), kSecretBytes);
  EXPECT_NE(secret, NewSecret());
  EXPECT_THAT(SecretText(secret), ::testing::StartsWith("whsec_"));
  EXPECT_EQ(SecretOf(SecretText(secret)), secret);
  EXPECT_EQ(SecretOf("whsk_AAAA"), std::nullopt);
  EXPECT_EQ(SecretOf("whsec_!"), std::nullopt);
}

}  // namespace
}  // namespace hansa::node::webhooks
