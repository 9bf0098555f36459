#include "node/api/document_shapes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hansa/v1/node_document.pb.h"
#include "node/report/report_content.h"
#include "tests/node/report/documents.h"
#include "tests/node/report/real_report.h"

namespace hansa::node::api {
namespace {

using report::Document;

Document ThereAndBack(const Document& document) {
  v1::Document message;
  Put(document, message);
  v1::Document received;
  EXPECT_TRUE(received.ParseFromString(message.SerializeAsString()));
  return DocumentOf(received);
}

TEST(DocumentShapes, ADocumentComesBackAsItWas) {
  EXPECT_EQ(ThereAndBack(report::Everywhere("text")), report::Everywhere("text"));
  const Document real =
      report::MakeReport(report::TheCatalogue(), report::BristolWithAll(2018), words::Language::kKorean);
  EXPECT_EQ(ThereAndBack(real), real);
}

TEST(DocumentShapes, WhatDoesNotFitIsMadeToFit) {
  v1::Document message;
  message.add_blocks();  // of no kind
  v1::Document::Table& table = *message.add_blocks()->mutable_table();
  table.add_header("a");
  table.add_header("b");
  table.add_rows()->add_cells("short");
  for (const char* cell : {"1", "2", "3"}) table.mutable_rows()->Add()->add_cells(cell);
  for (const char* cell : {"x", "y", "z"}) table.mutable_rows(0)->add_cells(cell);
  const Document document = DocumentOf(message);
  ASSERT_EQ(document.blocks.size(), 1u);
  for (const auto& row : std::get<report::Table>(document.blocks[0]).rows) EXPECT_EQ(row.size(), 2u);
}

}  // namespace
}  // namespace hansa::node::api
