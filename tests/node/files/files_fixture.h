// Two cities with files: Bonn attaches, Espoo has what Bonn published, and its files when somebody brings them.
#ifndef HANSA_TESTS_NODE_FILES_FILES_FIXTURE_H_
#define HANSA_TESTS_NODE_FILES_FILES_FIXTURE_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "node/desk/file_desk.h"
#include "node/desk/practice_desk.h"
#include "node/files/file_keeper.h"
#include "tests/testing/fake_node.h"

namespace hansa::testing {

class FilesFixture : public ::testing::Test {
 protected:
  struct Office {
    Office(const Network& network, Applicant who) : node(network, std::move(who)) {}
    void Pass() {
      Must(node.AwaitViews());
      Must(keeper->Pass());
    }
    FakeNode node;
    const node::catalogue::Catalogue& catalogue = node::catalogue::CurrentCatalogue();
    node::desk::PracticeDesk practices{node, catalogue, node.views()};
    node::desk::OfferDesk offers{node, catalogue, node.views(), [] { return "2025-06-15"; }};
    node::desk::NoticeDesk notices{node, catalogue, node.views(), absl::Now};
    node::desk::StrategyDesk strategies{node, catalogue, node.views()};
    node::desk::DialogueDesk dialogue{node, catalogue, node.views()};
    std::unique_ptr<node::files::FileKeeper> keeper =
        std::make_unique<node::files::FileKeeper>(node, node.feeds(), node.views());
    node::desk::FileDesk desk{node, node.views(), {practices, offers, notices, strategies, dialogue}, *keeper};
  };

  FilesFixture() {
    AdoptCurrentFramework(network_);
    LetCitiesWrite(network_, replication::kNotices);
    LetCitiesWrite(network_, replication::kStrategies);
    network_.AdmitAuthority(germany_);
    network_.AdmitAuthority(finland_);
    network_.AdmitCity(CityNamed("de-bonn", "DEU"), germany_);
    network_.AdmitCity(CityNamed("fi-espoo", "FIN"), finland_);
    bonn_.node.Refresh();
    espoo_.node.Refresh();
    const std::string practice = R"({"title": "Reading aloud", "language": "en", "summary": "S"})";
    id_ = Must(bonn_.practices.Add({.name = "p.json", .content = practice})).id.hex();
  }

  absl::Status Attach(const std::string& name, const std::string& content) {
    return bonn_.desk.Attach({.id = id_, .name = name, .content = content}).status();
  }
  void ArrivesInEspoo() {
    for (; told_ < bonn_.node.units().size(); ++told_) espoo_.node.Receive(bonn_.node.units()[told_]);
    espoo_.Pass();
  }
  // An answer of Bonn to a question of Espoo.
  std::string Answered(const std::string& text) {
    const node::desk::PublishedEntry question =
        Must(espoo_.dialogue.Ask({.title = "How?", .text = "How?", .language = "en"}));
    bonn_.node.Receive(espoo_.node.units().back());
    return Must(bonn_.dialogue.Answer({.question = question.id.hex(), .text = text, .language = "en"})).id.hex();
  }
  node::desk::ListedFile Only(Office& office) {
    const std::vector<node::desk::ListedFile> files = Must(office.desk.FilesOf({id_}));
    EXPECT_THAT(files, ::testing::SizeIs(1));
    return files.at(0);
  }

  Network network_ = Network::Founded();
  Applicant germany_ = AuthorityOf("DEU");
  Applicant finland_ = AuthorityOf("FIN");
  Office bonn_{network_, CityNamed("de-bonn", "DEU")};
  Office espoo_{network_, CityNamed("fi-espoo", "FIN")};
  std::string id_;
  std::size_t told_ = 0;
  const std::string content_ = std::string(600'000, 'x') + "end";
};

}  // namespace hansa::testing

#endif  // HANSA_TESTS_NODE_FILES_FILES_FIXTURE_H_
