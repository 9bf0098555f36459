#!/usr/bin/env python3
"""tables_test.py DIR: CSV, SDMX-CSV and JSON lines as Python's own library reads them, held to expected.tsv."""
import csv
import json
import pathlib
import re
import sys
import unittest

FOLDER = pathlib.Path(sys.argv.pop())


def expected():
    lines = (FOLDER / "expected.tsv").read_text("utf-8").splitlines()
    return [tuple(line.replace("\\n", "\n").split("\t")) for line in lines]


def rows_of(name):
    with open(FOLDER / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def unguarded(text):
    return text[1:] if re.match(r"'+[=+\-@\t]", text) else text


def code(text):
    return re.sub(r"[^A-Za-z0-9]", "_", text).upper()


class TablesTest(unittest.TestCase):
    def setUp(self):
        self.expected = expected()
        self.assertGreater(len(self.expected), 300)

    def test_csv(self):
        rows = rows_of("figures.csv")
        found = [(row["member"], row["year"], row["cell"], row["value"], unguarded(row["note"])) for row in rows]
        self.assertEqual(found, self.expected)

    def test_no_cell_of_a_csv_file_is_a_formula(self):
        cells = 0
        for name in ("figures.csv", "figures.sdmx.csv"):
            for row in rows_of(name):
                for column, text in row.items():
                    cells += 1
                    if column not in ("value", "OBS_VALUE"):
                        self.assertNotRegex(text, r"\A[=+\-@\t]", column)
        self.assertGreater(cells, 10000)

    def test_sdmx_csv(self):
        found = [(row["REF_AREA"], row["TIME_PERIOD"], row["MEASUREMENT"], row["OBS_VALUE"], unguarded(row["COMMENT"]))
                 for row in rows_of("figures.sdmx.csv")]
        self.assertEqual(found, [(code(member), year, code(cell.split("#")[0]), value, note)
                                 for member, year, cell, value, note in self.expected])

    def test_json_lines(self):
        found = []
        for line in (FOLDER / "figures.jsonl").read_text("utf-8").split("\n")[:-1]:
            row = json.loads(line)
            found.append((row["member"], str(row["year"]), row["cell"], row.get("value", ""), row.get("note", "")))
        self.assertEqual(found, self.expected)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"])
