#include "node/door/open_api.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "node/accounts/role.h"
#include "node/door/gateway.h"
#include "replication/check.h"

namespace hansa::node::door {
namespace {

namespace pb = google::protobuf;
using Json = nlohmann::ordered_json;
using pb::FieldDescriptor;

constexpr char kAbout[] =
    "What a node of Hansa answers by HTTP. Each method of hansa.v1.Node is asked by POST, in JSON or in protobuf's "
    "bytes, "
    "and answered alike (Connect's unary protocol, so that clients of Connect can be used as they are). Numbers of 64 "
    "bits are texts in JSON, fields that have nothing in them may be left out, and a field that a method does not know "
    "is "
    "refused. Messages are in the language of X-Hansa-Language or else of Accept-Language. What changes something is "
    "answered to pages of the node itself, for an account that has signed in; on the node's own machine programs use "
    "its "
    "Unix socket instead.";

// The comment before something in its file, as one text.
template <typename Described>
std::string CommentOf(const Described& described) {
  pb::SourceLocation location;
  if (!described.GetSourceLocation(&location)) return "";
  std::string text(absl::StripAsciiWhitespace(location.leading_comments));
  // Lines that begin with more than one blank are lists, and stay lines.
  return absl::StrReplaceAll(text, {{"\n   ", "\n- "}, {"\n ", " "}});
}

// "First. Rest." → "First", "Rest."
std::pair<std::string, std::string> SummaryAndRest(const std::string& text) {
  const std::size_t end = text.find(". ");
  if (end == std::string::npos) return {std::string(absl::StripSuffix(text, ".")), ""};
  return {text.substr(0, end), text.substr(end + 2)};
}

// Within the package, such as "Peer" or "SearchReply.Hit".
std::string NameOf(const pb::Descriptor& type) {
  return std::string(absl::StripPrefix(type.full_name(), absl::StrCat(type.file()->package(), ".")));
}

Json Ref(absl::string_view kind, absl::string_view name) {
  return {{"$ref", absl::StrCat("#/components/", kind, "/", name)}};
}

Json Whole(const char* format) { return {{"type", "integer"}, {"format", format}}; }
Json WholeText(const char* format, const char* pattern) {
  return {{"type", "string"}, {"format", format}, {"pattern", pattern}};
}

Json EnumSchema(const pb::EnumDescriptor& type) {
  Json names = Json::array();
  for (int i = 0; i < type.value_count(); ++i) names.push_back(type.value(i)->name());
  return {{"type", "string"}, {"enum", names}};
}

// One value of a field.
Json ValueSchema(const FieldDescriptor& field) {
  switch (field.type()) {
    case FieldDescriptor::TYPE_BOOL:
      return {{"type", "boolean"}};
    case FieldDescriptor::TYPE_STRING:
      return {{"type", "string"}};
    case FieldDescriptor::TYPE_BYTES:
      return {{"type", "string"}, {"contentEncoding", "base64"}};
    case FieldDescriptor::TYPE_DOUBLE:
    case FieldDescriptor::TYPE_FLOAT:
      return {{"type", "number"}};
    case FieldDescriptor::TYPE_INT32:
    case FieldDescriptor::TYPE_SINT32:
    case FieldDescriptor::TYPE_SFIXED32:
      return Whole("int32");
    case FieldDescriptor::TYPE_UINT32:
    case FieldDescriptor::TYPE_FIXED32: {
      Json schema = Whole("int64");
      schema["minimum"] = 0;
      return schema;
    }
    case FieldDescriptor::TYPE_INT64:
    case FieldDescriptor::TYPE_SINT64:
    case FieldDescriptor::TYPE_SFIXED64:
      return WholeText("int64", "^-?[0-9]+$");
    case FieldDescriptor::TYPE_UINT64:
    case FieldDescriptor::TYPE_FIXED64:
      return WholeText("uint64", "^[0-9]+$");
    case FieldDescriptor::TYPE_ENUM:
      return EnumSchema(*field.enum_type());
    default:
      return Ref("schemas", NameOf(*field.message_type()));
  }
}

Json FieldSchema(const FieldDescriptor& field) {
  Json schema;
  if (field.is_map()) {
    schema = {{"type", "object"}, {"additionalProperties", ValueSchema(*field.message_type()->map_value())}};
  } else if (field.is_repeated()) {
    schema = {{"type", "array"}, {"items", ValueSchema(field)}};
  } else {
    schema = ValueSchema(field);
  }
  std::string text = CommentOf(field);
  if (const pb::OneofDescriptor* choice = field.real_containing_oneof(); choice != nullptr) {
    absl::StrAppend(&text, text.empty() ? "" : " ", "At most one of ", choice->name(), " is there.");
  }
  if (!text.empty()) schema["description"] = text;
  return schema;
}

Json MessageSchema(const pb::Descriptor& type) {
  Json properties = Json::object();
  for (int i = 0; i < type.field_count(); ++i) properties[type.field(i)->json_name()] = FieldSchema(*type.field(i));
  Json schema = {{"type", "object"}, {"properties", properties}};
  const std::string text = CommentOf(type);
  if (!text.empty()) schema["description"] = text;
  return schema;
}

// `type` and all that is in it.
void AddSchemas(const pb::Descriptor& type, Json& schemas) {
  if (schemas.contains(NameOf(type))) return;
  schemas[NameOf(type)] = MessageSchema(type);
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    const pb::Descriptor* within =
        field.is_map() ? field.message_type()->map_value()->message_type() : field.message_type();
    if (within != nullptr) AddSchemas(*within, schemas);
  }
}

Json Content(const pb::Descriptor& type) {
  return {{"application/json", {{"schema", Ref("schemas", NameOf(type))}}},
          {"application/proto",
           {{"schema", {{"description", absl::StrCat("hansa.v1.", NameOf(type), " in protobuf's bytes")}}}}}};
}

Json SignedIn() { return Json::array({{{"session", Json::array()}, {"csrf", Json::array()}}}); }

Json OperationOf(const pb::MethodDescriptor& method, accounts::Role needs) {
  auto [summary, rest] = SummaryAndRest(CommentOf(method));
  absl::StrAppend(&rest, rest.empty() ? "" : "\n\n", "Least role: ", accounts::RoleName(needs), ".");
  Json operation = {{"operationId", method.name()},
                    {"summary", summary},
                    {"description", rest},
                    {"tags", {"methods"}},
                    {"x-hansa-role", accounts::RoleName(needs)}};
  Json security = SignedIn();
  if (needs == accounts::Role::kPublic) security.push_back(Json::object());
  operation["security"] = security;
  operation["requestBody"] = {{"required", true}, {"content", Content(*method.input_type())}};
  operation["responses"] = {{"200", {{"description", "The reply"}, {"content", Content(*method.output_type())}}},
                            {"4XX", Ref("responses", "Error")},
                            {"5XX", Ref("responses", "Error")}};
  return operation;
}

// An address that is read by GET.
struct Address {
  const char* path;
  const char* name;  // of the operation
  const char* summary;
  const char* about;
  const char* media_type;
  bool is_for_all = false;  // also where the owner opened nothing
};
constexpr Address kAddresses[] = {
    {"/healthz", "getHealth", "Whether the node takes writes", "503 while its disk refuses them.", "text/plain", true},
    {"/metrics", "getMetrics", "How the node is, for Prometheus", "To programs of its own machine alone.", "text/plain",
     true},
    {"/data/{file}", "getFigures", "Published figures as a file",
     "network or a member, -YEAR if wanted, and .csv, .sdmx.csv, .xml, .jsonl or .xlsx; a Link head names what "
     "describes "
     "them.",
     "*/*"},
    {"/feeds/{file}", "getFeed", "What was published last, as Atom or JSON Feed",
     "practices, network or a member, and .atom or .json; ?feature= and ?action= narrow it down.", "*/*"},
    {"/events", "listen", "What happens, as server-sent events",
     "Each event says what to read again: views, status, drafts, news, proposals, or all. To who is not signed in "
     "views "
     "alone. "
     "Last-Event-ID resumes.",
     "text/event-stream"},
    {"/proposals", "listProposals", "What waits for a second person",
     "Where the node asks for one, whatever publishes is put forward: 409 with X-Hansa-Put-Forward. To publishers.",
     "application/json"},
    {"/openapi.json", "getOpenApi", "This description", "", "application/json", true},
    {"/session", "getSession", "Who is signed in", "", "application/json", true},
};

Json OperationOf(const Address& address) {
  Json security = Json::array({Json::object()});
  if (!address.is_for_all) security.push_back({{"session", Json::array()}});
  Json operation = {{"operationId", address.name}, {"summary", address.summary}};
  if (*address.about != '\0') operation["description"] = address.about;
  operation["tags"] = {"addresses"};
  operation["security"] = security;
  if (absl::StrContains(address.path, "{file}")) {
    operation["parameters"] =
        Json::array({{{"name", "file"}, {"in", "path"}, {"required", true}, {"schema", {{"type", "string"}}}}});
  }
  operation["responses"] = {
      {"200", {{"description", "What was asked for"}, {"content", {{address.media_type, Json::object()}}}}},
      {"4XX", {{"description", "Why not, in one line"}, {"content", {{"text/plain", Json::object()}}}}},
      {"5XX", {{"description", "Why not, in one line"}, {"content", {{"text/plain", Json::object()}}}}}};
  return operation;
}

Json ErrorSchema() {
  return {{"type", "object"},
          {"description", "What failed and what to do, in one line, in the language of whoever asked."},
          {"required", {"code", "message"}},
          {"properties",
           {{"code",
             {{"type", "string"},
              {"enum",
               {"canceled", "unknown", "invalid_argument", "deadline_exceeded", "not_found", "already_exists",
                "permission_denied", "resource_exhausted", "failed_precondition", "aborted", "out_of_range",
                "unimplemented", "internal", "unavailable", "data_loss", "unauthenticated"}}}},
            {"message", {{"type", "string"}}}}}};
}

Json SecuritySchemes() {
  return {
      {"session",
       {{"type", "apiKey"},
        {"in", "cookie"},
        {"name", "__Host-hansa"},
        {"description", "Set by signing in; without HTTPS, on the node's own machine, it is hansa-PORT."}}},
      {"csrf",
       {{"type", "apiKey"}, {"in", "header"}, {"name", "X-Hansa-CSRF"}, {"description", "\"csrf\" of GET /session."}}}};
}

}  // namespace

std::string OpenApiText(absl::string_view protos, const std::string& version) {
  pb::FileDescriptorSet files;
  HANSA_CHECK(files.ParseFromArray(protos.data(), static_cast<int>(protos.size())));
  pb::DescriptorPool pool;
  for (const pb::FileDescriptorProto& file : files.file()) HANSA_CHECK(pool.BuildFile(file) != nullptr);
  const pb::ServiceDescriptor* const service = pool.FindServiceByName("hansa.v1.Node");
  HANSA_CHECK(service != nullptr);

  Json paths = Json::object();
  Json schemas = {{"Error", ErrorSchema()}};
  for (int i = 0; i < service->method_count(); ++i) {
    const pb::MethodDescriptor& method = *service->method(i);
    const std::optional<accounts::Role> needs = Gateway::NeedsOf(method.name());
    if (!needs) continue;
    paths[absl::StrCat(kGatewayPath, method.name())] = {{"post", OperationOf(method, *needs)}};
    AddSchemas(*method.input_type(), schemas);
    AddSchemas(*method.output_type(), schemas);
  }
  for (const Address& address : kAddresses) paths[address.path] = {{"get", OperationOf(address)}};

  const Json error = {{"description", "What failed and what to do"},
                      {"content", {{"application/json", {{"schema", Ref("schemas", "Error")}}}}}};
  const Json description = {
      {"openapi", "3.1.0"},
      {"info",
       {{"title", "Hansa node"},
        {"version", version},
        {"description", kAbout},
        {"license", {{"name", "EUPL-1.2"}, {"identifier", "EUPL-1.2"}}}}},
      {"servers", Json::array({{{"url", "/"}, {"description", "The node that gave this"}}})},
      {"tags", Json::array({{{"name", "methods"}, {"description", "hansa.v1.Node"}},
                            {{"name", "addresses"}, {"description", "What is read by GET"}}})},
      {"paths", paths},
      {"components",
       {{"schemas", schemas}, {"responses", {{"Error", error}}}, {"securitySchemes", SecuritySchemes()}}}};
  return description.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace hansa::node::door
