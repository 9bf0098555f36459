#include "node/exports/sdmx_ml_export.h"

#include "absl/strings/str_cat.h"
#include "node/exports/escaping.h"
#include "node/exports/sdmx_fields.h"

namespace hansa::node::exports {
namespace {

// The attributes of one Obs; what is empty is left out.
class ObsAttributes {
 public:
  explicit ObsAttributes(std::string& out) : out_(out) {}

  void Code(absl::string_view component, absl::string_view id) {
    if (id.empty()) return;
    Open(component);
    AppendSdmxCode(id, out_);
    out_ += '"';
  }
  void Text(absl::string_view component, absl::string_view text) {
    if (text.empty()) return;
    Open(component);
    AppendXmlText(text, out_);
    out_ += '"';
  }
  void Exact(absl::string_view component, absl::string_view text) {
    if (text.empty()) return;
    Open(component);
    out_.append(text.data(), text.size());
    out_ += '"';
  }

 private:
  void Open(absl::string_view component) {
    out_ += ' ';
    out_.append(component.data(), component.size());
    out_ += "=\"";
  }

  std::string& out_;
};

std::string StructureUrn() {
  return absl::StrCat("urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=", kSdmxAgency, ":", kSdmxFlow, "(",
                      kSdmxVersion, ")");
}

}  // namespace

std::string SdmxHeaderStart(absl::string_view kind, absl::Time prepared) {
  const absl::TimeZone utc = absl::UTCTimeZone();
  return absl::StrCat("    <message:ID>", kSdmxAgency, "_", kind, "_",
                      absl::FormatTime("%Y%m%dT%H%M%SZ", prepared, utc), "</message:ID>\n",
                      "    <message:Test>false</message:Test>\n", "    <message:Prepared>",
                      absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", prepared, utc), "</message:Prepared>\n",
                      "    <message:Sender id=\"", kSdmxAgency, "\"/>\n");
}

SdmxMlExport::SdmxMlExport(const catalogue::Catalogue& catalogue, absl::Time prepared)
    : attributes_(SdmxAttributes(catalogue)), prepared_(prepared) {}

std::string SdmxMlExport::Head() const {
  return absl::StrCat(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<message:StructureSpecificData xmlns:message=\"", kSdmxSchemas,
      "message\" xmlns:common=\"", kSdmxSchemas, "common\" xmlns:ss=\"", kSdmxSchemas,
      "data/structurespecific\" xmlns:hansa=\"", StructureUrn(),
      ":ObsLevelDim:AllDimensions\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n  <message:Header>\n",
      SdmxHeaderStart("DATA", prepared_), "    <message:Structure structureID=\"", kSdmxFlow, "\" namespace=\"",
      StructureUrn(),
      ":ObsLevelDim:AllDimensions\" dimensionAtObservation=\"AllDimensions\">\n      <common:Structure>\n"
      "        <Ref agencyID=\"",
      kSdmxAgency, "\" id=\"", kSdmxFlow, "\" version=\"", kSdmxVersion,
      "\"/>\n      </common:Structure>\n    </message:Structure>\n  </message:Header>\n"
      "  <message:DataSet ss:structureRef=\"",
      kSdmxFlow, "\" xsi:type=\"hansa:DataSetType\" ss:dataScope=\"DataStructure\" ss:action=\"Replace\">\n");
}

void SdmxMlExport::AppendRow(const ExportRow& row, std::string& out) const {
  out += "    <Obs";
  ObsAttributes obs(out);
  VisitSdmxFields(row, attributes_, obs);
  out += "/>\n";
}

std::string SdmxMlExport::Tail() const { return "  </message:DataSet>\n</message:StructureSpecificData>\n"; }

}  // namespace hansa::node::exports
