// The description of the API: whole, sound in itself, and in the words of the protos.
#include "node/door/open_api.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "hansa/v1/node.pb.h"
#include "node/door/described_protos.h"

namespace hansa::node::door {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;
using Json = nlohmann::json;

class OpenApiTest : public ::testing::Test {
 protected:
  const Json& Schema(const std::string& name) { return api_.at("components").at("schemas").at(name); }
  const Json& Method(const std::string& name) {
    return api_.at("paths").at(absl::StrCat("/hansa.v1.Node/", name)).at("post");
  }
  // Everything that `part` refers to, in every depth.
  void CollectRefs(const Json& part, std::set<std::string>& refs) {
    for (const auto& [key, value] : part.items()) {
      if (key == "$ref") {
        refs.insert(value.get<std::string>());
      } else if (value.is_structured()) {
        CollectRefs(value, refs);
      }
    }
  }

  const Json api_ = Json::parse(OpenApiText(DescribedProtos(), "1.2.3"));
};

TEST_F(OpenApiTest, EveryMethodIsThereWithItsRole) {
  const auto* const service = v1::GetStatusRequest::descriptor()->file()->FindServiceByName("Node");
  for (int i = 0; i < service->method_count(); ++i) {
    const Json& method = Method(service->method(i)->name());
    EXPECT_FALSE(method.at("summary").get<std::string>().empty()) << service->method(i)->name();
    EXPECT_THAT(method.at("description").get<std::string>(),
                HasSubstr(absl::StrCat("Least role: ", method.at("x-hansa-role").get<std::string>(), ".")));
  }
  EXPECT_EQ(Method("GetStatus").at("x-hansa-role"), "reader");
  EXPECT_EQ(Method("GetStatus").at("security").size(), 1);
  EXPECT_EQ(Method("ListPractices").at("x-hansa-role"), "public");
  EXPECT_EQ(Method("ListPractices").at("security").size(), 2) << "also without signing in";
  EXPECT_EQ(Method("Backup").at("x-hansa-role"), "administrator");
}

TEST_F(OpenApiTest, WhatIsReferredToIsThereAndNothingElse) {
  std::set<std::string> refs;
  CollectRefs(api_, refs);
  EXPECT_GT(refs.size(), 200);
  std::set<std::string> schemas;
  for (const auto& [name, schema] : api_.at("components").at("schemas").items()) {
    schemas.insert(absl::StrCat("#/components/schemas/", name));
  }
  schemas.insert("#/components/responses/Error");
  EXPECT_EQ(refs, schemas);
}

TEST_F(OpenApiTest, FieldsAreAsTheJsonOfProtobufHasThem) {
  const Json& peer = Schema("PeerStatus").at("properties");
  EXPECT_EQ(peer.at("lastError").at("type"), "string");
  EXPECT_EQ(peer.at("connected").at("type"), "boolean");
  EXPECT_EQ(peer.at("behindEntries").at("format"), "uint64");
  EXPECT_EQ(peer.at("behindEntries").at("type"), "string");
  EXPECT_EQ(Schema("ListPeersReply").at("properties").at("peers").at("items").at("$ref"),
            "#/components/schemas/PeerStatus");
  EXPECT_EQ(Schema("ImportIndicatorsRequest").at("properties").at("content").at("contentEncoding"), "base64");
  EXPECT_EQ(Schema("ImportIndicatorsRequest").at("properties").at("year").at("type"), "integer");
  EXPECT_EQ(Schema("Error").at("required"), Json({"code", "message"}));
}

TEST_F(OpenApiTest, WhatIsSaidOfThingsIsWhatTheProtosSay) {
  EXPECT_EQ(Schema("PeerStatus").at("description"), "One neighbour.");
  EXPECT_EQ(Schema("PeerStatus").at("properties").at("state").at("description"), "live, syncing, connecting, waiting.");
  EXPECT_THAT(Method("GetStatus").at("summary").get<std::string>(), StartsWith("Who the node is"));
}

TEST_F(OpenApiTest, AddressesThatAreReadAreThereToo) {
  EXPECT_EQ(api_.at("openapi"), "3.1.0");
  EXPECT_EQ(api_.at("info").at("version"), "1.2.3");
  for (const std::string path : {"/data/{file}", "/feeds/{file}", "/events", "/healthz", "/metrics", "/openapi.json"}) {
    EXPECT_TRUE(api_.at("paths").at(path).contains("get")) << path;
  }
}

}  // namespace
}  // namespace hansa::node::door
