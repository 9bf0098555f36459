#include "node/domain/own_target.h"

#include <algorithm>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "hansa/v1/indicators.pb.h"
#include "node/domain/decimal.h"
#include "node/domain/problem.h"
#include "node/domain/record_form.h"
#include "node/domain/text.h"
#include "node/domain/value_rules.h"
#include "replication/check.h"

namespace hansa::node::domain {
namespace {

bool IsCellCharacter(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return absl::ascii_islower(byte) || absl::ascii_isdigit(byte) || c == '.' || c == '/' || c == '#' || c == '-';
}

absl::Status Broken(absl::string_view field, const Explanation& fault) {
  return absl::InvalidArgumentError(absl::StrCat(field, ": ", fault.what, "; ", fault.remedy));
}

}  // namespace

absl::Status DecodeOwnTarget(absl::string_view bytes, v1::OwnTarget& target) {
  HANSA_RETURN_IF_ERROR(DecodeRecord(bytes, target));
  if (!std::all_of(target.cell().begin(), target.cell().end(), IsCellCharacter)) {
    return absl::InvalidArgumentError(
        absl::StrCat("cell: ", Quoted(target.cell()), " has other characters than a-z, 0-9, '.', '/', '#' and '-'"));
  }
  const absl::Status decimal = Decimal::Parse(target.value()).status();
  if (decimal.ok()) return decimal;
  return absl::InvalidArgumentError(absl::StrCat("value: ", decimal.message()));
}

absl::Status CheckOwnTarget(const catalogue::Catalogue& catalogue, const v1::OwnTarget& target) {
  if (target.framework_id() != catalogue.framework_id() || target.framework_version() != catalogue.version()) {
    return absl::InvalidArgumentError(absl::StrCat("it is of the framework ", Quoted(target.framework_id()), " ",
                                                   Quoted(target.framework_version()),
                                                   ", which this program does not know"));
  }
  const catalogue::Cell* const cell = catalogue.FindCell(target.cell());
  if (cell == nullptr) {
    return absl::InvalidArgumentError(
        absl::StrCat("there is no cell ", Quoted(target.cell()), "; ", CellAdvice(catalogue, target.cell())));
  }
  if (const auto fault = CheckUnit(*cell->measurement, target.unit())) return Broken("unit", *fault);
  const absl::StatusOr<Decimal> value = Decimal::Parse(target.value());
  HANSA_RETURN_IF_ERROR(value.status());
  if (const auto fault = CheckValue(*cell->measurement, *value)) return Broken("value", *fault);
  return absl::OkStatus();
}

}  // namespace hansa::node::domain
