#include "node/cli/peer_learning_texts.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "hansa/v1/node.pb.h"
#include "node/cli/file_texts.h"
#include "node/cli/partnership_texts.h"
#include "node/cli/record_page.h"
#include "node/cli/text_width.h"
#include "node/domain/moment.h"
#include "node/domain/record_form.h"

namespace hansa::node::cli {
namespace {

template <typename List>
std::string Joined(const List& list) {
  return Printable(absl::StrJoin(list, ", "));
}

std::string StateOf(const v1::OfferSummary& offer, const Layout& layout) {
  const std::string state = layout.words(offer.state());
  return offer.standing() == "example" ? absl::StrCat(state, ", ", layout.words("EXAMPLE")) : state;
}

// Who said it, when and how: 'gb-derby, 2026-03-01 09:30, interested (8d1366908b71)'.
std::string SaidBy(const v1::ReplySummary& reply, const Layout& layout) {
  return absl::StrCat(reply.member(), ", ", ClockTime(reply.published_ms()),
                      reply.intent().empty() ? "" : absl::StrCat(", ", layout.words(reply.intent())), " (",
                      ShortId(reply.id()), ")");
}

// What was said to an offer is Markdown; below who said it.
void AddReplies(const google::protobuf::RepeatedPtrField<v1::ReplySummary>& replies, RecordPage& page) {
  if (!replies.empty()) page.Add(absl::StrCat(Bold(page.layout().words("Replies"), page.layout()), "\n"));
  for (const v1::ReplySummary& reply : replies) {
    page.Line(absl::StrCat(SaidBy(reply, page.layout()), ":"));
    page.Markdown(reply.text());
  }
}

// Until when one can apply, as it was written, and when what is offered takes place.
void AddDays(const v1::Offer& content, RecordPage& page) {
  const v1::Moment& deadline = content.deadline();
  page.Fact("Apply until",
            domain::WrittenMoment({.date = deadline.date(), .time = deadline.time(), .zone = deadline.zone()}));
  page.Fact("Last day", content.valid_until());
  page.Fact("Begins", content.starts_on());
  page.Fact("Ends", content.ends_on());
}

std::string NamesOf(const google::protobuf::RepeatedPtrField<v1::Organization>& organizations) {
  return absl::StrJoin(organizations, ", ", [](std::string* out, const v1::Organization& organization) {
    absl::StrAppend(out, organization.name());
  });
}

// The reason of a decline is plain words.
std::string Declines(const google::protobuf::RepeatedPtrField<v1::ReplySummary>& declines, const Layout& layout) {
  std::string text;
  for (const v1::ReplySummary& decline : declines) {
    absl::StrAppend(&text, SaidBy(decline, layout), ": ", Printable(decline.text()), "\n");
  }
  return text;
}

// What a city wrote stays as it wrote it; a phrase of ours, for a record that has no title, is in the reader's
// language.
std::string TitleOf(const v1::NewsItem& item, const Layout& layout) {
  const std::string& kind = item.kind();
  const bool is_theirs =
      kind == "practice" || kind == "offer" || kind == "translation" || kind == "strategy" || kind == "report";
  if (is_theirs) return Printable(item.title());
  const std::string whole = layout.words.Translated(item.title());
  if (whole != item.title()) return Printable(whole);
  for (const char* phrase : {"accepted {0}", "declined {0}", "left {0}", "concluded {0}", "reply to {0}"}) {
    const auto title = words::SentenceForm(phrase).Match(item.title());
    if (title) return Printable(layout.words(phrase, title->front()));
  }
  return Printable(item.title());
}

const char* SentenceOf(Act act) {
  switch (act) {
    case Act::kPublished:
      return "published \"{0}\", revision {1}: record {2}, entry {3}";
    case Act::kWithdrawn:
      return "taken back \"{0}\": record {2}, entry {3}; its history stays readable";
    case Act::kReplied:
      return "replied to \"{0}\": record {2}, entry {3}";
    case Act::kAccepted:
      return "signed \"{0}\": record {2}, entry {3}";
    case Act::kDeclined:
      return "declined \"{0}\": record {2}, entry {3}";
    case Act::kLeft:
      return "left \"{0}\": record {2}, entry {3}; the others go on";
    case Act::kConcluded:
      return "concluded \"{0}\": record {2}, entry {3}";
    case Act::kJoined:
      return "joined \"{0}\": record {2}, entry {3}";
  }
  return "";
}

// Of a record that has no title.
const char* UntitledSentenceOf(Act act) {
  return act == Act::kWithdrawn ? "taken back: record {0}, entry {1}; its history stays readable"
                                : "published: record {0}, revision {2}, entry {1}";
}

}  // namespace

std::string TextOf(const v1::PublishedRecord& published, Act act, const Layout& layout) {
  std::string text;
  if (published.unchanged() && published.title().empty()) {
    text = layout.words("it stands like this already: record {0}; nothing was signed", published.id());
  } else if (published.unchanged()) {
    text = layout.words("\"{0}\" stands like this already: record {1}; nothing was signed",
                        Printable(published.title()), published.id());
  } else if (published.title().empty()) {
    text = layout.words(UntitledSentenceOf(act), published.id(), published.sequence(), published.revision());
  } else {
    text = layout.words(SentenceOf(act), Printable(published.title()), published.revision(), published.id(),
                        published.sequence());
  }
  const bool is_untitled_withdrawal = act == Act::kWithdrawn && published.title().empty();
  if (!published.unchanged() && !is_untitled_withdrawal) {
    absl::StrAppend(&text, "; ",
                    published.held_by().empty() ? layout.words("nobody else is known to hold it yet")
                                                : layout.words("held by {0}", Joined(published.held_by())));
  }
  absl::StrAppend(&text, "\n");
  if (!published.partnership().empty()) {
    absl::StrAppend(&text, layout.words("partnership {0}", published.partnership()), "\n");
  }
  return text;
}

std::string InWords(const v1::FollowedTopic& topic, const words::Words& words) {
  std::vector<std::string> parts;
  if (!topic.feature().empty()) parts.push_back(topic.feature());
  if (!topic.action().empty()) parts.push_back(topic.action());
  if (!topic.text().empty()) parts.push_back(Printable(topic.text()));
  for (const std::string& kind : topic.kinds()) parts.push_back(words(kind));
  if (!topic.country().empty()) parts.push_back(topic.country());
  if (!topic.language().empty()) parts.push_back(topic.language());
  return absl::StrJoin(parts, ", ");
}

std::string TextOf(const v1::ListFollowingReply& following, const Layout& layout) {
  std::string topics;
  for (const v1::FollowedTopic& topic : following.topics()) {
    absl::StrAppend(&topics, layout.words("topic: {0}", InWords(topic, layout.words)), "\n");
  }
  if (following.following().empty()) {
    if (!topics.empty()) return topics;
    return absl::StrCat(layout.words("this node follows nobody; `hansa follow MEMBER` begins"), "\n");
  }
  Table table({{layout.words("member")}, {layout.words("collections")}, {layout.words("files")}});
  for (const v1::FollowedMember& followed : following.following()) {
    std::vector<std::string> names;
    for (const std::string& collection : followed.collections()) names.push_back(layout.words(collection));
    const std::string files = CountText(followed.files(), layout.words);
    table.Add({followed.member(), absl::StrJoin(names, ", "), files.empty() ? "-" : files});
  }
  return absl::StrCat(table.Text(layout), topics);
}

// What came of a record: 'practice', 'practice, revised 2 times', 'practice, taken back'.
std::string WhatCame(const v1::NewsItem& item, const Layout& layout) {
  const std::string kind = layout.words(item.kind());
  if (item.withdrawn()) return layout.words("{0}, taken back", kind);
  if (item.revision() <= 1) return kind;
  if (item.entries() <= 1) return layout.words("{0}, revision {1}", kind, item.revision());
  const std::uint32_t times = std::min(item.entries(), item.revision() - 1);
  return absl::StrCat(kind, ", ", layout.words.Counted(times, "revised {0} time", "revised {0} times"));
}

std::string LineOf(const v1::NewsItem& item, const Layout& layout) {
  return absl::StrCat(ClockTime(item.at_ms()), "  ", item.member(), "  ", WhatCame(item, layout), "  ",
                      TitleOf(item, layout), "  ", ShortId(item.id()), "\n");
}

std::string DigestText(const v1::ListNewsReply& news, const DigestSpan& span, const Layout& layout) {
  const auto day = [](absl::Time time) { return absl::FormatTime("%Y-%m-%d", time, absl::LocalTimeZone()); };
  std::string text = layout.words("What came from {0} to {1}", day(span.from), day(span.to)) + "\n";
  if (news.news().empty()) return absl::StrCat(text, "\n", layout.words("nothing new from those you follow"), "\n");
  std::map<std::string, std::vector<const v1::NewsItem*>> by_member;
  for (const v1::NewsItem& item : news.news()) by_member[item.member()].push_back(&item);
  for (const auto& [member, items] : by_member) {
    absl::StrAppend(&text, "\n", member, "\n");
    for (const v1::NewsItem* item : items) {
      absl::StrAppend(&text, "- ", WhatCame(*item, layout), ": ", TitleOf(*item, layout), " (", ShortId(item->id()),
                      ")\n");
    }
  }
  return text;
}

std::string TextOf(const v1::ListNewsReply& news, const Layout& layout) {
  if (news.news().empty()) return absl::StrCat(layout.words("nothing new from those you follow"), "\n");
  Table table({{layout.words("came")},
               {layout.words("member")},
               {layout.words("what")},
               {layout.words("title")},
               {layout.words("id")}});
  for (const v1::NewsItem& item : news.news()) {
    // Of what was here before its author was followed it is not known when it came.
    const std::string at = ClockTime(item.at_ms());
    table.Add({item.was_here() ? layout.words("before {0}", at) : at, item.member(), WhatCame(item, layout),
               TitleOf(item, layout), ShortId(item.id())});
  }
  return table.Text(layout);
}

std::string TextOf(const v1::ListOffersReply& offers, const Layout& layout) {
  if (offers.offers().empty()) return absl::StrCat(layout.words("no offer here is like that"), "\n");
  Table table({{layout.words("id")},
               {layout.words("member")},
               {layout.words("title")},
               {layout.words("state")},
               {layout.words("until")},
               {layout.words("replies"), Align::kRight}});
  for (const v1::OfferSummary& offer : offers.offers()) {
    table.Add({ShortId(offer.id()), offer.member(), Printable(offer.title()), StateOf(offer, layout),
               offer.valid_until().empty() ? "-" : offer.valid_until(), absl::StrCat(offer.replies())});
  }
  return table.Text(layout);
}

std::string TextOf(const v1::GetOfferReply& reply, const Layout& layout) {
  RecordPage page(layout);
  const v1::OfferSummary& offer = reply.offer();
  page.Title(offer.title());
  page.Line(absl::StrJoin(
      std::vector<std::string>{offer.member(), StateOf(offer, layout), offer.language(),
                               layout.words("revision {0}", offer.revision()), layout.words("record {0}", offer.id())},
      ", "));
  if (!reply.fault().empty()) page.Line(layout.words.Translated(reply.fault()));
  page.WhyTakenBack(reply.revisions());
  // Of the others the state says why.
  const bool asks_why = offer.state() == "closed" || offer.state() == "agreed";
  if (asks_why && !offer.closed_because().empty()) page.Line(layout.words.Translated(offer.closed_because()));
  if (reply.has_content()) {
    const v1::Offer& content = reply.content();
    page.Fact("Kind", layout.words(offer.kind()));
    AddDays(content, page);
    page.Section("In short", content.summary());
    page.MarkdownSection("At length", content.text());
    page.Section("Terms", content.terms());
    page.Fact("Aim", content.aim());
    page.Fact("For whom", content.for_whom());
    page.Fact("How to apply", content.how_to_apply());
    page.Fact("Place", content.place());
    page.Fact("Partners", layout.words(domain::EnumWords(*v1::PartnerCount_descriptor(), content.partners())));
    page.Fact("Places there are", content.places() == 0 ? "" : absl::StrCat(content.places()));
    page.Fact("Languages", absl::StrJoin(content.working_languages(), ", "));
    page.Fact("Organizations", NamesOf(content.organizations()));
    page.Fact("On behalf of", content.on_behalf_of().name());
    page.Subjects(content.subjects());
    page.WhereFrom(content);
  }
  AddReplies(reply.replies(), page);
  page.Section("Declined by", Declines(reply.declines(), layout));
  for (const v1::PartnershipSummary& partnership : reply.partnerships()) {
    page.Section("Partnership", absl::StrCat(ShortId(partnership.id()), ", ", layout.words(partnership.state()), ": ",
                                             PartiesOf(partnership, layout)));
    const bool is_earlier = partnership.offer_revision() != 0 && partnership.offer_revision() < offer.revision();
    if (is_earlier) {
      page.Line(layout.words("its text is that of revision {0} of the offer", partnership.offer_revision()));
    }
    AddReasonsOfLeaving(partnership, page);
    for (const v1::ConclusionSummary& conclusion : partnership.conclusions()) AddConclusion(conclusion, page);
  }
  if (!reply.conclusions().empty()) page.Add(absl::StrCat(Bold(layout.words("What came of it"), layout), "\n"));
  for (const v1::ConclusionSummary& conclusion : reply.conclusions()) AddConclusion(conclusion, page);
  if (layout.verbose) page.AddRevisions(reply.revisions());
  return page.text();
}

}  // namespace hansa::node::cli
