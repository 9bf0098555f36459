// The comments of the record schemas state a limit for every text and list. Here they are read, and
// the largest record that keeps to them is computed: it must fit the payload of one entry.
//
// Indicator sets are not computed: 1,000 observations with every text at its longest do not fit,
// and their codec checks the size of the whole.
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <regex>
#include <string>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "tests/proto/schema_source.h"

namespace hansa::testing {
namespace {

namespace pb = google::protobuf;

constexpr std::uint64_t kPayloadBytesMax = 262'144;
constexpr std::uint64_t kStatementTagBytes = 16;
constexpr std::uint64_t kBytesPerCharacterMax = 4;
constexpr std::uint64_t kLanguageTagBytesMax = 35;

constexpr const char* kRecordFiles[] = {"practices", "offers",  "aggregates", "reviews",
                                        "dialogue",  "notices", "strategies", "reference"};

std::optional<std::uint64_t> NumberIn(const std::string& comment, const char* pattern) {
  std::smatch match;
  if (!std::regex_search(comment, match, std::regex(pattern, std::regex::icase))) return {};
  std::uint64_t number = 0;
  if (!absl::SimpleAtoi(absl::StrReplaceAll(match[1].str(), {{",", ""}}), &number)) return {};
  return number;
}

std::optional<std::uint64_t> TextBytesMax(const std::string& comment) {
  if (auto n = NumberIn(comment, "at most ([0-9,]+) characters")) return *n * kBytesPerCharacterMax;
  if (auto n = NumberIn(comment, "(?:at most|exactly) ([0-9,]+) bytes")) return n;
  if (comment.find("YYYY-MM-DD") != std::string::npos) return 10;
  if (comment.find("HH:MM") != std::string::npos) return 5;
  if (comment.find("BCP 47") != std::string::npos) return kLanguageTagBytesMax;
  return {};
}

std::optional<std::uint64_t> ItemsMax(const std::string& comment) {
  return NumberIn(comment, "at most ([0-9,]+)(?![0-9,]| *(?:characters|bytes))");
}

std::uint64_t VarintBytes(std::uint64_t value) {
  std::uint64_t bytes = 1;
  for (; value >= 128; value /= 128) ++bytes;
  return bytes;
}

// Sizes on the wire, by the limits in the comments. A limit that is missing fails the test.
class Sizes {
 public:
  std::uint64_t MessageBytesMax(const pb::Descriptor& message) {
    const auto known = known_.find(message.full_name());
    if (known != known_.end()) return known->second;
    std::uint64_t total = 0;
    std::map<const pb::OneofDescriptor*, std::uint64_t> largest_of;
    for (int i = 0; i < message.field_count(); ++i) {
      const pb::FieldDescriptor& field = *message.field(i);
      const std::uint64_t bytes = FieldBytesMax(field);
      if (const pb::OneofDescriptor* choice = field.containing_oneof()) {
        largest_of[choice] = std::max(largest_of[choice], bytes);
      } else {
        total += bytes;
      }
    }
    for (const auto& [choice, bytes] : largest_of) total += bytes;
    return known_[message.full_name()] = total;
  }

 private:
  std::uint64_t FieldBytesMax(const pb::FieldDescriptor& field) {
    const std::uint64_t one = VarintBytes(static_cast<std::uint64_t>(field.number()) << 3) + ValueBytesMax(field);
    if (!field.is_repeated()) return one;
    const auto items = ItemsMax(CommentOf(field));
    EXPECT_TRUE(items.has_value()) << field.full_name() << ": say 'At most N.'";
    return items.value_or(0) * one;
  }

  std::uint64_t ValueBytesMax(const pb::FieldDescriptor& field) {
    using F = pb::FieldDescriptor;
    switch (field.cpp_type()) {
      case F::CPPTYPE_STRING: {
        const auto bytes = TextBytesMax(CommentOf(field));
        EXPECT_TRUE(bytes.has_value()) << field.full_name() << ": say 'at most N characters' or 'at most N bytes'";
        return bytes.value_or(0) + VarintBytes(bytes.value_or(0));
      }
      case F::CPPTYPE_MESSAGE: {
        const std::uint64_t bytes = MessageBytesMax(*field.message_type());
        return bytes + VarintBytes(bytes);
      }
      case F::CPPTYPE_UINT64:
        return 10;
      default:
        return 5;
    }
  }

  std::map<std::string, std::uint64_t> known_;
};

class Limits : public ::testing::Test {
 protected:
  const pb::Descriptor& Message(const std::string& file, const std::string& name) {
    const pb::FileDescriptor* found = source_.File(absl::StrCat("hansa/v1/", file, ".proto"));
    EXPECT_NE(found, nullptr) << file;
    const pb::Descriptor* message = found->FindMessageTypeByName(name);
    EXPECT_NE(message, nullptr) << name;
    return *message;
  }

  // What the comment of a bytes field allows.
  std::uint64_t Allowed(const pb::Descriptor& message, const std::string& field) {
    return TextBytesMax(CommentOf(*message.FindFieldByName(field))).value_or(0);
  }

  SchemaSource source_;
  Sizes sizes_;
};

TEST_F(Limits, TheLargestRecordOfEveryKindFitsAPayload) {
  for (const char* name : kRecordFiles) {
    const pb::FileDescriptor* file = source_.File(absl::StrCat("hansa/v1/", name, ".proto"));
    ASSERT_NE(file, nullptr) << name;
    for (const pb::Descriptor* message : MessagesOf(*file)) {
      EXPECT_LE(sizes_.MessageBytesMax(*message), kPayloadBytesMax) << message->full_name();
    }
  }
}

// Beside indicator sets, whose size their codec checks.
TEST_F(Limits, TheLargestTargetAndTheLargestPlaceFitAPayload) {
  EXPECT_LE(sizes_.MessageBytesMax(Message("indicators", "OwnTarget")), kPayloadBytesMax);
  EXPECT_LE(sizes_.MessageBytesMax(Message("indicators", "CityPlace")), kPayloadBytesMax);
}

TEST_F(Limits, TheLargestStatementBodyFitsTheFieldThatCarriesIt) {
  const std::uint64_t allowed = Allowed(Message("reference", "SignedStatement"), "body");
  EXPECT_EQ(allowed, 240'000u);
  for (const auto& [file, name] : {std::pair("offers", "AcceptanceBody"), std::pair("reviews", "RatingBody"),
                                   std::pair("reviews", "SurveyBody")}) {
    EXPECT_LE(sizes_.MessageBytesMax(Message(file, name)) + kStatementTagBytes, allowed) << name;
  }
}

TEST_F(Limits, TheLargestAcceptanceFitsAProposal) {
  EXPECT_LE(sizes_.MessageBytesMax(Message("offers", "AcceptanceBody")) + kStatementTagBytes,
            Allowed(Message("offers", "OfferReply"), "proposed_body"));
}

TEST(LimitWords, AreReadAsTheyAreMeant) {
  EXPECT_EQ(TextBytesMax("Title, at most 200 characters. Never empty."), 800u);
  EXPECT_EQ(TextBytesMax("Markdown. At most 8,000 characters."), 32'000u);
  EXPECT_EQ(TextBytesMax("The record, exactly 16 bytes."), 16u);
  EXPECT_EQ(TextBytesMax("The day, YYYY-MM-DD."), 10u);
  EXPECT_EQ(TextBytesMax("Some text."), std::nullopt);
  EXPECT_EQ(ItemsMax("Free words. At most 20, each at most 50 characters."), 20u);
  EXPECT_EQ(ItemsMax("Feeds. At most 2,500."), 2'500u);
  EXPECT_EQ(ItemsMax("Each at most 50 characters."), std::nullopt);
  EXPECT_EQ(ItemsMax("Each at most 1,000 bytes."), std::nullopt);
}

}  // namespace
}  // namespace hansa::testing
