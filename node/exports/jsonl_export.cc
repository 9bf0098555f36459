#include "node/exports/jsonl_export.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "node/domain/observation.h"
#include "node/exports/escaping.h"

namespace hansa::node::exports {
namespace {

// One object; fields that are empty are left out.
class Object {
 public:
  explicit Object(std::string& out) : out_(out) { out_ += '{'; }

  void Text(absl::string_view name, absl::string_view text) {
    if (text.empty()) return;
    Name(name);
    AppendJsonText(text, out_);
  }
  void Number(absl::string_view name, const absl::AlphaNum& number) {
    Name(name);
    absl::StrAppend(&out_, number);
  }
  // The field `name`, whose value the caller appends.
  void Name(absl::string_view name) {
    if (!first_) out_ += ',';
    first_ = false;
    AppendJsonText(name, out_);
    out_ += ':';
  }
  void End() { out_ += '}'; }

 private:
  std::string& out_;
  bool first_ = true;
};

void AppendAttributes(const domain::Observation& observation, Object& object, std::string& out) {
  if (observation.attributes.empty()) return;
  object.Name("attributes");
  Object attributes(out);
  for (const domain::ObservationAttribute& attribute : observation.attributes) {
    attributes.Text(attribute.key, attribute.value);
  }
  attributes.End();
}

}  // namespace

void JsonlExport::AppendRow(const ExportRow& row, std::string& out) const {
  const domain::Observation& o = row.observation;
  Object object(out);
  object.Text("member", row.member);
  object.Text("name", row.name);
  object.Text("country", row.country);
  object.Text("region", row.region);
  object.Text("framework", row.framework_version);
  object.Number("year", row.year);
  object.Number("revision", row.revision);
  object.Text("record", row.record);
  object.Text("cell", o.cell);
  object.Text("value", ValueOf(o));
  object.Text("no_data_reason", o.no_data_reason);
  object.Text("unit", o.unit);
  object.Text("source_kind", Code(o.source_kind));
  object.Text("source", o.source);
  object.Text("supplier", o.supplier);
  object.Text("licence", o.licence);
  object.Text("period", o.period);
  object.Text("area", o.area);
  object.Text("level", Code(o.level));
  object.Text("match", Code(o.match));
  object.Text("derivation_note", o.derivation_note);
  object.Text("language", o.definition_language);
  AppendAttributes(o, object, out);
  object.Text("note", o.note);
  object.Text("approved_by", o.approved_by);
  object.Text("word_of", o.word_of);
  object.End();
  out += '\n';
}

}  // namespace hansa::node::exports
