// A page about one record, part by part, as people read it. What cities wrote stays as they wrote it, without what
// could disturb a terminal; what is not given leaves no trace.
#ifndef HANSA_NODE_CLI_RECORD_PAGE_H_
#define HANSA_NODE_CLI_RECORD_PAGE_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "node/cli/table.h"

namespace hansa::v1 {
class Contact;
class Link;
class RecordRevision;
class Subjects;
}  // namespace hansa::v1

namespace hansa::node::cli {

// So many digits of an id are enough to name a record by hand: the first 12.
std::string ShortId(const std::string& id);
// Minutes of local time, of Unix milliseconds.
std::string ClockTime(std::uint64_t unix_ms);

// Not thread-safe. The layout outlives it.
class RecordPage {
 public:
  explicit RecordPage(const Layout& layout) : layout_(layout) {}

  void Title(const std::string& title);
  void Line(const std::string& line);
  // `name` is a key of the catalogue of strings, as in Section.
  void Fact(absl::string_view name, const std::string& value);
  // Paragraphs under a heading, as their author broke them.
  void Section(absl::string_view name, const std::string& text);
  // Markdown under a heading, as plain lines: lists and quotations keep their marks, links are 'text (address)'.
  void MarkdownSection(absl::string_view name, const std::string& text);
  // The same without a heading.
  void Markdown(const std::string& text);
  // What is laid out already, such as a table.
  void Add(const std::string& text);

  // Features with their statements, action points, free words.
  void Subjects(const v1::Subjects& subjects);
  void Contact(const v1::Contact& contact);
  void Link(const v1::Link& link);
  // Contact, links, source and licence of a record.
  template <typename Record>
  void WhereFrom(const Record& record) {
    if (record.has_contact()) Contact(record.contact());
    for (const v1::Link& link : record.links()) Link(link);
    Fact("Source", record.source());
    Fact("Licence", record.licence());
  }
  // Of a list of v1::RecordRevision whose last takes the record back: what its author says why.
  template <typename Revisions>
  void WhyTakenBack(const Revisions& revisions) {
    if (!revisions.empty()) AddWhyTakenBack(*revisions.rbegin());
  }
  // One row for each of `revisions`, a list of v1::RecordRevision.
  template <typename Revisions>
  void AddRevisions(const Revisions& revisions) {
    Table table = RevisionTable();
    for (const v1::RecordRevision& revision : revisions) AddRevision(revision, table);
    Add(table.Text(layout_));
  }

  const std::string& text() const { return text_; }
  const Layout& layout() const { return layout_; }

 private:
  void AddWhyTakenBack(const v1::RecordRevision& last);
  Table RevisionTable() const;
  void AddRevision(const v1::RecordRevision& revision, Table& table) const;

  const Layout& layout_;
  std::string text_;
};

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_RECORD_PAGE_H_
