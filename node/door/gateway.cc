#include "node/door/gateway.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "hansa/v1/access.pb.h"
#include "hansa/v1/node.pb.h"
#include "node/api/caller_metadata.h"
#include "node/domain/text.h"
#include "node/words/words.h"

namespace hansa::node::door {
namespace {

namespace pb = google::protobuf;

constexpr std::size_t kReasonCharactersMax = 200;
constexpr absl::Duration kPatienceMax = absl::Seconds(60);
constexpr char kJson[] = "application/json";
constexpr char kProto[] = "application/proto";

// How Connect writes a code, and the HTTP status that goes with it.
struct ConnectCode {
  absl::StatusCode code;
  const char* name;
  int status;
};
constexpr std::array<ConnectCode, 16> kCodes = {{
    {absl::StatusCode::kCancelled, "canceled", 499},
    {absl::StatusCode::kUnknown, "unknown", 500},
    {absl::StatusCode::kInvalidArgument, "invalid_argument", 400},
    {absl::StatusCode::kDeadlineExceeded, "deadline_exceeded", 504},
    {absl::StatusCode::kNotFound, "not_found", 404},
    {absl::StatusCode::kAlreadyExists, "already_exists", 409},
    {absl::StatusCode::kPermissionDenied, "permission_denied", 403},
    {absl::StatusCode::kResourceExhausted, "resource_exhausted", 429},
    {absl::StatusCode::kFailedPrecondition, "failed_precondition", 400},
    {absl::StatusCode::kAborted, "aborted", 409},
    {absl::StatusCode::kOutOfRange, "out_of_range", 400},
    {absl::StatusCode::kUnimplemented, "unimplemented", 404},
    {absl::StatusCode::kInternal, "internal", 500},
    {absl::StatusCode::kUnavailable, "unavailable", 503},
    {absl::StatusCode::kDataLoss, "data_loss", 500},
    {absl::StatusCode::kUnauthenticated, "unauthenticated", 401},
}};
const ConnectCode& CodeOf(absl::StatusCode code) {
  const auto* found =
      std::find_if(kCodes.begin(), kCodes.end(), [code](const ConnectCode& each) { return each.code == code; });
  return found == kCodes.end() ? kCodes[1] : *found;
}

const pb::ServiceDescriptor& Service() {
  // Naming a message has its file registered first.
  static const pb::ServiceDescriptor* const service =
      v1::GetStatusRequest::descriptor()->file()->FindServiceByName("Node");
  return *service;
}
const pb::MethodDescriptor* MethodNamed(absl::string_view name) {
  return Service().FindMethodByName(std::string(name));
}

// Whether some field of `type`, or of what is in it, is as `is_one` says.
using FieldTest = bool (*)(const pb::FieldDescriptor&);
bool HasField(const pb::Descriptor& type, FieldTest is_one, std::set<const pb::Descriptor*>& seen) {
  if (!seen.insert(&type).second) return false;
  for (int i = 0; i < type.field_count(); ++i) {
    const pb::FieldDescriptor& field = *type.field(i);
    if (is_one(field)) return true;
    if (field.message_type() != nullptr && HasField(*field.message_type(), is_one, seen)) return true;
  }
  return false;
}
bool HasField(const pb::Descriptor& type, FieldTest is_one) {
  std::set<const pb::Descriptor*> seen;
  return HasField(type, is_one, seen);
}
bool IsFile(const pb::FieldDescriptor& field) { return field.type() == pb::FieldDescriptor::TYPE_BYTES; }
bool IsSaid(const pb::FieldDescriptor& field) { return field.options().GetExtension(v1::said); }

// Puts the sentences of ours in `message` into another language.
class Translation {
 public:
  explicit Translation(words::Language language) : words_(language) {}

  // Whether anything in messages of that type would change.
  bool Concerns(const pb::Descriptor& type) {
    if (words_.language() == words::Language::kEnglish) return false;
    const auto [known, is_new] = concerned_.try_emplace(&type, false);
    if (is_new) known->second = HasField(type, IsSaid);
    return known->second;
  }
  void Translate(pb::Message& message) {
    const pb::Reflection& reflection = *message.GetReflection();
    std::vector<const pb::FieldDescriptor*> fields;
    reflection.ListFields(message, &fields);
    for (const pb::FieldDescriptor* field : fields) {
      if (field->message_type() != nullptr && Concerns(*field->message_type())) {
        TranslateWithin(*field, message);
      } else if (field->type() == pb::FieldDescriptor::TYPE_STRING && IsSaid(*field)) {
        TranslateText(*field, message);
      }
    }
  }

 private:
  void TranslateWithin(const pb::FieldDescriptor& field, pb::Message& message) {
    const pb::Reflection& reflection = *message.GetReflection();
    if (!field.is_repeated()) return Translate(*reflection.MutableMessage(&message, &field));
    for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
      Translate(*reflection.MutableRepeatedMessage(&message, &field, i));
    }
  }
  void TranslateText(const pb::FieldDescriptor& field, pb::Message& message) {
    const pb::Reflection& reflection = *message.GetReflection();
    if (!field.is_repeated()) {
      return reflection.SetString(&message, &field, words_.Translated(reflection.GetString(message, &field)));
    }
    for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
      const std::string line = reflection.GetRepeatedString(message, &field, i);
      reflection.SetRepeatedString(&message, &field, i, words_.Translated(line));
    }
  }

  const words::Words words_;
  std::map<const pb::Descriptor*, bool> concerned_;
};

std::unique_ptr<pb::Message> NewMessage(const pb::Descriptor& type) {
  return std::unique_ptr<pb::Message>(pb::MessageFactory::generated_factory()->GetPrototype(&type)->New());
}

// The message that a method takes.
absl::StatusOr<std::unique_ptr<pb::Message>> MessageIn(const std::string& method, const std::string& question) {
  const pb::MethodDescriptor* const described = MethodNamed(method);
  if (described == nullptr) return absl::InternalError("there is no method of that name here");
  std::unique_ptr<pb::Message> message = NewMessage(*described->input_type());
  if (!message->ParseFromString(question)) return absl::InternalError("the question cannot be read");
  return message;
}
// Those of its own fields that carry a file.
std::vector<const pb::FieldDescriptor*> FilesIn(const pb::Message& message) {
  std::vector<const pb::FieldDescriptor*> files;
  message.GetReflection()->ListFields(message, &files);
  files.erase(std::remove_if(files.begin(), files.end(),
                             [](const pb::FieldDescriptor* field) { return field->is_repeated() || !IsFile(*field); }),
              files.end());
  return files;
}

// Whether a field of what publishes says what whoever asks has looked at. In every such request fields of these names
// do, and left out they mean whatever is there when it is performed: that one name is one idea in all of the protos
// saves marking each of them, and naming methods here.
bool SaysWhatWasRead(const pb::FieldDescriptor& field) {
  constexpr std::array<absl::string_view, 4> kNames = {"draft", "of_revision", "revision", "year"};
  return std::find(kNames.begin(), kNames.end(), field.name()) != kNames.end();
}

// The media type without its parameters, in lower case.
std::string MediaTypeOf(const HttpRequest& request) {
  const absl::string_view type = request.Header("content-type");
  return absl::AsciiStrToLower(absl::StripAsciiWhitespace(type.substr(0, type.find(';'))));
}

// The library's words about JSON that is not the question; a field that there is none of by its name, which it writes
// as "(rows[3]) colour".
absl::Status Misread(absl::string_view method, absl::string_view why) {
  if (absl::ConsumeSuffix(&why, ": Cannot find field.")) {
    absl::ConsumePrefix(&why, "(");
    return absl::InvalidArgumentError(absl::StrCat(domain::Quoted(absl::StrReplaceAll(why, {{") ", "."}})),
                                                   " is nothing that ", method,
                                                   " takes; /openapi.json lists what it does"));
  }
  const std::string first_line = domain::Shortened(why.substr(0, why.find('\n')), kReasonCharactersMax);
  return absl::InvalidArgumentError(
      absl::StrCat("this is not the JSON that ", method, " takes; /openapi.json describes it (", first_line, ")"));
}

absl::StatusOr<std::string> QuestionIn(const HttpRequest& request, const pb::MethodDescriptor& method, bool is_json) {
  const std::unique_ptr<pb::Message> question = NewMessage(*method.input_type());
  if (!is_json) {
    if (!question->ParseFromString(request.body)) {
      return absl::InvalidArgumentError(absl::StrCat("these bytes are not the message that ", method.name(), " takes"));
    }
    // Nobody who reads the question sees them.
    question->DiscardUnknownFields();
    return question->SerializeAsString();
  }
  const auto read = pb::util::JsonStringToMessage(request.body, question.get());
  if (!read.ok()) {
    const auto why = read.message();
    return Misread(method.name(), absl::string_view(why.data(), why.size()));
  }
  return question->SerializeAsString();
}

absl::StatusOr<std::string> AnswerIn(std::string bytes, const pb::MethodDescriptor& method, bool is_json,
                                     words::Language language) {
  Translation translation(language);
  const bool is_translated = translation.Concerns(*method.output_type());
  if (!is_json && !is_translated) return bytes;
  const std::unique_ptr<pb::Message> reply = NewMessage(*method.output_type());
  if (!reply->ParseFromString(bytes)) return absl::InternalError("the reply of the node cannot be read");
  if (is_translated) translation.Translate(*reply);
  if (!is_json) return reply->SerializeAsString();
  std::string json;
  if (!pb::util::MessageToJsonString(*reply, &json).ok()) {
    return absl::InternalError("the reply of the node cannot be read");
  }
  return json;
}

// What the node's own API is told of who asks.
std::vector<std::pair<std::string, std::string>> MetadataOf(const Caller& caller) {
  std::vector<std::pair<std::string, std::string>> metadata;
  for (const std::string& department : caller.departments) metadata.emplace_back(api::kDepartmentMetadata, department);
  if (!caller.account.empty()) metadata.emplace_back(api::kAccountMetadata, caller.account);
  return metadata;
}

// How long whoever asks would wait, as Connect says it.
absl::StatusOr<absl::Duration> PatienceOf(const HttpRequest& request) {
  const absl::string_view version = request.Header("connect-protocol-version");
  if (!version.empty() && version != "1") {
    return absl::InvalidArgumentError("only version 1 of the Connect protocol is spoken here");
  }
  const absl::string_view encoding = request.Header("content-encoding");
  if (!encoding.empty() && encoding != "identity") {
    return absl::UnimplementedError("questions are read uncompressed; leave Content-Encoding out");
  }
  const absl::string_view said = request.Header("connect-timeout-ms");
  std::uint32_t milliseconds = 0;
  if (said.empty()) return kPatienceMax;
  if (said.size() > 10 || !absl::SimpleAtoi(said, &milliseconds)) {
    return absl::InvalidArgumentError("Connect-Timeout-Ms is a whole number of milliseconds");
  }
  return std::min(kPatienceMax, absl::Milliseconds(milliseconds));
}

}  // namespace

HttpResponse ConnectError(const absl::Status& status, words::Language language) {
  const ConnectCode& code = CodeOf(status.code());
  const std::string message = words::Words(language).Translated(status.message());
  const nlohmann::json body = {{"code", code.name}, {"message", message}};
  return {.status = code.status,
          .headers = {{"content-type", kJson}},
          .body = body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)};
}

// Roles have the numbers that the protos give to what needs them.
static_assert(static_cast<int>(accounts::Role::kPublic) == v1::ACCESS_PUBLIC);
static_assert(static_cast<int>(accounts::Role::kReader) == v1::ACCESS_READER);
static_assert(static_cast<int>(accounts::Role::kEditor) == v1::ACCESS_EDITOR);
static_assert(static_cast<int>(accounts::Role::kPublisher) == v1::ACCESS_PUBLISHER);
static_assert(static_cast<int>(accounts::Role::kAdministrator) == v1::ACCESS_ADMINISTRATOR);

std::optional<accounts::Role> Gateway::NeedsOf(absl::string_view method) {
  const pb::MethodDescriptor* const described = MethodNamed(method);
  if (described == nullptr) return std::nullopt;
  const v1::Access access = described->options().GetExtension(v1::access);
  if (access == v1::ACCESS_UNSPECIFIED) return std::nullopt;
  return static_cast<accounts::Role>(access);
}

absl::string_view Gateway::MethodOf(absl::string_view path) {
  return absl::ConsumePrefix(&path, kGatewayPath) ? path : absl::string_view();
}

bool Gateway::TakesFiles(const HttpRequest& head) {
  const pb::MethodDescriptor* const described = MethodNamed(MethodOf(head.path));
  return MediaTypeOf(head) == kProto && described != nullptr && HasField(*described->input_type(), IsFile);
}

bool Gateway::Publishes(absl::string_view method) {
  const pb::MethodDescriptor* const described = MethodNamed(method);
  return described != nullptr && described->options().GetExtension(v1::publishes);
}

absl::StatusOr<std::string> Gateway::QuestionOf(const HttpRequest& request) {
  const pb::MethodDescriptor* const method = MethodNamed(MethodOf(request.path));
  if (method == nullptr) return absl::InvalidArgumentError("there is no method of that name here");
  return QuestionIn(request, *method, MediaTypeOf(request) == kJson);
}

absl::Status Gateway::CheckNamesWhatWasRead(const std::string& method, const std::string& question) {
  const absl::StatusOr<std::unique_ptr<pb::Message>> message = MessageIn(method, question);
  if (!message.ok()) return message.status();
  const pb::Descriptor& type = *(*message)->GetDescriptor();
  std::vector<std::string> missing;
  for (int i = 0; i < type.field_count(); ++i) {
    const pb::FieldDescriptor& field = *type.field(i);
    const bool is_said = field.is_repeated() || (*message)->GetReflection()->HasField(**message, &field);
    if (SaysWhatWasRead(field) && !is_said) missing.push_back(field.json_name());
  }
  if (missing.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("a second person has to agree to this; give ",
                                                 absl::StrJoin(missing, ", "),
                                                 " as well, so that nothing is published but what was looked at"));
}

absl::StatusOr<std::string> Gateway::TextOf(const std::string& method, const std::string& question,
                                            std::size_t file_bytes_max) {
  const absl::StatusOr<std::unique_ptr<pb::Message>> message = MessageIn(method, question);
  if (!message.ok()) return message.status();
  for (const pb::FieldDescriptor* const field : FilesIn(**message)) {
    const std::string bytes = (*message)->GetReflection()->GetString(**message, field);
    if (bytes.size() > file_bytes_max) (*message)->GetReflection()->ClearField(message->get(), field);
  }
  std::string json;
  if (!pb::util::MessageToJsonString(**message, &json).ok()) return absl::InternalError("the question cannot be read");
  return json;
}

absl::StatusOr<std::string> Gateway::FileIn(const std::string& method, const std::string& question) {
  const absl::StatusOr<std::unique_ptr<pb::Message>> message = MessageIn(method, question);
  if (!message.ok()) return message.status();
  const std::vector<const pb::FieldDescriptor*> files = FilesIn(**message);
  if (files.empty()) return absl::NotFoundError("no file belongs to this");
  return (*message)->GetReflection()->GetString(**message, files.front());
}

HttpResponse Gateway::Answer(const HttpRequest& request, const Caller& caller) const {
  const std::string name(MethodOf(request.path));
  const pb::MethodDescriptor* const method = MethodNamed(name);
  if (method == nullptr) {
    return ConnectError(absl::UnimplementedError("there is no method of that name; /openapi.json lists them"),
                        caller.language);
  }
  if (request.method != "POST") {
    return {.status = 405, .headers = {{"allow", "POST"}}, .body = ""};
  }
  const std::string media_type = MediaTypeOf(request);
  const bool is_json = media_type == kJson;
  if (!is_json && media_type != kProto) {
    return {.status = 415, .headers = {{"accept-post", absl::StrCat(kJson, ", ", kProto)}}, .body = ""};
  }
  const absl::StatusOr<absl::Duration> patience = PatienceOf(request);
  if (!patience.ok()) return ConnectError(patience.status(), caller.language);
  absl::StatusOr<std::string> question = QuestionIn(request, *method, is_json);
  if (!question.ok()) return ConnectError(question.status(), caller.language);
  return Put({.method = name, .bytes = *std::move(question), .metadata = MetadataOf(caller), .patience = *patience},
             is_json ? Form::kJson : Form::kProto, caller.language);
}

HttpResponse Gateway::Perform(const std::string& method, std::string question, const Caller& caller) const {
  if (MethodNamed(method) == nullptr) {
    return ConnectError(absl::UnimplementedError("there is no method of that name here"), caller.language);
  }
  return Put({.method = method, .bytes = std::move(question), .metadata = MetadataOf(caller), .patience = kPatienceMax},
             Form::kJson, caller.language);
}

HttpResponse Gateway::Put(const GatewayQuestion& question, Form form, words::Language language) const {
  const pb::MethodDescriptor& method = *MethodNamed(question.method);
  const bool is_json = form == Form::kJson;
  absl::StatusOr<std::string> reply = ask_(question);
  if (reply.ok()) reply = AnswerIn(*std::move(reply), method, is_json, language);
  if (!reply.ok()) return ConnectError(reply.status(), language);
  return {.status = 200, .headers = {{"content-type", is_json ? kJson : kProto}}, .body = *std::move(reply)};
}

}  // namespace hansa::node::door
