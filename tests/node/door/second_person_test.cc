// Where a second person is asked for: what one account would publish is put forward, and done once another agrees.
#include "node/door/second_person.h"

#include <optional>

#include "tests/node/door/sign_in_fixture.h"

namespace hansa::node::door {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class SecondPersonTest : public SignInTest {
 protected:
  SecondPersonTest() {
    Must(reception_->accounts().SetFourEyes(true));
    pub_ = As("pub");
    adm_ = As("adm");
  }

  // Has `pub` put a publication forward; its number.
  std::string PutForward(const std::string& body = R"({"year": 2025, "reason": "a typing error", "draft": "abc"})") {
    const Answered answered = Call("PublishIndicators", pub_, body);
    EXPECT_EQ(answered.status, 409) << answered.body;
    EXPECT_EQ(answered.Json()["code"], "aborted");
    return answered.heads.count(kPutForwardHead) == 0 ? "" : answered.heads.at(kPutForwardHead);
  }
  // A question that says what was looked at, where the method publishes, in whatever fields it has for that.
  static std::string Whole(const std::string& method) {
    if (!Gateway::Publishes(method)) return "{}";
    const auto* const service = v1::GetStatusRequest::descriptor()->file()->FindServiceByName("Node");
    const google::protobuf::Descriptor& type = *service->FindMethodByName(method)->input_type();
    json question = json::object();
    for (const char* const number : {"year", "revision", "of_revision"}) {
      if (type.FindFieldByName(number) != nullptr) question[number] = 2025;
    }
    if (type.FindFieldByName("draft") != nullptr) question["draft"] = "abc";
    return question.dump();
  }
  json Waiting(const Heads& heads) const { return Ask("GET", "/proposals", heads).Json()["proposals"]; }
  static std::string Agreed(const std::string& id) { return absl::StrCat("/proposals/", id, "/agree"); }
  std::vector<std::string> LastLines(std::size_t n) const {
    const std::vector<std::string> all = Log();
    return {all.end() - static_cast<std::ptrdiff_t>(n), all.end()};
  }

  Heads pub_;
  Heads adm_;
};

TEST_F(SecondPersonTest, WhatIsPutForwardIsDoneAsItWasOnceAnotherAgrees) {
  const auto stream = events_.Listen({.account = "adm", .last_id = ""});
  stream->Take();
  const std::string id = PutForward();
  EXPECT_THAT(Asked(), IsEmpty()) << "nothing was done";
  EXPECT_THAT(stream->Take().value(), HasSubstr("event: proposals"));
  const json waiting = Waiting(adm_);
  ASSERT_THAT(waiting, SizeIs(1));
  EXPECT_EQ(waiting[0]["id"], id);
  EXPECT_EQ(waiting[0]["method"], "PublishIndicators");
  EXPECT_EQ(waiting[0]["by"], "pub");
  EXPECT_EQ(waiting[0]["own"], false);
  EXPECT_EQ(waiting[0]["tried"], false);
  EXPECT_EQ(Waiting(pub_)[0]["own"], true);
  const json read = Ask("GET", absl::StrCat("/proposals/", id), adm_).Json();
  EXPECT_EQ(read["request"], (json{{"year", 2025}, {"reason", "a typing error"}, {"draft", "abc"}}));

  EXPECT_EQ(Ask("POST", Agreed(id), pub_, "{}").status, 403) << "nobody agrees to what they put forward";
  EXPECT_THAT(Asked(), IsEmpty());
  EXPECT_EQ(Ask("POST", Agreed(id), adm_, "{}").status, 200);
  EXPECT_THAT(Asked(), ElementsAre("PublishIndicators"));
  {
    absl::MutexLock lock(&mutex_);
    v1::PublishIndicatorsRequest done;
    ASSERT_TRUE(done.ParseFromString(bytes_));
    EXPECT_EQ(done.reason(), "a typing error");
    EXPECT_THAT(metadata_, ::testing::Contains(std::pair<std::string, std::string>("hansa-account-bin", "adm")));
  }
  EXPECT_THAT(Waiting(adm_), IsEmpty());
  EXPECT_EQ(Ask("POST", Agreed(id), adm_, "{}").status, 404) << "once";
  EXPECT_THAT(stream->Take().value(), HasSubstr("event: proposals"));
  EXPECT_THAT(LastLines(3), ElementsAre("pub PublishIndicators put forward", "pub PublishIndicators refused",
                                        "adm PublishIndicators agreed"));
}

TEST_F(SecondPersonTest, AnAdministratorIsBoundByItAsWell) {
  EXPECT_EQ(Call("AddPractice", adm_).status, 409);
  const std::string id = Waiting(pub_)[0]["id"];
  EXPECT_EQ(Ask("POST", Agreed(id), adm_, "{}").status, 403);
  EXPECT_EQ(Ask("POST", Agreed(id), pub_, "{}").status, 200);
}

TEST_F(SecondPersonTest, WhatPublishesNothingAndWhoeverMayNotAreAnsweredAsEver) {
  EXPECT_EQ(Call("Follow", pub_).status, 200);
  EXPECT_EQ(Call("EditIndicator", As("edi")).status, 200);
  EXPECT_EQ(Call("PublishIndicators", As("edi")).status, 403);
  EXPECT_EQ(Call("PublishIndicators", OwnPage()).status, 401);
  EXPECT_EQ(Call("PublishIndicators", pub_, R"({"colour": 1})").status, 400) << "it says what it is at once";
  EXPECT_THAT(Waiting(adm_), IsEmpty());
  Must(reception_->accounts().SetFourEyes(false));
  EXPECT_EQ(Call("PublishIndicators", pub_).status, 200);
}

// Whoever adds a method decides here what of it somebody has looked at.
TEST_F(SecondPersonTest, WhatWouldMeanAnotherThingOnceSomebodyAgreesIsNotPutForward) {
  const std::map<std::string, std::string> whole = {
      {"PublishIndicators", R"({"year": 2025, "draft": "abc"})"},
      {"WithdrawIndicators", R"({"year": 2025})"},
      {"PublishSummary", R"({"year": 2025})"},
      {"AcceptOffer", R"({"revision": 2})"},
      {"RevisePractice", R"({"ofRevision": 2})"},
      {"ReviseOffer", R"({"ofRevision": 2})"},
      {"ReviseNotice", R"({"ofRevision": 2})"},
      {"ReviseStrategy", R"({"ofRevision": 2})"},
      {"TranslatePractice", R"({"ofRevision": 2})"},
  };
  // 409 and taken back again, or refused.
  const auto status_of = [this](const std::string& method, const std::string& body) {
    const Answered answered = Call(method, adm_, body);
    if (answered.status != 409) return answered.status;
    EXPECT_EQ(Ask("DELETE", absl::StrCat("/proposals/", answered.heads.at(kPutForwardHead)), adm_).status, 200);
    return answered.status;
  };
  for (const std::string& method : Methods()) {
    if (!Gateway::Publishes(method)) continue;
    EXPECT_EQ(status_of(method, "{}"), whole.contains(method) ? 400 : 409) << method;
  }
  for (const auto& [method, body] : whole) {
    EXPECT_EQ(status_of(method, body), 409) << method;
    json without = json::parse(body);
    while (!without.empty()) {
      const std::string field = without.begin().key();
      without.erase(field);
      const Answered refused = Call(method, adm_, without.dump());
      EXPECT_EQ(refused.Json()["code"], "invalid_argument");
      EXPECT_THAT(refused.body, HasSubstr(field)) << "it says what to give";
      EXPECT_EQ(refused.heads.count(kPutForwardHead), 0U);
    }
  }
  EXPECT_THAT(Call("PublishIndicators", adm_, R"({"year": 2025})").body, HasSubstr("give draft as well"));
  EXPECT_THAT(Call("PublishIndicators", adm_).body, HasSubstr("give year, draft as well"));
  EXPECT_EQ(Call("AcceptOffer", adm_, R"({"revision": 0})").status, 400);
  EXPECT_EQ(status_of("SetPlace", R"({"population": 313125, "source": "GeoNames"})"), 409)
      << "a number without a year is a number as well";
  EXPECT_THAT(Asked(), IsEmpty());
  Must(reception_->accounts().SetFourEyes(false));
  EXPECT_EQ(Call("AcceptOffer", adm_).status, 200) << "whatever it says now";
}

TEST_F(SecondPersonTest, EveryMarkedMethodIsPutForwardAndNoOther) {
  for (const std::string& method : Methods()) {
    const Answered answered = Call(method, adm_, Whole(method));
    EXPECT_EQ(answered.status, Gateway::Publishes(method) ? 409 : 200) << method;
    if (!Gateway::Publishes(method)) continue;
    EXPECT_EQ(Ask("DELETE", absl::StrCat("/proposals/", answered.heads.at(kPutForwardHead)), adm_).status, 200);
  }
}

// Whoever adds a method decides here what it is.
TEST_F(SecondPersonTest, WhatAPublisherMayDoPublishesButForWhatStaysOnTheNode) {
  std::vector<std::string> not_bound;
  std::vector<std::string> of_administrators;
  for (const std::string& method : Methods()) {
    const std::optional<accounts::Role> needs = Gateway::NeedsOf(method);
    const bool publishes = Gateway::Publishes(method);
    if (needs == accounts::Role::kPublisher && !publishes) not_bound.push_back(method);
    if (needs == accounts::Role::kAdministrator) of_administrators.push_back(method);
    EXPECT_TRUE(!publishes || needs == accounts::Role::kPublisher) << method;
  }
  EXPECT_THAT(not_bound, UnorderedElementsAre("Follow", "Unfollow", "Mute", "Unmute"));
  EXPECT_THAT(of_administrators,
              UnorderedElementsAre("AddPeer", "RemovePeer", "Verify", "Admit", "SuspendMember", "ResumeMember",
                                   "RevokeMember", "ListRecoveries", "ReinstateMember", "SealMember", "EndFeeds",
                                   "ConfirmFeed", "EraseRecord", "ProposeRoot", "TakeRoot", "Reindex", "Backup",
                                   "AddWebhook", "ListWebhooks", "RemoveWebhook", "TestWebhook", "RotateWebhookSecret",
                                   "ListAccounts", "AddAccount", "ChangeAccount", "LinkAccount", "RemoveAccount",
                                   "EndAccountCode", "SetFourEyes", "SetKeep"));
}

TEST_F(SecondPersonTest, WhatOneWhoIsGoneOrMayNotPublishAnyMorePutForwardIsNotAgreedTo) {
  const std::string id = PutForward();
  Must(reception_->accounts().ChangeRole("pub", accounts::Role::kEditor, {}));
  const Answered demoted = Ask("POST", Agreed(id), adm_, "{}");
  EXPECT_EQ(demoted.Json()["code"], "failed_precondition");
  EXPECT_THAT(demoted.body, HasSubstr("decline it"));
  Must(reception_->accounts().Remove("pub"));
  const Answered gone = Ask("POST", Agreed(id), adm_, "{}");
  EXPECT_EQ(gone.Json()["code"], "failed_precondition");
  EXPECT_THAT(gone.body, HasSubstr("no account here any more"));
  now_ += absl::Seconds(1);
  Must(reception_->accounts().Add({.name = "PUB", .role = accounts::Role::kPublisher}));
  EXPECT_EQ(Ask("POST", Agreed(id), adm_, "{}").Json()["code"], "failed_precondition") << "that is somebody else";
  EXPECT_THAT(Asked(), IsEmpty());
  EXPECT_EQ(Ask("DELETE", absl::StrCat("/proposals/", id), adm_).status, 200);
}

TEST_F(SecondPersonTest, OnlyWhoMayPublishReadsAgreesAndDeclines) {
  const std::string id = PutForward();
  const std::string at = absl::StrCat("/proposals/", id);
  for (const auto& [heads, status] :
       {std::pair(As("edi"), 403), std::pair(As("rea"), 403), std::pair(OwnPage(), 401)}) {
    EXPECT_EQ(Ask("GET", "/proposals", heads).status, status);
    EXPECT_EQ(Ask("GET", at, heads).status, status);
    EXPECT_EQ(Ask("POST", Agreed(id), heads, "{}").status, status);
    EXPECT_EQ(Ask("DELETE", at, heads).status, status);
  }
  EXPECT_EQ(Ask("POST", Agreed(id), Without(adm_, "X-Hansa-CSRF"), "{}").status, 403);
  EXPECT_EQ(Ask("POST", Agreed(id), With(adm_, "Origin", "https://elsewhere.example"), "{}").status, 403);
  EXPECT_EQ(Ask("PUT", at, adm_, "{}").status, 405);
  EXPECT_EQ(Ask("GET", Agreed(id), adm_).status, 405);
  EXPECT_EQ(Ask("GET", "/proposals/0123456789abcdef", adm_).status, 404);
  EXPECT_THAT(Waiting(adm_), SizeIs(1));
  EXPECT_THAT(Asked(), IsEmpty());
}

TEST_F(SecondPersonTest, ItIsTakenBackOrDeclinedAndThenNotDone) {
  EXPECT_EQ(Ask("DELETE", absl::StrCat("/proposals/", PutForward()), pub_).status, 200);
  EXPECT_THAT(LastLines(1), ElementsAre("pub PublishIndicators taken back"));
  const std::string id = PutForward();
  EXPECT_EQ(Ask("DELETE", absl::StrCat("/proposals/", id), adm_).status, 200);
  EXPECT_THAT(LastLines(1), ElementsAre("adm PublishIndicators declined"));
  EXPECT_EQ(Ask("POST", Agreed(id), adm_, "{}").status, 404);
  EXPECT_THAT(Asked(), IsEmpty());
}

TEST_F(SecondPersonTest, WhatWasReadIsHandedOnAsItWas) {
  const Answered answered = Call("AcceptOffer", pub_, R"({"id": "0123456789ab", "revision": 3})");
  ASSERT_EQ(answered.status, 409) << answered.body;
  EXPECT_EQ(Ask("POST", Agreed(answered.heads.at(kPutForwardHead)), adm_, "{}").status, 200);
  absl::MutexLock lock(&mutex_);
  v1::AcceptOfferRequest done;
  ASSERT_TRUE(done.ParseFromString(bytes_));
  EXPECT_EQ(done.revision(), 3U);
}

TEST_F(SecondPersonTest, WhatTheNodeRefusesWaitsOn) {
  const std::string id = PutForward();
  {
    absl::MutexLock lock(&mutex_);
    refuses_ = absl::FailedPreconditionError("the draft has changed since");
  }
  const Answered refused = Ask("POST", Agreed(id), adm_, "{}");
  EXPECT_EQ(refused.Json()["code"], "failed_precondition");
  EXPECT_THAT(Waiting(adm_), SizeIs(1));
  absl::MutexLock lock(&mutex_);
  refuses_ = absl::OkStatus();
}

TEST_F(SecondPersonTest, WhatMayHaveBeenDoneWaitsOnAndSaysSo) {
  const std::string id = PutForward();
  {
    absl::MutexLock lock(&mutex_);
    refuses_ = absl::DeadlineExceededError("it took too long");
  }
  EXPECT_EQ(Ask("POST", Agreed(id), adm_, "{}").status, 504);
  EXPECT_EQ(Waiting(adm_)[0]["tried"], true);
  EXPECT_THAT(LastLines(1), ElementsAre("adm PublishIndicators failed"));
  {
    absl::MutexLock lock(&mutex_);
    refuses_ = absl::FailedPreconditionError("the draft has changed since");
  }
  EXPECT_EQ(Ask("POST", Agreed(id), adm_, "{}").status, 400);
  EXPECT_EQ(Waiting(adm_)[0]["tried"], true) << "of the first time it is still not known";
  EXPECT_EQ(NewProposals()->List().front().was_tried, true) << "it is on the disk";
  absl::MutexLock lock(&mutex_);
  refuses_ = absl::OkStatus();
}

TEST_F(SecondPersonTest, TheLogHasTheNumberOfWhatWasAgreedTo) {
  const std::string id = PutForward();
  EXPECT_EQ(Ask("POST", Agreed(id), adm_, "{}").status, 200);
  const accounts::AuditLog log({.folder = folder_.path(), .now = absl::UnixEpoch});
  const std::vector<accounts::AuditLine> lines = Must(log.Read(2));
  ASSERT_THAT(lines, SizeIs(2));
  EXPECT_EQ(lines[0].entry.proposal, id);
  EXPECT_EQ(lines[1].entry.proposal, id);
  EXPECT_EQ(lines[1].entry.result, "agreed");
  EXPECT_EQ(lines[1].entry.about, "pub");
}

TEST_F(SecondPersonTest, WhatNobodyCanReadIsNotKept) {
  v1::AttachFileRequest attach;
  attach.set_file("plan.pdf");
  const std::string known = attach.SerializeAsString();
  // Field 2,000 as a text: no field of the method.
  const std::string unknown =
      "\x82\x7d\x03"
      "abc";
  const Answered answered = Call("AttachFile", With(pub_, "Content-Type", "application/proto"), known + unknown);
  ASSERT_EQ(answered.status, 409) << answered.body;
  EXPECT_EQ(Must(proposals_->Request(answered.heads.at(kPutForwardHead))), known);
}

TEST_F(SecondPersonTest, WhatWaitsOutlivesTheNodesProcess) {
  const std::string id = PutForward();
  server_->Stop();
  site_.reset();
  proposals_ = NewProposals();
  Open(false);
  const Heads adm = As("adm");
  EXPECT_EQ(Waiting(adm)[0]["id"], id);
  EXPECT_EQ(Ask("POST", Agreed(id), adm, "{}").status, 200);
  EXPECT_THAT(Asked(), ElementsAre("PublishIndicators"));
}

TEST_F(SecondPersonTest, AFileIsReadAtItsOwnAddress) {
  v1::AttachFileRequest attach;
  attach.set_id("0123456789");
  attach.set_file("plan.pdf");
  attach.set_content(std::string(100'000, 'x'));
  const Answered answered =
      Call("AttachFile", With(pub_, "Content-Type", "application/proto"), attach.SerializeAsString());
  ASSERT_EQ(answered.status, 409) << answered.body;
  const std::string at = absl::StrCat("/proposals/", answered.heads.at(kPutForwardHead));
  const json read = Ask("GET", at, adm_).Json();
  EXPECT_EQ(read["request"]["file"], "plan.pdf");
  EXPECT_EQ(read["request"].count("content"), 0U);
  EXPECT_EQ(read["file_bytes"], 100'000);
  const Answered file = Ask("GET", at + "/file", adm_);
  EXPECT_EQ(file.body, attach.content());
  EXPECT_EQ(file.heads.at("content-disposition"), "attachment");
  const std::string without = absl::StrCat("/proposals/", PutForward());
  EXPECT_EQ(Ask("GET", without + "/file", adm_).status, 404);
  EXPECT_EQ(Ask("GET", without, adm_).Json().count("file_bytes"), 0U);
  // Of whatever carries one.
  const Answered practice = Call("AddPractice", pub_, R"({"file": "practice.json", "content": "e30="})");
  ASSERT_EQ(practice.status, 409) << practice.body;
  const json shown = Ask("GET", absl::StrCat("/proposals/", practice.heads.at(kPutForwardHead)), adm_).Json();
  EXPECT_EQ(shown["file_bytes"], 2);
  EXPECT_EQ(shown["request"]["content"], "e30=");
}

}  // namespace
}  // namespace hansa::node::door
