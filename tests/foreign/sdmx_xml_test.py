#!/usr/bin/env python3
"""sdmx_xml_test.py DIR: the SDMX-ML messages are well-formed for xmllint, stand in the order that the schemas of
SDMX 2.1 demand, and agree with one another: every code in the data is in its codelist, every attribute of an
observation is a component, and what is mandatory is there."""
import pathlib
import subprocess
import sys
import unittest
import xml.etree.ElementTree as ET

FOLDER = pathlib.Path(sys.argv.pop())
NS = {
    "m": "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message",
    "s": "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure",
    "c": "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common",
}
# Of the sequences in SDMXStructure.xsd, SDMXStructureDataStructure.xsd and SDMXMessage.xsd, what we write of them.
ORDER = {
    "Structures": ["Dataflows", "Codelists", "Concepts", "DataStructures"],
    "DataStructureComponents": ["DimensionList", "AttributeList", "MeasureList"],
    "Attribute": ["ConceptIdentity", "LocalRepresentation", "AttributeRelationship"],
    "Dimension": ["ConceptIdentity", "LocalRepresentation"],
    "TimeDimension": ["ConceptIdentity", "LocalRepresentation"],
    "Dataflow": ["Name", "Structure"],
    "Codelist": ["Name", "Code"],
    "ConceptScheme": ["Name", "Concept"],
    "DataStructure": ["Name", "DataStructureComponents"],
    "Header": ["ID", "Test", "Prepared", "Sender", "Structure"],
}


def local(element):
    return element.tag.rsplit("}", 1)[-1]


def read(name):
    return ET.parse(FOLDER / name).getroot()


class SdmxXmlTest(unittest.TestCase):
    def test_is_well_formed(self):
        for name in ("figures.xml", "structures.xml"):
            done = subprocess.run(["xmllint", "--noout", "--nonet", FOLDER / name], capture_output=True, text=True)
            self.assertEqual((done.returncode, done.stderr), (0, ""), name)

    def test_stands_in_the_order_of_the_schemas(self):
        seen = set()
        for name in ("figures.xml", "structures.xml"):
            for element in read(name).iter():
                order = ORDER.get(local(element))
                if order is None:
                    continue
                seen.add(local(element))
                children = [local(child) for child in element]
                self.assertEqual([child for child in children if child not in order], [], local(element))
                places = [order.index(child) for child in children]
                self.assertEqual(places, sorted(places), local(element))
        self.assertEqual(seen, set(ORDER))

    def test_ids_are_of_the_form_that_sdmx_allows(self):
        structures = read("structures.xml")
        ids = [element.get("id") for element in structures.iter() if element.get("id")]
        self.assertGreater(len(ids), 100)
        for name in ids:
            self.assertRegex(name, r"\A[A-Za-z0-9_@$\-]+\Z")
        for concept in structures.iterfind(".//s:Concept", NS):
            self.assertRegex(concept.get("id"), r"\A[A-Za-z][A-Za-z0-9_\-]*\Z")

    def test_every_reference_leads_somewhere(self):
        structures = read("structures.xml")
        concepts = {concept.get("id") for concept in structures.iterfind(".//s:Concept", NS)}
        codelists = {codelist.get("id") for codelist in structures.iterfind(".//s:Codelist", NS)}
        known = {"Concept": concepts, "Codelist": codelists, "DataStructure": {"KEY_FEATURES"}}
        refs = [ref for ref in structures.iter("Ref") if ref.get("class")]
        self.assertGreater(len(refs), 40)
        for ref in refs:
            self.assertIn(ref.get("id"), known[ref.get("class")])

    def test_the_data_says_what_the_structures_allow(self):
        structures = read("structures.xml")
        codes = {
            codelist.get("id"): {code.get("id") for code in codelist.iterfind("s:Code", NS)}
            for codelist in structures.iterfind(".//s:Codelist", NS)
        }
        allowed, mandatory = {}, {"TIME_PERIOD"}
        for kind in ("Dimension", "TimeDimension", "Attribute", "PrimaryMeasure"):
            for component in structures.iterfind(f".//s:{kind}[@id]", NS):
                ref = component.find(".//s:Enumeration/Ref", NS)
                allowed[component.get("id")] = None if ref is None else codes[ref.get("id")]
                if kind == "Dimension" or component.get("assignmentStatus") == "Mandatory":
                    mandatory.add(component.get("id"))
        observations = read("figures.xml").findall(".//Obs")
        self.assertGreater(len(observations), 300)
        for observation in observations:
            self.assertLessEqual(mandatory, set(observation.keys()))
            for name, value in observation.items():
                self.assertIn(name, allowed)
                if allowed[name] is not None:
                    self.assertIn(value, allowed[name])
        keys = {tuple(observation.get(name) for name in sorted(mandatory - {"REVISION", "OBS_STATUS"}))
                for observation in observations}
        self.assertEqual(len(keys), len(observations), "two observations have one key")

    def test_figures_are_as_expected(self):
        expected = [line.split("\t") for line in (FOLDER / "expected.tsv").read_text("utf-8").splitlines()]
        found = [(obs.get("TIME_PERIOD"), obs.get("OBS_VALUE", ""), obs.get("COMMENT", "").replace("\n", "\\n"))
                 for obs in read("figures.xml").iterfind(".//Obs")]
        self.assertEqual(found, [(year, value, note) for _, year, _, value, note in expected])


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"])
