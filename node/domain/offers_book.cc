#include "node/domain/offers_book.h"

#include <algorithm>

namespace hansa::node::domain {
namespace {

using replication::Hash;
using replication::Member;

// What one member ever did with one text.
struct Signing {
  std::optional<OffersRecord> last_signed;  // of its acceptances, the one with the greatest place
  OffersPlace last_signed_at;
  std::optional<OffersRecord> standing;  // of those that are the last word of their record
  OffersPlace standing_at;
  OffersPlace left_at;  // of its last leaving; zero: none
};

// Everything that entries say of one text.
struct TextNews {
  std::map<Member, Signing> signings;
  std::set<Member> needed;
  bool open_to_others = false;
  std::optional<OffersRecord> offer;
};

class Bookkeeper {
 public:
  explicit Bookkeeper(absl::Span<const OffersEntry> entries) {
    for (const OffersEntry& entry : entries) {
      const auto [found, is_new] = book_.records.try_emplace(entry.record, entry);
      if (!is_new && found->second.place < entry.place) found->second = entry;
    }
    for (const OffersEntry& entry : entries) {
      if (const auto* acceptance = Said<AcceptanceFacts>(entry)) TakeAcceptance(entry, *acceptance);
      if (const auto* leaving = Said<LeavingFacts>(entry)) TakeLeaving(entry, *leaving);
    }
    for (const auto& [text, news] : texts_) book_.partnerships[text] = PartnershipOf(text, news);
    for (const OffersEntry& entry : entries) {
      if (const auto* offer = Said<OfferFacts>(entry)) TakeOffer(entry, *offer);
    }
    for (const auto& [record, entry] : book_.records) TakeLastWord(record, entry);
    for (auto& [text, partnership] : book_.partnerships) {
      if (IsConcluded(partnership)) partnership.state = PartnershipState::kConcluded;
      FileUnderOffer(text, partnership);
    }
    for (auto& [record, line] : book_.offers) LetDeclinesLapse(line);
    for (auto& [record, line] : book_.offers) line.state = StateOf(record, line);
  }

  OffersBook Take() { return std::move(book_); }

 private:
  template <typename Facts>
  static const Facts* Said(const OffersEntry& entry) {
    return entry.retracted ? nullptr : std::get_if<Facts>(&entry.says);
  }

  bool IsLastWord(const OffersEntry& entry) const { return book_.records.at(entry.record).place == entry.place; }

  void TakeAcceptance(const OffersEntry& entry, const AcceptanceFacts& acceptance) {
    const Member author = entry.record.author;
    if (!acceptance.open_to_others && !acceptance.needed.contains(author)) return;
    // Equal hash, equal text: whoever signed it, these are the same.
    TextNews& news = texts_[acceptance.text];
    news.needed = acceptance.needed;
    news.open_to_others = acceptance.open_to_others;
    news.offer = acceptance.offer;
    Signing& signing = news.signings[author];
    if (!signing.last_signed || signing.last_signed_at < entry.place) {
      signing.last_signed = entry.record;
      signing.last_signed_at = entry.place;
    }
    if (IsLastWord(entry) && (!signing.standing || signing.standing_at < entry.place)) {
      signing.standing = entry.record;
      signing.standing_at = entry.place;
    }
  }

  void TakeLeaving(const OffersEntry& entry, const LeavingFacts& leaving) {
    OffersPlace& left = leavings_[leaving.text][entry.record.author];
    left = std::max(left, entry.place);
  }

  Partnership PartnershipOf(const Hash& text, const TextNews& news) const {
    Partnership partnership;
    partnership.offer = news.offer;
    const auto left = leavings_.find(text);
    std::size_t standing = 0;
    for (const Member member : news.needed) partnership.parties[member].needed = true;
    for (const auto& [member, signing] : news.signings) {
      Party& party = partnership.parties[member];
      OffersPlace left_at;
      if (left != leavings_.end() && left->second.contains(member)) left_at = left->second.at(member);
      const bool stands = signing.standing && left_at < signing.standing_at;
      party.state = stands ? PartyState::kSigned : PartyState::kLeft;
      party.acceptance = stands ? signing.standing : signing.last_signed;
      party.place = stands ? signing.standing_at : signing.last_signed_at;
      standing += stands ? 1 : 0;
    }
    const bool all_signed = std::all_of(news.needed.begin(), news.needed.end(),
                                        [&](Member member) { return news.signings.contains(member); });
    const bool was_agreed = all_signed && news.signings.size() >= 2;
    if (was_agreed) partnership.state = standing >= 2 ? PartnershipState::kInForce : PartnershipState::kEnded;
    return partnership;
  }

  void TakeOffer(const OffersEntry& entry, const OfferFacts& offer) {
    const auto [found, is_new] = book_.offers.try_emplace(entry.record);
    OffersPlace& read_at = offers_read_at_[entry.record];
    if (!is_new && entry.place < read_at) return;
    found->second.facts = offer;
    read_at = entry.place;
  }

  void TakeLastWord(const OffersRecord& record, const OffersEntry& entry) {
    if (const auto* reply = Said<ReplyFacts>(entry)) {
      if (OfferLine* line = Find(reply->offer)) line->replies.insert(record);
    } else if (const auto* decline = Said<DeclineFacts>(entry)) {
      if (OfferLine* line = Find(decline->declined)) line->declines.insert(record);
    } else if (const auto* conclusion = Said<ConclusionFacts>(entry)) {
      TakeConclusion(record, *conclusion);
    }
  }

  // Who does not stand by a text that was agreed has nothing to conclude.
  void TakeConclusion(const OffersRecord& record, const ConclusionFacts& conclusion) {
    if (conclusion.text) {
      const auto found = book_.partnerships.find(*conclusion.text);
      if (found == book_.partnerships.end()) return;
      const auto party = found->second.parties.find(record.author);
      if (party == found->second.parties.end() || party->second.state != PartyState::kSigned) return;
      if (found->second.state != PartnershipState::kProposed) found->second.conclusions.insert(record);
    } else if (conclusion.offer && conclusion.offer->author == record.author) {
      if (OfferLine* line = Find(*conclusion.offer)) line->conclusions.insert(record);
    }
  }

  // By one whom the text names; who only joined a text that is open to others ends it for nobody else.
  static bool IsConcluded(const Partnership& partnership) {
    std::set<Member> concluded;
    for (const OffersRecord& record : partnership.conclusions) concluded.insert(record.author);
    bool by_all = !concluded.empty();
    for (const auto& [member, party] : partnership.parties) {
      if (party.state != PartyState::kSigned) continue;
      if (party.needed && concluded.contains(member)) return true;
      by_all = by_all && concluded.contains(member);
    }
    return by_all;
  }

  // Others may name an offer in a text of theirs; it comes of the offer once its author has signed it.
  void FileUnderOffer(const Hash& text, const Partnership& partnership) {
    OfferLine* const line = partnership.offer ? Find(*partnership.offer) : nullptr;
    if (line == nullptr) return;
    const auto author = partnership.parties.find(partnership.offer->author);
    if (author == partnership.parties.end()) return;
    if (author->second.state == PartyState::kAwaited && !author->second.needed) return;
    line->partnerships.insert(text);
  }

  // Who says no, and signs what came of the offer later, has said yes since.
  void LetDeclinesLapse(OfferLine& line) const {
    std::erase_if(line.declines, [&](const OffersRecord& decline) {
      const OffersPlace declined_at = book_.records.at(decline).place;
      return std::any_of(line.partnerships.begin(), line.partnerships.end(), [&](const Hash& text) {
        const auto& signings = texts_.at(text).signings;
        const auto signing = signings.find(decline.author);
        return signing != signings.end() && declined_at < signing->second.last_signed_at;
      });
    });
  }

  OfferState StateOf(const OffersRecord& record, const OfferLine& line) const {
    if (book_.records.at(record).retracted) return OfferState::kWithdrawn;
    if (line.facts.is_past) return OfferState::kPast;
    if (!line.conclusions.empty()) return OfferState::kConcluded;
    const bool agreed = std::any_of(line.partnerships.begin(), line.partnerships.end(), [&](const Hash& text) {
      const Partnership& partnership = book_.partnerships.at(text);
      return partnership.state == PartnershipState::kInForce &&
             partnership.parties.at(record.author).state == PartyState::kSigned;
    });
    return agreed ? OfferState::kAgreed : OfferState::kOpen;
  }

  OfferLine* Find(const OffersRecord& record) {
    const auto found = book_.offers.find(record);
    return found == book_.offers.end() ? nullptr : &found->second;
  }

  OffersBook book_;
  std::map<Hash, TextNews> texts_;
  std::map<Hash, std::map<Member, OffersPlace>> leavings_;
  std::map<OffersRecord, OffersPlace> offers_read_at_;
};

}  // namespace

const char* StateName(OfferState state) {
  switch (state) {
    case OfferState::kOpen:
      return "open";
    case OfferState::kPast:
      return "past";
    case OfferState::kAgreed:
      return "agreed";
    case OfferState::kConcluded:
      return "concluded";
    case OfferState::kWithdrawn:
      return "withdrawn";
  }
  return "open";
}

const char* StateName(PartyState state) {
  switch (state) {
    case PartyState::kAwaited:
      return "awaited";
    case PartyState::kSigned:
      return "signed";
    case PartyState::kLeft:
      return "left";
  }
  return "awaited";
}

const char* StateName(PartnershipState state) {
  switch (state) {
    case PartnershipState::kProposed:
      return "proposed";
    case PartnershipState::kInForce:
      return "in force";
    case PartnershipState::kEnded:
      return "ended";
    case PartnershipState::kConcluded:
      return "concluded";
  }
  return "proposed";
}

OffersBook BookOf(absl::Span<const OffersEntry> entries) { return Bookkeeper(entries).Take(); }

bool IsClosed(const OfferFacts& offer, const std::string& day_everywhere) {
  return !offer.last_day.empty() && offer.last_day < day_everywhere;
}

}  // namespace hansa::node::domain
