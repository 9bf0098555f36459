#include "node/cli/partnership_texts.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "hansa/v1/node.pb.h"
#include "node/cli/text_width.h"

namespace hansa::node::cli {
namespace {

std::string InWords(const v1::PartnershipOrganization& organization) {
  std::vector<std::string> parts;
  for (const std::string* part : {&organization.role(), &organization.member(), &organization.country()}) {
    if (!part->empty()) parts.push_back(*part);
  }
  return absl::StrCat(organization.name(), parts.empty() ? "" : absl::StrCat(" (", absl::StrJoin(parts, ", "), ")"),
                      organization.web().empty() ? "" : absl::StrCat(": ", organization.web()));
}

// The text that is signed, field by field.
void AddSignedText(const v1::PartnershipSummary& partnership, RecordPage& page) {
  page.Fact("Kind", page.layout().words(partnership.kind()));
  page.Fact("Begins", partnership.starts_on());
  page.Fact("Ends", partnership.ends_on());
  page.Section("Terms", partnership.terms());
  page.Section("Aim", partnership.aim());
  std::vector<std::string> organizations;
  for (const auto& organization : partnership.organizations()) organizations.push_back(InWords(organization));
  page.Section("Organizations", absl::StrJoin(organizations, "\n"));
  page.Subjects(partnership.subjects());
  // Of one that is over nobody asks who may sign.
  if (partnership.state() != "proposed" && partnership.state() != "in force") return;
  if (!partnership.signing_closed().empty()) {
    page.Line(page.layout().words("nobody can sign it any more: {0}",
                                  page.layout().words.Translated(partnership.signing_closed())));
    return;
  }
  page.Line(page.layout().words(partnership.open_to_others() ? "any other member can join by signing the same text"
                                                             : "only the parties can sign it"));
}

bool HasEnded(const v1::PartySummary& party) {
  return party.membership() == "retired" || party.membership() == "compromised";
}

// 'signed', 'signed, no longer a member'
std::string StateOf(const v1::PartySummary& party, const words::Words& words) {
  const std::string state = words(party.state());
  return HasEnded(party) ? absl::StrCat(state, ", ", words("no longer a member")) : state;
}

Table SignaturesOf(const v1::PartnershipSummary& partnership, const Layout& layout) {
  Table table({{layout.words("member")},
               {layout.words("state")},
               {layout.words("signed")},
               {layout.words("approved by")},
               {layout.words("note")}});
  for (const v1::PartySummary& party : partnership.parties()) {
    table.Add({party.member(), StateOf(party, layout.words),
               party.signed_ms() == 0 ? "-" : ClockTime(party.signed_ms()),
               party.approved_by().empty() ? "-" : Printable(party.approved_by()),
               party.note().empty() ? "-" : Printable(party.note())});
  }
  return table;
}

}  // namespace

std::string PartiesOf(const v1::PartnershipSummary& partnership, const Layout& layout) {
  std::vector<std::string> parties;
  for (const v1::PartySummary& party : partnership.parties()) {
    const bool is_plain = party.state() == "signed" && !HasEnded(party);
    parties.push_back(is_plain ? party.member()
                               : absl::StrCat(party.member(), " (", StateOf(party, layout.words), ")"));
  }
  return absl::StrJoin(parties, ", ");
}

void AddConclusion(const v1::ConclusionSummary& conclusion, RecordPage& page) {
  const Layout& layout = page.layout();
  const std::string when = conclusion.ended_on().empty() ? ClockTime(conclusion.published_ms()) : conclusion.ended_on();
  page.Line(conclusion.how().empty() ? layout.words("concluded by {0}, {1}", conclusion.member(), when)
                                     : layout.words("concluded by {0}, {1}: {2}", conclusion.member(), when,
                                                    layout.words(conclusion.how())));
  page.Markdown(conclusion.outcome());
}

void AddReasonsOfLeaving(const v1::PartnershipSummary& partnership, RecordPage& page) {
  for (const v1::PartySummary& party : partnership.parties()) {
    if (party.left_because().empty()) continue;
    page.Line(page.layout().words("why {0} left: {1}", party.member(), Printable(party.left_because())));
  }
}

std::string TextOf(const v1::ListPartnershipsReply& partnerships, const Layout& layout) {
  if (partnerships.partnerships().empty()) return absl::StrCat(layout.words("no partnership is known here yet"), "\n");
  Table table({{layout.words("id")}, {layout.words("title")}, {layout.words("state")}, {layout.words("parties")}});
  for (const v1::PartnershipSummary& partnership : partnerships.partnerships()) {
    table.Add({ShortId(partnership.id()), Printable(partnership.title()), layout.words(partnership.state()),
               PartiesOf(partnership, layout)});
  }
  return table.Text(layout);
}

std::string TextOf(const v1::PartnershipSummary& partnership, const Layout& layout) {
  RecordPage page(layout);
  page.Title(partnership.title());
  page.Line(absl::StrJoin(std::vector<std::string>{layout.words(partnership.state()), partnership.language(),
                                                   layout.words("partnership {0}", partnership.id())},
                          ", "));
  if (!partnership.offer().empty()) {
    const std::string offer = absl::StrCat(ShortId(partnership.offer()), ", ", partnership.offered_by());
    page.Fact("Offer", partnership.offer_revision() == 0
                           ? offer
                           : absl::StrCat(offer, ", ", layout.words("revision {0}", partnership.offer_revision())));
  }
  AddSignedText(partnership, page);
  page.Add(SignaturesOf(partnership, layout).Text(layout));
  AddReasonsOfLeaving(partnership, page);
  for (const v1::ConclusionSummary& conclusion : partnership.conclusions()) AddConclusion(conclusion, page);
  return page.text();
}

std::string TextOf(const v1::VerifyPartnershipReply& proof, const Layout& layout) {
  RecordPage page(layout);
  page.Title(proof.partnership().title());
  page.Line(absl::StrCat(layout.words(proof.partnership().state()), ": ", PartiesOf(proof.partnership(), layout)));
  page.Fact("Text (SHA-256)", proof.text_sha256());
  Table signatures({{layout.words("member")}, {layout.words("key")}, {layout.words("signature")}});
  for (const v1::SignatureCheck& check : proof.signatures()) {
    signatures.Add(
        {check.member(), check.key(), check.ok() ? layout.words("holds") : layout.words.Translated(check.what())});
  }
  page.Add(signatures.Text(layout));
  for (const std::string& problem : proof.problems()) page.Line(layout.words.Translated(problem));
  if (proof.ok()) page.Line(layout.words("every signature holds, over the same text"));
  return page.text();
}

}  // namespace hansa::node::cli
