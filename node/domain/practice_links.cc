#include "node/domain/practice_links.h"

#include <cstdint>
#include <utility>

#include "hansa/v1/practices.pb.h"
#include "replication/collections.h"

namespace hansa::node::domain {
namespace {

std::optional<PracticePointer> Pointed(const v1::Reference& reference) {
  const auto id = replication::RecordId::From(reference.record_id());
  const auto hash = replication::Hash::From(reference.entry_hash());
  const bool is_practice = reference.collection() == replication::kPractices.value();
  if (!id || !hash || !is_practice || reference.member() == 0) return std::nullopt;
  return PracticePointer{{replication::Member(reference.member()), *id}, *hash};
}

void Read(const PracticeRecord& record, const PracticeFacts& facts, PracticeLinks& links) {
  std::set<PracticeRecord> named;
  for (const BuiltUpon& built : facts.built_on) {
    const PracticeRecord& original = built.practice.record;
    if (original.author == record.author || !named.insert(original).second) continue;
    links.builds_on[record].push_back(built);
    links.built_upon_by[original].insert(record);
  }
}

}  // namespace

PracticeLinks LinksOf(absl::Span<const PracticeEntry> entries) {
  std::map<PracticeRecord, const PracticeEntry*> last;
  for (const PracticeEntry& entry : entries) {
    const PracticeEntry*& latest = last[entry.record];
    if (latest == nullptr || latest->place < entry.place) latest = &entry;
  }
  PracticeLinks links;
  for (const auto& [record, entry] : last) {
    if (const auto* practice = std::get_if<PracticeFacts>(&entry->says)) Read(record, *practice, links);
    if (const auto* translation = std::get_if<TranslationFacts>(&entry->says)) {
      links.translations[translation->original.record].insert(record);
      links.translated.emplace(record, *translation);
    }
  }
  return links;
}

PracticeFacts FactsOf(replication::Member author, const v1::Practice& practice) {
  PracticeFacts facts;
  for (const v1::BuiltOn& built : practice.built_on()) {
    const std::optional<PracticePointer> pointed = Pointed(built.practice());
    if (!pointed || pointed->record.author == author) continue;
    facts.built_on.push_back({*pointed, built.changed(), built.outcome()});
  }
  return facts;
}

std::optional<TranslationFacts> FactsOf(const v1::PracticeTranslation& translation) {
  const std::optional<PracticePointer> original = Pointed(translation.original());
  if (!original) return std::nullopt;
  return TranslationFacts{*original, translation.language()};
}

}  // namespace hansa::node::domain
