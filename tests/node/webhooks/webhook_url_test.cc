#include "node/webhooks/webhook_url.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/testing/status_matchers.h"

namespace hansa::node::webhooks {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;

TEST(WebhookUrl, EncryptedAnywhereAndInTheClearAtHome) {
  for (const char* url :
       {"https://learning.example.org/hansa", "HTTPS://learning.example.org", "https://93.184.216.34:8443/h?x=%20",
        "https://[2606:2800:220:1::1]/", "http://127.0.0.1:8080/hook", "http://10.1.2.3/", "http://172.31.0.1/",
        "http://192.168.7.7/", "http://[::1]:80/", "http://[fd00::1]/", "http://[::ffff:10.0.0.1]/",
        "http://localhost:9/", "http://chat.internal/x"}) {
    EXPECT_THAT(CheckUrl(url), IsOk()) << url;
  }
  for (const char* url : {"http://93.184.216.34/", "http://172.32.0.1/", "http://[2606:2800:220:1::1]/",
                          "http://[::ffff:8.8.8.8]/", "http://169.254.169.254/latest"}) {
    EXPECT_THAT(CheckUrl(url).message(), HasSubstr("use https")) << url;
  }
}

TEST(WebhookUrl, WhatIsNoAddressSaysWhy) {
  const std::pair<std::string, const char*> kFaults[] = {
      {"", "in full"},
      {"learning.example.org", "in full"},
      {"ftp://example.org/", "in full"},
      {"https://", "no host"},
      {"https:///x", "no host"},
      {"https://-x/", "no host"},
      {"https://[::1/", "port"},
      {"https://name:secret@example.org/", "user or a password"},
      {"https://example.org:0/", "port"},
      {"https://example.org:70000/", "port"},
      {"https://example.org:80x/", "port"},
      {"https://example.org:/", "port"},
      {"https://example.org/#top", "behind #"},
      {"https://example.org/a b", "percent-encoded"},
      {"https://example.org/\r\nx-more: 1", "percent-encoded"},
      {"https://example.org/책", "percent-encoded"},
      {absl::StrCat("https://example.org/", std::string(1000, 'a')), "1000 bytes"},
  };
  for (const auto& [url, why] : kFaults) {
    const absl::Status status = CheckUrl(url);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << url;
    EXPECT_THAT(status.message(), HasSubstr(why)) << url;
    EXPECT_EQ(status.message().find("secret"), absl::string_view::npos);
  }
}

TEST(WebhookUrl, AnAddressOfNoKnownLengthIsNotOurs) {
  EXPECT_FALSE(IsOwnNetwork(""));
  EXPECT_FALSE(IsOwnNetwork("abc"));
  EXPECT_TRUE(IsOwnNetwork(absl::string_view("\x7f\0\0\x01", 4)));
}

}  // namespace
}  // namespace hansa::node::webhooks
