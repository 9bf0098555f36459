// The framework as people and scripts read it: parts, areas, features, measurements and their cells,
// in the language asked for, and in both where they differ. Needs no node.
#ifndef HANSA_NODE_CLI_CATALOGUE_TEXTS_H_
#define HANSA_NODE_CLI_CATALOGUE_TEXTS_H_

#include <string>

#include "node/catalogue/catalogue.h"
#include "node/catalogue/coded.h"
#include "node/cli/table.h"

namespace hansa::node::cli {

struct CataloguePage {
  const catalogue::Catalogue& catalogue;
  std::string language;  // en or ko
  Layout layout;
};

std::string OverviewText(const CataloguePage& page);
std::string FeatureText(const CataloguePage& page, const catalogue::Feature& feature);
std::string MeasurementText(const CataloguePage& page, const catalogue::Measurement& measurement);
// Of whatever a code names. Something must be named.
std::string CodedText(const CataloguePage& page, const catalogue::Coded& coded);

// JSON always has every language.
std::string OverviewJson(const catalogue::Catalogue& catalogue);
std::string FeatureJson(const catalogue::Catalogue& catalogue, const catalogue::Feature& feature);
std::string MeasurementJson(const catalogue::Catalogue& catalogue, const catalogue::Measurement& measurement);
std::string CodedJson(const catalogue::Catalogue& catalogue, const catalogue::Coded& coded);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_CATALOGUE_TEXTS_H_
