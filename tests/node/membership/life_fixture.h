// A network with a city that has published, as the hub sees it: for tests of what becomes of a member.
#ifndef HANSA_TESTS_NODE_MEMBERSHIP_LIFE_FIXTURE_H_
#define HANSA_TESTS_NODE_MEMBERSHIP_LIFE_FIXTURE_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "node/membership/approvals.h"
#include "node/membership/member_change.h"
#include "node/membership/seals.h"
#include "replication/collections.h"
#include "storage/memory_store.h"
#include "tests/node/membership/fixture.h"

namespace hansa::testing {

class LifeTest : public ::testing::Test {
 protected:
  explicit LifeTest(node::membership::FoundOptions options = {}) : network_(std::move(options)) {
    const std::string authority = network_.Authority("gb-natcom", "GBR");
    bristol_ = network_.SetUp("city", "gb-bristol", "GBR");
    const std::string application = Network::Apply(bristol_);
    network_.Admit({.application = application,
                    .recommendation = Must(node::membership::Recommend({authority, application, "It is ready."}))});
  }

  const replication::Roster& roster() const { return network_.roster(); }
  const replication::MemberRecord& bristol() const { return *roster().state().Find("gb-bristol"); }
  node::membership::Life life() const { return {bristol().number, bristol().present()}; }
  std::unique_ptr<replication::Signer> WriterIn(const std::string& folder) const {
    return replication::SodiumSigner(Must(node::ReadKey(node::NodePaths(folder).writer_key)));
  }

  // Bristol publishes a batch of `entries`, and `store` holds it.
  replication::VerifiedUnit Publishes(storage::FeedStore& store, replication::Collection collection, int entries = 1) {
    const replication::FeedAuthor author = *roster().PresentFeed(bristol().number, collection);
    replication::FeedTail& tail = tails_[author.collection];
    std::vector<replication::NewEntry> batch;
    for (int i = 0; i < entries; ++i) {
      replication::NewEntry entry;
      entry.kind = replication::Kind(static_cast<std::uint16_t>(collection.value() * 256 + 1));
      entry.record = node::RandomRecordId();
      entry.payload = replication::SaltedPayload{node::RandomSalt(), "something"};
      batch.push_back(entry);
    }
    replication::VerifiedUnit unit = Must(replication::VerifiedUnit::Sign(replication::SodiumCrypto(), network_.id(),
                                                                          author, *WriterIn(bristol_), tail, batch));
    tail = unit.tail();
    Must(store.Append({&unit, 1}));
    return unit;
  }

  // The entry with every officer's key at hand, judged and folded.
  const replication::RosterLine& Make(const node::membership::EntryDraft& draft) {
    return network_.Publish(Must(node::membership::PrepareEntry(
        draft, {.officer_key_files = network_.founded().officer_keys}, network_.roster())));
  }
  std::string Approved(const node::membership::EntryDraft& draft, std::size_t officer = 0) {
    return Must(node::membership::ApproveFile(
        {node::membership::EncodeProposal(draft.proposal), network_.founded().officer_keys[officer]}));
  }

  Network network_;
  std::string bristol_;  // its folder
  storage::MemoryFeedStore feeds_;
  std::map<replication::Collection, replication::FeedTail> tails_;
};

}  // namespace hansa::testing

#endif  // HANSA_TESTS_NODE_MEMBERSHIP_LIFE_FIXTURE_H_
