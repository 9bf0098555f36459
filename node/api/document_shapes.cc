#include "node/api/document_shapes.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "hansa/v1/node_document.pb.h"

namespace hansa::node::api {
namespace {

// Puts the content of a block into its message; one for each kind.
struct BlockPutter {
  v1::Document::Block& out;

  void operator()(const report::Heading& heading) const {
    out.mutable_heading()->set_level(static_cast<std::uint32_t>(heading.level));
    out.mutable_heading()->set_text(heading.text);
  }
  void operator()(const report::Paragraph& paragraph) const {
    v1::Document::Paragraph& message = *out.mutable_paragraph();
    message.set_label(paragraph.label);
    message.set_text(paragraph.text);
    message.set_language(paragraph.language);
  }
  void operator()(const report::List& list) const {
    out.mutable_list()->set_label(list.label);
    *out.mutable_list()->mutable_items() = {list.items.begin(), list.items.end()};
  }
  void operator()(const report::Table& table) const {
    v1::Document::Table& message = *out.mutable_table();
    message.set_caption(table.caption);
    *message.mutable_header() = {table.header.begin(), table.header.end()};
    for (const auto& row : table.rows) *message.add_rows()->mutable_cells() = {row.begin(), row.end()};
    for (const std::size_t column : table.numeric) message.add_numeric(static_cast<std::uint32_t>(column));
  }
  void operator()(const report::Chart& chart) const {
    v1::Document::Chart& message = *out.mutable_chart();
    message.set_caption(chart.caption);
    message.set_unit(chart.unit);
    message.set_least(chart.least);
    message.set_greatest(chart.greatest);
    for (const report::Dot& dot : chart.dots) {
      v1::Document::Dot& one = *message.add_dots();
      one.set_year(static_cast<std::uint32_t>(dot.year));
      one.set_value(dot.value);
      one.set_apart(dot.apart);
    }
    for (const report::Mark& mark : chart.marks) {
      v1::Document::Mark& one = *message.add_marks();
      one.set_year(static_cast<std::uint32_t>(mark.year));
      one.set_text(mark.text);
      one.set_value(mark.value);
    }
  }
};

report::Table TableOf(const v1::Document::Table& message) {
  report::Table table{.caption = message.caption(), .header = {message.header().begin(), message.header().end()}};
  table.rows.reserve(static_cast<std::size_t>(message.rows_size()));
  for (const v1::Document::Row& row : message.rows()) {
    table.rows.emplace_back(row.cells().begin(), row.cells().end());
    table.rows.back().resize(table.header.size());
  }
  table.numeric.assign(message.numeric().begin(), message.numeric().end());
  return table;
}

report::Chart ChartOf(const v1::Document::Chart& message) {
  report::Chart chart{
      .caption = message.caption(), .unit = message.unit(), .least = message.least(), .greatest = message.greatest()};
  chart.dots.reserve(static_cast<std::size_t>(message.dots_size()));
  for (const v1::Document::Dot& dot : message.dots()) {
    chart.dots.push_back({static_cast<int>(dot.year()), dot.value(), dot.apart()});
  }
  chart.marks.reserve(static_cast<std::size_t>(message.marks_size()));
  for (const v1::Document::Mark& mark : message.marks()) {
    chart.marks.push_back({static_cast<int>(mark.year()), mark.text(), mark.value()});
  }
  return chart;
}

std::optional<report::Block> BlockOf(const v1::Document::Block& block) {
  switch (block.content_case()) {
    case v1::Document::Block::kHeading:
      return report::Heading{static_cast<int>(block.heading().level()), block.heading().text()};
    case v1::Document::Block::kParagraph:
      return report::Paragraph{block.paragraph().label(), block.paragraph().text(), block.paragraph().language()};
    case v1::Document::Block::kTable:
      return TableOf(block.table());
    case v1::Document::Block::kChart:
      return ChartOf(block.chart());
    case v1::Document::Block::kList:
      return report::List{block.list().label(), {block.list().items().begin(), block.list().items().end()}};
    case v1::Document::Block::CONTENT_NOT_SET:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

void Put(const report::Document& document, v1::Document& out) {
  out.set_title(document.title);
  out.set_author(document.author);
  out.set_language(document.language);
  out.set_dated_ms(document.dated_ms);
  for (const report::Block& block : document.blocks) std::visit(BlockPutter{*out.add_blocks()}, block);
}

report::Document DocumentOf(const v1::Document& document) {
  report::Document out{.title = document.title(),
                       .author = document.author(),
                       .language = document.language(),
                       .dated_ms = document.dated_ms()};
  out.blocks.reserve(static_cast<std::size_t>(document.blocks_size()));
  for (const v1::Document::Block& block : document.blocks()) {
    if (std::optional<report::Block> content = BlockOf(block)) out.blocks.push_back(*std::move(content));
  }
  return out;
}

}  // namespace hansa::node::api
