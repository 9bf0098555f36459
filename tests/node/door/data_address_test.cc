// Which figures an address asks for, and what is none.
#include "node/door/data_address.h"

#include <gtest/gtest.h>

#include <string>

namespace hansa::node::door {
namespace {

TEST(DataAddressTest, WhoseOfWhenAndInWhichForm) {
  const auto network = ReadDataAddress("/data/network.csv");
  ASSERT_TRUE(network);
  EXPECT_EQ(network->request.format, "csv");
  EXPECT_EQ(network->request.member, "");
  EXPECT_FALSE(network->request.year);
  EXPECT_FALSE(network->is_beside);
  const auto city = ReadDataAddress("/data/gb-bristol-2023.sdmx.csv");
  ASSERT_TRUE(city);
  EXPECT_EQ(city->request.format, "sdmx-csv");
  EXPECT_EQ(city->request.member, "gb-bristol");
  EXPECT_EQ(city->request.year, 2023);
  EXPECT_EQ(city->file, "gb-bristol-2023.sdmx.csv");
  for (const auto& [ending, form] : {std::pair("xml", "sdmx-ml"), {"jsonl", "jsonl"}, {"xlsx", "xlsx"}}) {
    const auto address = ReadDataAddress(std::string("/data/kr-osan.") + ending);
    ASSERT_TRUE(address) << ending;
    EXPECT_EQ(address->request.format, form);
  }
}

TEST(DataAddressTest, WhatTellsHowToReadThemStandsBesideThem) {
  const auto metadata = ReadDataAddress("/data/network-2023.csv-metadata.json");
  ASSERT_TRUE(metadata);
  EXPECT_TRUE(metadata->is_beside);
  EXPECT_EQ(metadata->file, "network-2023.csv");
  EXPECT_EQ(metadata->request.year, 2023);
  const auto structures = ReadDataAddress("/data/network.xml-structures.xml");
  ASSERT_TRUE(structures);
  EXPECT_TRUE(structures->is_beside);
  EXPECT_EQ(structures->request.format, "sdmx-ml");
}

TEST(DataAddressTest, NothingElseIsAnAddress) {
  for (const std::string path :
       {"/data/", "/data/network", "/data/.csv", "/data/-2023.csv", "/data/../key.csv", "/data/a/b.csv", "/data/A.csv",
        "/data/network.csv.gz", "/other/network.csv", "/data/%2e%2e.csv", "/data/network.csv\n"}) {
    EXPECT_FALSE(ReadDataAddress(path)) << path;
  }
}

TEST(DataAddressTest, AYearIsFourDigitsBehindAName) {
  EXPECT_EQ(ReadDataAddress("/data/fr-2000-cap.csv")->request.member, "fr-2000-cap");
  EXPECT_EQ(ReadDataAddress("/data/fr-cap-20.csv")->request.member, "fr-cap-20");
  EXPECT_EQ(ReadDataAddress("/data/2023.csv")->request.member, "2023") << "a name that is not there";
}

TEST(QueryValueTest, IsDecodedAndBelongsToTheWholeName) {
  EXPECT_EQ(QueryValue("a=1&feature=2.1.3&b", "feature"), "2.1.3");
  EXPECT_EQ(QueryValue("xfeature=1", "feature"), "");
  EXPECT_EQ(QueryValue("q=a%20b+c%2", "q"), "a b c%2");
  EXPECT_EQ(QueryValue("q=%ed%95%9c", "q"), "한");
  EXPECT_EQ(QueryValue("", "q"), "");
}

}  // namespace
}  // namespace hansa::node::door
