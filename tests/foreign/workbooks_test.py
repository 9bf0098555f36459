#!/usr/bin/env python3
"""workbooks_test.py EXPORTS WORKBOOKS: the exported workbook and the templates as openpyxl and LibreOffice read them, held
to expected.tsv and template.tsv. LibreOffice opens each and saves it as text; it has a profile of its own below WORKBOOKS,
and is given 120 s for each file."""
import csv
import decimal
import pathlib
import re
import subprocess
import sys
import unittest

import openpyxl

WORKBOOKS = pathlib.Path(sys.argv.pop())
EXPORTS = pathlib.Path(sys.argv.pop())
FORMULA = re.compile(r"\A[=+\-@\t]")
CODES = "cell"  # a column's code that every workbook has


def lines_of(path):
    return [line.split("\t") for line in path.read_text("utf-8").splitlines()]


def number(text):
    return decimal.Decimal(str(text)) if text not in (None, "") else None


def rows_below_the_codes(rows):
    """Rows as {code of the column: text}, from the one below that of the codes on."""
    rows = list(rows)
    codes = next(at for at, row in enumerate(rows) if CODES in row)
    return [dict(zip(rows[codes], row)) for row in rows[codes + 1:]]


def by_openpyxl(path):
    return rows_below_the_codes(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))


def by_libreoffice(path, separator=44, quote=34, utf8=76):
    """The first sheet, as LibreOffice shows it."""
    filters = f'csv:Text - txt - csv (StarCalc):{separator},{quote},{utf8},1,,0,false,false,false,false,false,1'
    folder = WORKBOOKS / "by-libreoffice" / path.stem
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    subprocess.run(["soffice", f"-env:UserInstallation={(WORKBOOKS / 'profile').absolute().as_uri()}", "--headless", "--convert-to",
                    filters, "--outdir", str(folder), str(path)], check=True, timeout=120, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    [made] = folder.iterdir()
    with open(made, encoding="utf-8", newline="") as file:
        return rows_below_the_codes(csv.reader(file, strict=True))


def unguarded(text):
    return text[1:] if re.match(r"'+[=+\-@\t]", text or "") else text or ""


class WorkbooksTest(unittest.TestCase):
    def check_export(self, rows):
        expected = [tuple(line) for line in lines_of(EXPORTS / "expected.tsv")]
        self.assertGreater(len(expected), 300)
        found = [(row["member"], str(row["year"]), row["cell"], number(row["value"]), unguarded(row["note"]).replace("\n", "\\n"))
                 for row in rows]
        self.assertEqual(found, [(*row[:3], number(row[3]), row[4]) for row in expected])

    def test_openpyxl_reads_the_exported_workbook(self):
        self.check_export(by_openpyxl(EXPORTS / "figures.xlsx"))

    def test_libreoffice_reads_the_exported_workbook(self):
        self.check_export(by_libreoffice(EXPORTS / "figures.xlsx"))

    def test_no_cell_of_the_exported_workbook_is_a_formula(self):
        texts = 0
        for sheet in openpyxl.load_workbook(EXPORTS / "figures.xlsx").worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    texts += isinstance(cell.value, str)
                    self.assertNotEqual(cell.data_type, "f", cell.coordinate)
        self.assertGreater(texts, 3000)

    def check_template(self, rows):
        cells = int(lines_of(WORKBOOKS / "cells.tsv")[0][0])
        expected = {cell: number(digits) for cell, digits in lines_of(WORKBOOKS / "template.tsv")}
        self.assertGreater(len(expected), 3)
        rows = [row for row in rows if row["cell"]]
        self.assertEqual(len(rows), cells)
        self.assertEqual({row["cell"]: number(row["value"]) for row in rows if row["value"] not in (None, "")}, expected)

    def test_openpyxl_reads_the_templates(self):
        for language in ("en", "ko"):
            self.check_template(by_openpyxl(WORKBOOKS / f"template.{language}.xlsx"))

    def test_libreoffice_opens_the_templates(self):
        for language in ("en", "ko"):
            self.check_template(by_libreoffice(WORKBOOKS / f"template.{language}.xlsx"))


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"])
