// Three cities that deal with each other: Bonn, Cork and Espoo, each with a node and a desk for offers. Nothing reaches
// the others before Meet.
#ifndef HANSA_TESTS_NODE_DESK_OFFERS_FIXTURE_H_
#define HANSA_TESTS_NODE_DESK_OFFERS_FIXTURE_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "hansa/v1/offers.pb.h"
#include "node/desk/offer_desk.h"
#include "node/domain/record_form.h"
#include "tests/testing/fake_node.h"

namespace hansa::testing {

class OffersFixture : public ::testing::Test {
 protected:
  struct Office {
    Office(const Network& network, Applicant who, const std::string& today)
        : applicant(who),
          node(network, std::move(who)),
          desk(node, node::catalogue::CurrentCatalogue(), node.views(), [&today] { return today; }) {}
    Applicant applicant;
    FakeNode node;
    node::desk::OfferDesk desk;
    std::size_t told = 0;  // units that the others have of it
  };

  OffersFixture() {
    AdoptCurrentFramework(network_);
    for (const Applicant& authority : {germany_, ireland_, finland_}) network_.AdmitAuthority(authority);
    network_.AdmitCity(bonn_.applicant, germany_);
    network_.AdmitCity(cork_.applicant, ireland_);
    network_.AdmitCity(espoo_.applicant, finland_);
    for (Office* office : offices_) office->node.Refresh();
  }

  // What each has published arrives everywhere.
  void Meet() {
    for (Office* from : offices_) {
      for (; from->told < from->node.units().size(); ++from->told) {
        for (Office* to : offices_) {
          if (to != from) to->node.Receive(from->node.units()[from->told]);
        }
      }
    }
  }
  // It leaves the network, and everybody knows.
  void Leaves(const Office& office) {
    EndMembership(network_, office.node.View().member, office.node.units());
    for (Office* each : offices_) each->node.Refresh();
  }
  std::size_t SignedBy(const Office& office) const { return office.node.units().size(); }

  // `more` members of the object, such as "\"partners\": \"one\"".
  static absl::StatusOr<node::desk::PublishedEntry> TryPublish(Office& office, const std::string& title,
                                                               const std::string& more = "") {
    const std::string file =
        absl::StrCat("{\"title\": \"", title, "\", \"language\": \"en\"", ", \"text\": \"We would like to learn.\"",
                     more.empty() ? "" : ", ", more, "}");
    return office.desk.Publish({.name = "offer.json", .content = file});
  }
  // Everybody holds it; gives its id.
  std::string Publish(Office& office, const std::string& title, const std::string& more = "") {
    const std::string id = Must(TryPublish(office, title, more)).id.hex();
    Meet();
    return id;
  }
  // An offer that no file can give.
  std::string PublishAsIs(Office& office, const v1::Offer& offer) {
    const std::string id = SignedId(office, replication::kOffer, Must(node::domain::EncodeRecord(offer)));
    Meet();
    return id;
  }
  static std::string SignedId(Office& office, replication::Kind kind, replication::Bytes payload) {
    node::Publication publication;
    publication.collection = replication::kOffers;
    publication.kind = kind;
    publication.payload = std::move(payload);
    return Must(office.node.Publish({publication}))[0].record.hex();
  }

  static absl::StatusOr<node::desk::PublishedEntry> TryReply(Office& office, const std::string& id) {
    return office.desk.Reply({.id = id, .text = "We are interested.", .language = "", .intent = "interested"});
  }
  std::string Reply(Office& office, const std::string& id) {
    const std::string reply = Must(TryReply(office, id)).id.hex();
    Meet();
    return reply;
  }
  static absl::StatusOr<node::desk::PublishedEntry> TryAccept(Office& office, const std::string& id,
                                                              const std::string& with = "") {
    std::string partnership;
    return office.desk.Accept({.id = id, .with = with, .note = "", .approved_by = ""}, partnership);
  }
  // Everybody holds the acceptance; gives the id of the partnership.
  std::string Accept(Office& office, const std::string& id, const std::string& with = "") {
    std::string partnership;
    Must(office.desk.Accept({.id = id, .with = with, .note = "", .approved_by = ""}, partnership));
    Meet();
    return partnership;
  }
  static absl::StatusOr<node::desk::PublishedEntry> TryLeave(Office& office, const std::string& id) {
    std::string partnership;
    return office.desk.Leave({.id = id, .reason = ""}, partnership);
  }
  static absl::StatusOr<node::desk::PublishedEntry> TryConclude(Office& office, const std::string& id,
                                                                const std::string& how = "",
                                                                const std::string& outcome = "") {
    std::string partnership;
    return office.desk.Conclude({.id = id, .how = how, .outcome = outcome}, partnership);
  }
  static absl::StatusOr<node::desk::PublishedEntry> TryDecline(Office& office, const std::string& id) {
    return office.desk.Decline({.id = id, .reason = "not this year"});
  }
  static absl::StatusOr<node::desk::PublishedEntry> TryWithdraw(Office& office, const std::string& id) {
    return office.desk.Withdraw({.id = id, .reason = "a mistake"});
  }

  // "de-bonn: Exchange (open)"
  std::vector<std::string> Listed(const std::string& member = "", const std::string& state = "") const {
    std::vector<std::string> lines;
    for (const node::desk::ListedOffer& offer : Must(bonn_.desk.List(member, state))) {
      lines.push_back(absl::StrCat(offer.member, ": ", offer.title, " (", offer.state, ")"));
    }
    return lines;
  }
  static std::string StateOf(const Office& office, const std::string& id) {
    return Must(office.desk.Show(id)).offer.state;
  }
  // "in force: de-bonn signed, fi-espoo left"
  static std::string Partnership(const Office& office, const std::string& id) {
    for (const node::desk::PartnershipView& view : Must(office.desk.Partnerships(""))) {
      if (view.id.hex() != id) continue;
      std::string words;
      for (const node::desk::PartyView& party : view.parties) {
        absl::StrAppend(&words, words.empty() ? ": " : ", ", party.member, " ", StateName(party.state));
      }
      return absl::StrCat(StateName(view.state), words);
    }
    return "none";
  }

  std::string today_ = "2025-06-15";
  Network network_ = Network::Founded();
  Applicant germany_ = AuthorityOf("DEU"), ireland_ = AuthorityOf("IRL"), finland_ = AuthorityOf("FIN");
  Office bonn_{network_, CityNamed("de-bonn", "DEU"), today_};
  Office cork_{network_, CityNamed("ie-cork", "IRL"), today_};
  Office espoo_{network_, CityNamed("fi-espoo", "FIN"), today_};
  std::vector<Office*> offices_ = {&bonn_, &cork_, &espoo_};
};

}  // namespace hansa::testing

#endif  // HANSA_TESTS_NODE_DESK_OFFERS_FIXTURE_H_
