// Files at the desk: attached to records of every kind that may name them, kept by revisions, left out again.
#include "node/desk/file_desk.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/node/files/files_fixture.h"

namespace hansa::testing {
namespace {

using absl::StatusCode;
namespace domain = node::domain;
using node::desk::ListedFile;
using node::desk::PublishedEntry;
using node::files::FileState;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using FileDeskTest = FilesFixture;

TEST_F(FileDeskTest, WhatIsAttachedIsHereWholeAndReadsAsItWas) {
  Must(Attach("folder/report.pdf", content_));
  bonn_.Pass();
  const ListedFile file = Only(bonn_);
  EXPECT_EQ(file.name, "report.pdf");
  EXPECT_EQ(file.media_type, "application/pdf");
  EXPECT_EQ(file.standing.state, FileState::kHere);
  ASSERT_EQ(file.standing.chunks, 3u);
  std::string read;
  for (std::uint32_t i = 0; i < 3; ++i) read += Must(bonn_.desk.ReadChunk({id_}, "report.pdf", i));
  EXPECT_EQ(read, content_);
}

TEST_F(FileDeskTest, WhatCannotBeAttachedIsRefused) {
  Must(Attach("a.txt", "a"));
  EXPECT_THAT(Attach("a.txt", "b"), StatusIs(StatusCode::kAlreadyExists, "called 'a.txt' already"));
  EXPECT_THAT(Attach("b.txt", ""), StatusIs(StatusCode::kInvalidArgument, "empty"));
  EXPECT_THAT(Attach("b.txt", std::string(26'214'401, 'x')), StatusIs(StatusCode::kInvalidArgument, "25 MiB"));
}

TEST_F(FileDeskTest, ARevisionKeepsTheFilesAndDetachLeavesOneOut) {
  Must(Attach("a.txt", "a"));
  const std::string again = R"({"title": "Reading louder", "language": "en", "summary": "S"})";
  Must(bonn_.practices.Revise({.id = id_, .file = {.name = "p.json", .content = again}, .reason = ""}).status());
  EXPECT_EQ(Only(bonn_).name, "a.txt");
  Must(bonn_.desk.Detach(id_, "a.txt").status());
  EXPECT_THAT(Must(bonn_.desk.FilesOf({id_})), IsEmpty());
}

TEST_F(FileDeskTest, RecordsOfEveryKindThatMayNameFilesAreAttachedToAndRead) {
  const auto publish = [&](const std::string& what) -> std::string {
    const domain::RecordFile file{.name = "r.json", .content = R"({"title": "Reading", "language": "en"})"};
    if (what == "offer") return Must(bonn_.offers.Publish(file)).id.hex();
    if (what == "strategy") return Must(bonn_.strategies.Add(file)).id.hex();
    if (what == "topic") return Must(bonn_.dialogue.OpenTopic({.file = file})).id.hex();
    if (what == "answer") return Answered("Reading");
    return Must(bonn_.notices.Add("guidance", file)).id.hex();
  };
  for (const std::string what : {"offer", "strategy", "notice", "topic", "answer"}) {
    const std::string id = publish(what);
    const auto attach = [&](const std::string& name, const std::string& content) {
      return bonn_.desk.Attach({.id = id.substr(0, 10), .name = name, .content = content});
    };
    const PublishedEntry entry = Must(attach("programme.pdf", content_));
    EXPECT_EQ(entry.revision, 2u) << what;
    EXPECT_EQ(entry.title, "Reading") << what;
    EXPECT_THAT(attach("programme.pdf", "x").status(), StatusIs(StatusCode::kAlreadyExists, "'programme.pdf' already"));
    Must(attach("map.png", "m"));
    ArrivesInEspoo();
    EXPECT_EQ(Must(espoo_.desk.Fetch({id}, "map.png")).standing.state, FileState::kComing) << what;
    EXPECT_EQ(Must(bonn_.desk.ReadChunk({id}, "map.png", 0)), "m");
    Must(bonn_.desk.Detach(id, "map.png").status());
    EXPECT_THAT(bonn_.desk.Detach(id, "map.png").status(), StatusIs(StatusCode::kNotFound, "no file called 'map.png'"));
    EXPECT_THAT(Must(bonn_.desk.FilesOf({id})), SizeIs(1)) << what;
    EXPECT_THAT(Must(bonn_.desk.FilesOf({id, 1})), IsEmpty()) << "the first revision named none";
    EXPECT_THAT(Must(bonn_.desk.FilesOf({id, 3})), SizeIs(2)) << what;
    EXPECT_THAT(bonn_.desk.FilesOf({id, 9}).status(), StatusIs(StatusCode::kNotFound, "no revision 9"));
  }
}

TEST_F(FileDeskTest, ARevisionByAFileKeepsWhatWasAttached) {
  const domain::RecordFile first{.name = "r.json", .content = R"({"title": "Reading", "language": "en"})"};
  const domain::RecordFile second{.name = "r.json", .content = R"({"title": "Writing", "language": "en"})"};
  const std::string offer = Must(bonn_.offers.Publish(first)).id.hex();
  const std::string strategy = Must(bonn_.strategies.Add(first)).id.hex();
  const std::string notice = Must(bonn_.notices.Add("guidance", first)).id.hex();
  for (const std::string& id : {offer, strategy, notice}) {
    Must(bonn_.desk.Attach({.id = id, .name = "a.txt", .content = "a"}).status());
  }
  Must(bonn_.offers.Revise({.id = offer, .file = second, .reason = ""}).status());
  Must(bonn_.strategies.Revise({.id = strategy, .file = second, .reason = ""}).status());
  Must(bonn_.notices.Revise({.id = notice, .file = second, .reason = ""}).status());
  for (const std::string& id : {offer, strategy, notice}) {
    EXPECT_THAT(Must(bonn_.desk.FilesOf({id})), SizeIs(1));
    EXPECT_TRUE(Must(bonn_.offers.Revise({.id = offer, .file = second, .reason = ""})).unchanged);
  }
}

TEST_F(FileDeskTest, AWordThatIsRevisedKeepsWhatWasAttachedAndTheSameWordIsNotSaidTwice) {
  const std::string answer = Answered("Aloud");
  Must(bonn_.desk.Attach({.id = answer, .name = "a.txt", .content = "a"}).status());
  const std::string question = Must(bonn_.dialogue.ThreadOf(answer, false)).root.about->key.id.hex();
  const PublishedEntry again = Must(bonn_.dialogue.Answer({.question = question, .text = "Aloud", .language = "en"}));
  EXPECT_EQ(again.id.hex(), answer);
  EXPECT_TRUE(again.unchanged);
  Must(bonn_.dialogue.Answer({.question = question, .text = "Louder", .language = "en", .revises = answer}).status());
  EXPECT_THAT(Must(bonn_.desk.FilesOf({answer})), SizeIs(1));
  EXPECT_EQ(Must(bonn_.dialogue.ThreadOf(answer, false)).root.facts.text, "Louder");
}

TEST_F(FileDeskTest, WhatNamesNoFilesAndWhatIsAnothersIsSaid) {
  const std::string offer =
      Must(bonn_.offers.Publish({.name = "r.json", .content = R"({"title": "T", "language": "en"})"})).id.hex();
  ArrivesInEspoo();
  const std::string reply = Must(espoo_.offers.Reply({offer, "We would.", "en", ""})).id.hex();
  EXPECT_THAT(espoo_.desk.FilesOf({reply}).status(), StatusIs(StatusCode::kNotFound, "which names no files"));
  EXPECT_THAT(espoo_.desk.Attach({.id = offer, .name = "a", .content = "a"}).status(),
              StatusIs(StatusCode::kFailedPrecondition, "only its author can change it"));
  EXPECT_THAT(espoo_.desk.Attach({.id = id_, .name = "a", .content = "a"}).status(),
              StatusIs(StatusCode::kFailedPrecondition, "only its author can change it"));
  EXPECT_THAT(espoo_.desk.FilesOf({"ffffffff"}).status(), StatusIs(StatusCode::kNotFound, "begins with"));
  Must(bonn_.practices.Withdraw(id_, "").status());
  EXPECT_THAT(Attach("a.txt", "a"), StatusIs(StatusCode::kFailedPrecondition, "was taken back"));
}

}  // namespace
}  // namespace hansa::testing
