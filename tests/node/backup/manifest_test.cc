// backup.json: what was written is what is read, and nothing else passes for it.
#include "node/backup/manifest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_replace.h"
#include "tests/testing/status_matchers.h"

namespace hansa::node::backup {
namespace {

using testing::IsOkAndHolds;
using testing::StatusIs;

Manifest Some() {
  Manifest manifest;
  manifest.network.data()[0] = 1;
  manifest.member = "gb-bristol";
  manifest.database.data()[0] = 2;
  manifest.copy = 7;
  manifest.made_ms = 1'700'000'000'000;
  manifest.feeds = 3;
  manifest.entries = 11;
  manifest.contents.data()[0] = 3;
  manifest.files = {{"charter.json", {}}, {"keys/tls.key", {}}};
  return manifest;
}

TEST(ManifestTest, WhatIsWrittenIsWhatIsRead) {
  EXPECT_THAT(DecodeManifest(EncodeManifest(Some())), IsOkAndHolds(Some()));
}

TEST(ManifestTest, NamesAFileOfTheNodeAndNoOther) {
  for (const char* name : {"../charter.json", "/charter.json", "keys/../writer.key", "keys/", "keys/a/b", "accounts/",
                           "accounts/sessions.json", "accounts/../writer.key", "accounts/keys/x", "", ".."}) {
    Manifest manifest = Some();
    manifest.files.front().name = name;
    EXPECT_THAT(DecodeManifest(EncodeManifest(manifest)), StatusIs(absl::StatusCode::kInvalidArgument)) << name;
  }
}

TEST(ManifestTest, NamesTheAccounts) {
  Manifest manifest = Some();
  manifest.files.front().name = "accounts/accounts.json";
  EXPECT_THAT(DecodeManifest(EncodeManifest(manifest)), IsOkAndHolds(manifest));
}

TEST(ManifestTest, OfANewerHansaIsRefused) {
  const std::string newer = absl::StrReplaceAll(EncodeManifest(Some()), {{"\"version\": 1", "\"version\": 2"}});
  EXPECT_THAT(DecodeManifest(newer), StatusIs(absl::StatusCode::kFailedPrecondition, "by a newer Hansa"));
}

TEST(ManifestTest, CutShortItIsNone) {
  const std::string whole = EncodeManifest(Some());
  for (std::size_t bytes = 0; bytes + 2 < whole.size(); ++bytes) {
    EXPECT_THAT(DecodeManifest(whole.substr(0, bytes)), StatusIs(absl::StatusCode::kInvalidArgument)) << bytes;
  }
}

}  // namespace
}  // namespace hansa::node::backup
