#include "tests/learning/proofs.h"

#include <algorithm>
#include <set>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "hansa/v1/node.pb.h"
#include "node/bundle/bundle.h"
#include "node/desk/offers_shelf.h"
#include "tests/testing/status_matchers.h"

namespace hansa::learning {

using node::desk::OffersShelf;
using testing::Must;

namespace {

class Proving {
 public:
  explicit Proving(Year& year)
      : year_(year),
        roster_(year.hub().node.roster()),
        shelf_(Must(OffersShelf::Read(year.hub().node.feeds(), roster_))) {}

  ProofFindings Prove(std::size_t altered_max) {
    for (const auto& [text, partnership] : shelf_.book().partnerships) {
      if (!findings_.fault.empty()) break;
      const std::string bundle = BundleOf(partnership);
      findings_.bundle_bytes_max = std::max<std::uint64_t>(findings_.bundle_bytes_max, bundle.size());
      One(text, bundle);
      if (shelf_.Prove(text).ok() && findings_.agreed <= altered_max) Altered(text, bundle);
    }
    return findings_;
  }

 private:
  // The feeds of offers of its parties, and of whose offer it came of.
  std::string BundleOf(const node::domain::Partnership& partnership) const {
    std::set<replication::Member> members;
    for (const auto& [member, party] : partnership.parties) members.insert(member);
    if (partnership.offer) members.insert(partnership.offer->author);
    std::set<replication::FeedId> feeds;
    for (const replication::Member member : members) {
      const auto author = roster_.PresentFeed(member, replication::kOffers);
      if (author) feeds.insert(FeedIdOf(replication::SodiumCrypto(), roster_.network(), *author));
    }
    return Must(node::bundle::WriteBundle(year_.hub().node.feeds(), roster_, feeds));
  }

  bool Holds(const std::string& bundle, const replication::Hash& text, v1::VerifyPartnershipReply& reply) const {
    return node::bundle::VerifyBundledPartnership(year_.charter(), bundle, text.hex(), reply).ok() && reply.ok();
  }

  void One(const replication::Hash& text, const std::string& bundle) {
    v1::VerifyPartnershipReply reply;
    const bool is_agreed = shelf_.Prove(text).ok();
    bool is_proven = Holds(bundle, text, reply) == is_agreed && reply.text_sha256() == text.hex();
    for (const v1::SignatureCheck& check : reply.signatures()) is_proven = is_proven && check.ok();
    if (!is_proven) findings_.fault = absl::StrCat("partnership ", text.hex(), " is not proven");
    findings_.agreed += is_agreed ? 1 : 0;
    ++findings_.verified;
    findings_.signatures += static_cast<std::uint64_t>(reply.signatures_size());
  }

  // One byte of the signed text, of each signature, and of the list of members.
  void Altered(const replication::Hash& text, const std::string& bundle) {
    std::vector<std::string> parts = {shelf_.TextBytes(text)};
    for (const auto& signed_by : shelf_.Prove(text).signatures)
      parts.push_back(absl::HexStringToBytes(signed_by.signature));
    const auto hub = roster_.state().Find(replication::Member(1));
    parts.push_back(hub->slug);
    for (const std::string& part : parts) {
      const std::size_t at = bundle.find(part);
      if (part.empty() || at == std::string::npos) {
        findings_.fault = absl::StrCat("a part of partnership ", text.hex(), " is not in its bundle");
        return;
      }
      std::string altered = bundle;
      altered[at + part.size() / 2] = static_cast<char>(altered[at + part.size() / 2] ^ 1);
      v1::VerifyPartnershipReply reply;
      if (Holds(altered, text, reply)) {
        findings_.fault = absl::StrCat("partnership ", text.hex(), " is proven with another byte at ", at);
      }
      ++findings_.altered;
    }
  }

  Year& year_;
  const replication::Roster& roster_;
  const OffersShelf shelf_;
  ProofFindings findings_;
};

}  // namespace

ProofFindings ProvePartnerships(Year& year, std::size_t altered_max) { return Proving(year).Prove(altered_max); }

}  // namespace hansa::learning
