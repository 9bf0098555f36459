// What somebody typed is said again in an error so that they know it, and never at a length that hides the rest.
#include <gmock/gmock.h>

#include <vector>

#include "tests/node/door/answered_site_fixture.h"

namespace hansa::node::door {
namespace {

using nlohmann::json;

namespace pb = google::protobuf;

constexpr std::size_t kTyped = 20'000;
constexpr std::size_t kErrorBytesMax = 1'000;

// Questions of that type with one text of theirs overlong, in a message within or their own.
std::vector<json> Overlong(const pb::Descriptor& type, const json& words, int depth = 0) {
  std::vector<json> questions;
  for (int i = 0; i < type.field_count(); ++i) {
    const pb::FieldDescriptor& field = *type.field(i);
    std::vector<json> values;
    if (field.type() == pb::FieldDescriptor::TYPE_STRING) values = {words};
    if (field.message_type() != nullptr && depth < 2) values = Overlong(*field.message_type(), words, depth + 1);
    for (json& value : values) {
      json question = json::object();
      // What else most of them ask for.
      for (const auto& [name, other] : {std::pair("year", json(2024)), std::pair("id", json("0123456789ab"))}) {
        if (depth == 0 && type.FindFieldByName(name) != nullptr) question[name] = other;
      }
      question[field.json_name()] = field.is_repeated() ? json::array({value}) : value;
      questions.push_back(std::move(question));
    }
  }
  return questions;
}

class LongWordsTest : public AnsweredSiteTest {};

TEST_F(LongWordsTest, AnErrorSaysOnlyTheBeginningOfWhatWasTyped) {
  SignInAs("adm");
  int refused = 0;
  for (const std::string letter : {"x", "널", "/"}) {
    std::string words;
    for (std::size_t i = 0; i < kTyped; ++i) words += letter;
    for (int i = 0; i < NodeService().method_count(); ++i) {
      const pb::MethodDescriptor& method = *NodeService().method(i);
      for (const json& question : Overlong(*method.input_type(), words)) {
        const HttpResponse response = Call(method.name(), question);
        if (response.status == 200) continue;
        ++refused;
        const std::string which = json(question).dump().substr(0, 80);
        EXPECT_LT(response.body.size(), kErrorBytesMax)
            << method.name() << " " << which << response.body.substr(0, 400);
      }
    }
  }
  EXPECT_GT(refused, 200);
}

TEST_F(LongWordsTest, WhatIsNoQuestionAtAllIsNotSaidAgainEither) {
  SignInAs("adm");
  const std::string words(kTyped, 'x');
  for (const json& question :
       {json{{words, 1}}, json{{"year", words}}, json{{"year", {{words, words}}}}, json(words)}) {
    const HttpResponse response = Call("ShowIndicators", question);
    EXPECT_EQ(response.status, 400);
    EXPECT_LT(response.body.size(), kErrorBytesMax) << response.body.substr(0, 400);
  }
  EXPECT_LT(Ask("POST", absl::StrCat("/hansa.v1.Node/", words), "{}").body.size(), kErrorBytesMax);
  EXPECT_LT(Ask("GET", absl::StrCat("/data/", words, ".csv")).body.size(), kErrorBytesMax);
  EXPECT_LT(Ask("GET", absl::StrCat("/feeds/", words, ".atom")).body.size(), kErrorBytesMax);
  EXPECT_LT(Ask("GET", absl::StrCat("/proposals/", words)).body.size(), kErrorBytesMax);
}

}  // namespace
}  // namespace hansa::node::door
