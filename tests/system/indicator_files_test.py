"""A city's files: the template that is filled in, what offices keep in their own way, what an enemy sends, and what comes out."""

import csv
import datetime
import io
import json
import pathlib
import unittest
import zipfile

import openpyxl

from support import UNEMPLOYMENT, NetworkTest

from demo_network.programs import DONE, REFUSED

LITERACY = "1.1.1/adult-literacy-rate#total"
GDP = "1.2.1/gdp-per-capita"


class IndicatorFilesTest(NetworkTest):
    cities = ("gb-bristol", "gb-derby")

    def setUp(self):
        super().setUp()
        self.start_all()
        self.network.wait_admitted()
        self.bristol = self.node("gb-bristol")
        self.office = self.network.files / "office"
        self.office.mkdir()

    def path(self, name, content=None):
        path = self.office / name
        if content is not None:
            path.write_bytes(content)
        return str(path)

    def taken(self, *words):
        """The report of an import, which takes the file."""
        run = self.bristol.hansa("indicators", "import", *words, "--json")
        self.assertEqual(run.code, DONE, run.out + run.err)
        return json.loads(run.out)

    def drafted(self):
        return {(row["year"], row["cell"]): row["value"] for row in self.bristol.ask("indicators", "show") if not row["published"]}

    def fill(self, template, answers):
        """Types `answers` ({cell: {column: text}}) into a template, as an officer would, and saves it."""
        book = openpyxl.load_workbook(template)
        sheet = book.worksheets[0]
        codes = next(row for row in sheet.iter_rows(max_row=20) if "cell" in [cell.value for cell in row])
        columns = {cell.value: cell.column for cell in codes}
        for row in range(codes[0].row + 1, sheet.max_row + 1):
            for column, text in answers.get(sheet.cell(row, columns["cell"]).value, {}).items():
                cell = sheet.cell(row, columns[column])
                cell.value = text
                if isinstance(text, str):
                    cell.data_type = "s"  # what is typed into a cell of text is no formula
        book.save(template)

    def test_templates_of_departments_add_up(self):
        self.bristol.do("indicators", "assign", "1.2", "--department", "Economic affairs")
        self.bristol.do("indicators", "assign", LITERACY, "--department", "Schools")
        assigned = self.bristol.ask("indicators", "departments")
        self.assertEqual({row["department"] for row in assigned}, {"Economic affairs", "Schools"})
        self.bristol.do("indicators", "set", UNEMPLOYMENT, "6.10", "--year", 2023, "--source", "city register")

        economy, schools = self.path("economy.xlsx"), self.path("schools.csv")
        self.bristol.do("indicators", "template", "--year", 2024, "--department", "economic affairs", "-o", economy)
        self.fill(economy, {UNEMPLOYMENT: {"value": 5.5, "source": "city register", "note": "=not a formula"}})
        tried = self.taken(economy, "--dry-run")
        self.assertEqual((tried["ok"], tried["accepted"], tried["dry_run"]), (True, 1, True), tried)
        self.assertNotIn((2024, UNEMPLOYMENT), self.drafted(), "a dry run takes nothing")
        taken = self.taken(economy)
        self.assertEqual({key: taken[key] for key in ("ok", "accepted", "completeness", "errors", "warnings")},
                         {key: tried[key] for key in ("ok", "accepted", "completeness", "errors", "warnings")})

        self.bristol.do("indicators", "template", "--year", 2024, "--department", "Schools", "-o", schools)
        rows = list(csv.DictReader(io.StringIO(pathlib.Path(schools).read_text("utf-8-sig"))))
        self.assertEqual([row["cell"] for row in rows], [LITERACY])
        rows[0].update(value="98.50", source="school census")
        with open(schools, "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)
        self.assertTrue(self.taken(schools)["ok"])
        self.assertEqual(self.drafted(), {(2023, UNEMPLOYMENT): "6.10", (2024, UNEMPLOYMENT): "5.5", (2024, LITERACY): "98.50"})

        # The year before stands beside, and what stands is filled in.
        whole = self.path("whole.csv")
        self.bristol.do("indicators", "template", "--year", 2024, "-o", whole)
        of_all = {row["cell"]: row for row in csv.DictReader(io.StringIO(pathlib.Path(whole).read_text("utf-8-sig")))}
        self.assertEqual(len(of_all), 76)
        self.assertEqual((of_all[UNEMPLOYMENT]["value"], of_all[UNEMPLOYMENT]["last_year_value"]), ("5.5", "6.10"))
        before = self.bristol.ask("indicators", "show")
        again = self.taken(whole)
        self.assertEqual((again["ok"], again["errors"]), (True, []), "an untouched template changes nothing")
        self.assertEqual(self.bristol.ask("indicators", "show"), before)

    def test_a_template_in_a_language_without_texts(self):
        columns = {}
        for language in ("en", "ko", "fr", "pt-BR"):
            form = self.path(f"{language}.csv")
            made = self.bristol.hansa("indicators", "template", "--year", 2024, "--lang", language, "-o", form, "--json")
            self.assertEqual(made.code, DONE, made.err)
            remark = json.loads(made.out)["remark"]
            self.assertEqual(remark is None, language in ("en", "ko"), remark)
            if remark is not None:
                self.assertIn(language, remark)
                self.assertIn("in English", made.err)
            columns[language] = pathlib.Path(form).read_text("utf-8-sig").splitlines()[0]
        self.assertEqual(set(columns.values()), {columns["en"]}, "codes of columns are the same in every language")
        french = self.path("fr.xlsx")
        self.bristol.do("indicators", "template", "--year", 2024, "--lang", "fr", "-o", french)
        self.fill(french, {UNEMPLOYMENT: {"value": 7.25, "source": "registre"}})
        self.assertTrue(self.taken(french)["ok"])
        self.assertEqual(self.drafted()[(2024, UNEMPLOYMENT)], "7.25")
        refused = self.bristol.hansa("indicators", "template", "--year", 2024, "--lang", "no language", "-o", french)
        self.assertNotEqual(refused.code, DONE, refused.out)
        self.assertIn("is not a language tag", refused.err)

    def test_problems_come_back_marked(self):
        template, marked = self.path("year.xlsx"), self.path("marked.xlsx")
        self.bristol.do("indicators", "template", "--year", 2024, "-o", template)
        self.fill(template, {UNEMPLOYMENT: {"value": 120}, LITERACY: {"value": "many"}, GDP: {"value": "-"}})
        run = self.bristol.hansa("indicators", "import", template, "--marked", marked, "--json")
        self.assertEqual(run.code, REFUSED)
        report = json.loads(run.out)
        self.assertEqual({error["cell"] for error in report["errors"]}, {UNEMPLOYMENT, LITERACY, GDP}, report["errors"])
        self.assertEqual(self.drafted(), {}, "all or nothing")
        sheet = openpyxl.load_workbook(marked).worksheets[0]
        remarks = {cell.row: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}
        self.assertEqual(set(remarks), {error["row"] for error in report["errors"]})
        for error in report["errors"]:
            self.assertIn(error["what"], remarks[error["row"]])

        self.bristol.do("indicators", "template", "--year", 2024, "-o", template)
        self.fill(template, {UNEMPLOYMENT: {"value": 4.5, "source": "city register"}})
        run = self.bristol.hansa("indicators", "import", template, "--marked", marked, "--lang", "en")
        self.assertEqual(run.code, DONE, run.err)
        self.assertIn("has no marks", run.out, "nothing is claimed of what is flawless")
        self.assertEqual(run.err, "")

    def test_files_are_taken_as_offices_keep_them(self):
        korean = "cell,year,value,source\n{},2024,98.5,{}\n".format(LITERACY, "통계청 인구조사").encode("cp949")
        run = self.bristol.hansa("indicators", "import", self.path("korean.csv", korean))
        self.assertEqual(run.code, REFUSED)
        self.assertIn("통계청", run.out, "shown as it looks")
        self.assertIn("--encoding CP949", run.out)
        self.assertTrue(self.taken(self.path("korean.csv"), "--encoding", "CP949")["ok"])

        # Measurements down, years across, in the words of the framework, under a line of title.
        book = openpyxl.Workbook()
        book.active.append(["Office of statistics"])
        book.active.append(["Indicator", 2021, 2022])
        book.active.append(["Unemployment rate (Total)", 5.25, None])
        book.active.append(["1인당 국내 총생산(GDP)", None, 31234.5])
        book.save(self.path("wide.xlsx"))
        taken = self.taken(self.path("wide.xlsx"))
        self.assertEqual((taken["ok"], taken["accepted"], taken["read_as"]["kind"]), (True, 2, "xlsx"), taken)

        book.active["B3"] = "about five"
        book.save(self.path("wide_bad.xlsx"))
        marked = self.path("wide_marked.xlsx")
        self.assertEqual(self.bristol.hansa("indicators", "import", self.path("wide_bad.xlsx"), "--marked", marked).code, REFUSED)
        self.assertIn("not a number", openpyxl.load_workbook(marked).worksheets[0]["B3"].comment.text)

        german = f"cell;year;value\n{UNEMPLOYMENT};2020;5,50\n{GDP};2020;1.234,5\n".encode()
        taken = self.taken(self.path("german.csv", german))
        self.assertEqual((taken["ok"], taken["read_as"]["separator"], taken["read_as"]["decimal"]), (True, ";", "either"), taken)
        unclear = f"cell;year;value\n{GDP};2019;1.234\n".encode()
        run = self.bristol.hansa("indicators", "import", self.path("unclear.csv", unclear))
        self.assertEqual(run.code, REFUSED)
        self.assertIn("could be 1234 or 1.234", run.out)
        self.assertIn("--decimal point if it is 1.234, --decimal comma if it is 1234", run.out)
        self.assertTrue(self.taken(self.path("unclear.csv"), "--decimal", "comma")["ok"])
        self.assertEqual(self.drafted(), {(2024, LITERACY): "98.5", (2021, UNEMPLOYMENT): "5.25", (2022, GDP): "31234.5",
                                          (2020, UNEMPLOYMENT): "5.50", (2020, GDP): "1234.5", (2019, GDP): "1234"})

    def test_a_correction_keeps_what_it_does_not_name_and_says_what_it_changes(self):
        first = f"cell,year,value,source,note\n{UNEMPLOYMENT},2023,4.9,register,the works closed\n".encode()
        self.taken(self.path("first.csv", first))
        self.bristol.do("indicators", "publish", "--year", 2023)
        book = openpyxl.Workbook()
        book.active.append(["Indicator", datetime.date(2023, 1, 1), None])
        book.active.append(["Unemployment rate: Total", 5.1, "(p)"])
        book.active["B1"].number_format = "yyyy"
        book.save(self.path("correction.xlsx"))
        taken = self.taken(self.path("correction.xlsx"))
        change = {"year": 2023, "cell": UNEMPLOYMENT, "published": {"value": "4.9", "no_data_reason": None},
                  "draft": {"value": "5.1", "no_data_reason": None}, "columns": ["value"]}
        self.assertEqual(taken["changes"], [change])
        self.assertEqual([problem["rule"] for problem in taken["warnings"]], ["column-without-name"])
        checked = self.bristol.do("indicators", "check", "--year", 2023).out
        self.assertIn(f"what the draft changes of what is published:\n  2023 {UNEMPLOYMENT}: 4.9 → 5.1\n", checked)
        self.bristol.do("indicators", "publish", "--year", 2023, "--reason", "typed wrong")
        row = self.bristol.ask("indicators", "show", "--year", 2023)[0]
        self.assertEqual((row["value"], row["source"], row["note"]), ("5.1", "register", "the works closed"))

        book = openpyxl.Workbook()
        book.active.append(["cell", "year", "value", "source"])
        book.active.append([UNEMPLOYMENT, 2022, 4.4, "#N/A"])
        book.active["D2"].data_type = "e"
        book.save(self.path("broken.xlsx"))
        run = self.bristol.hansa("indicators", "import", self.path("broken.xlsx"))
        self.assertEqual(run.code, REFUSED)
        self.assertIn("broken.xlsx:2:source: '#N/A' is a fault of the spreadsheet's own formula", run.out)

    def test_hostile_files_are_refused_and_the_node_goes_on(self):
        bomb = io.BytesIO()
        with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/worksheets/sheet1.xml", b"0" * (50 * 1024 * 1024))
        hostile = {
            "bomb.xlsx": bomb.getvalue(),
            "cut.xlsx": bomb.getvalue()[:100],
            "wide.csv": b"cell,value" + b",x" * 1_000_000 + b"\n",
            "long.csv": b'cell,value\n"' + b"x" * 5_000_000,
            "old.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
            "noise.csv": bytes(range(256)) * 100,
            "empty.csv": b"",
        }
        for name, content in hostile.items():
            with self.subTest(name):
                run = self.bristol.hansa("indicators", "import", self.path(name, content), "--year", 2024, "--json")
                self.assertEqual(run.code, REFUSED, run.out + run.err)
                self.assertTrue(json.loads(run.out)["errors"][0]["do"])
                self.assertTrue(json.loads(run.out)["errors"][0]["rule"])
        self.assertEqual(self.drafted(), {})
        self.assertEqual(self.bristol.ask("status")["member"], "gb-bristol")

    def test_what_is_published_comes_out_in_every_form_and_back_in(self):
        self.bristol.do("indicators", "set", UNEMPLOYMENT, "5.50", "--year", 2023, "--source", "city register",
                        "--note", "=HYPERLINK(\"x\")")
        self.bristol.do("indicators", "publish")
        for form, ending in (("csv", "csv"), ("sdmx-csv", "sdmx.csv"), ("sdmx-ml", "xml"), ("jsonl", "jsonl"), ("xlsx", "xlsx")):
            with self.subTest(form):
                written = self.bristol.ask("network", "export", "--format", form, "--member", "gb-bristol", "--year", 2023,
                                           "-o", str(self.office))
                path = pathlib.Path(written["file"])
                self.assertEqual((path.name, written["rows"]), (f"hansa_gb-bristol_2023_r1.{ending}", 1))
                if form == "xlsx":
                    rows = list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))
                    row = dict(zip(rows[0], rows[1]))
                    self.assertEqual((row["value"], row["note"]), (5.5, '=HYPERLINK("x")'))
                else:
                    self.assertIn("5.50", path.read_text())
                self.assertEqual(written["companion"] is not None, form in ("csv", "sdmx-csv", "sdmx-ml"))
                if form in ("csv", "xlsx"):
                    self.assertTrue(self.taken(str(path))["ok"])
                    self.assertEqual(self.bristol.ask("indicators", "publish"), [], "nothing differs")
        self.network.wait_in_step()
        ours, theirs = (node.ask("network", "export", "--format", "csv", "-o", self.path(node.slug + ".csv"))
                        for node in (self.hub, self.node("gb-derby")))
        self.assertEqual(pathlib.Path(ours["file"]).read_bytes(), pathlib.Path(theirs["file"]).read_bytes())


if __name__ == "__main__":
    unittest.main(verbosity=2)
