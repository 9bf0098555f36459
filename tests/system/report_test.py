"""A city's report of a year, made by the programs from real figures: as a page, a print and Markdown, in both languages."""

import html.parser
import json
import os
import re
import subprocess
import unittest

from support import UNEMPLOYMENT, NetworkTest

from demo_network.programs import FAILED, NOT_FOUND, REFUSED, USAGE

OTHERS = re.compile("gb-derby|derby", re.I)


class Page(html.parser.HTMLParser):
    """The text of a page, and the elements in it."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.text, self.language = set(), [], None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.elements.add(tag)
        if tag == "html":
            self.language = dict(attributes)["lang"]

    def handle_data(self, data):
        self.text.append(data)


class ReportTest(NetworkTest):
    cities = ("gb-bristol", "gb-derby")

    def setUp(self):
        super().setUp()
        self.start_all()
        self.network.wait_admitted()
        self.bristol, self.derby = (self.node(slug) for slug in self.cities)
        for city in (self.bristol, self.derby):
            self.import_years(city, range(2014, 2020))
            city.do("indicators", "publish")
        self.network.wait_in_step()

    def make(self, node, name, *words):
        path = self.network.files / name
        answer = node.ask("report", "--year", 2018, "-o", path, *words)
        self.assertEqual(answer["file"], str(path))
        content = path.read_bytes()
        self.assertEqual(answer["bytes"], len(content))
        return answer, content

    def test_a_real_city_in_every_form_and_language(self):
        self.bristol.do("indicators", "target", UNEMPLOYMENT, "3.5", "--by", "2199", "--note", "as the council wants")
        self.bristol.ask("strategies", "add", "-", stdin=json.dumps(
            {"title": "Work for all", "language": "en", "kind": "strategy", "starts_on": "2016-04-01", "features": ["1.2.2"],
             "cells": [UNEMPLOYMENT]}).encode())
        for language, title, words in (("en", "Bristol: progress report for 2018", "towards the feature"),
                                       ("ko", "Bristol: 2018년 추진 현황 보고서", "특징에 가까워짐")):
            answer, page = self.make(self.bristol, f"report-{language}.html", "--lang", language)
            self.assertEqual((answer["title"], answer["language"], answer["unshown"]), (title, language, 0))
            read = Page(page.decode())
            self.assertEqual(read.language, language)
            self.assertFalse(read.elements & {"script", "link", "img", "iframe"}, "nothing beside the page")
            text = "".join(read.text)
            for part in (title, words, "model-based estimate, 16 years and over", "Modelled unemployment rate by local authority", "3.8",
                         "Work for all", "as the council wants"):
                self.assertIn(part, text)
            self.assertNotRegex(page.decode(), OTHERS, "nothing of another city")
            self.assertIn("20142015201620172018\n7.25.354.13.8\n", re.sub("\n+", "\n", text), "no later year")

            _, markdown = self.make(self.bristol, f"report-{language}.md", "--lang", language)
            self.assertIn(f"# {title}\n", markdown.decode())
            self.assertNotRegex(markdown.decode(), OTHERS)

            _, pdf = self.make(self.bristol, f"report-{language}.pdf", "--lang", language)
            self.assertEqual(pdf[:5], b"%PDF-")
            self.see_print(self.network.files / f"report-{language}.pdf", title, words)

    def see_print(self, path, title, words):
        """What another program reads in a print: its text in order, its pages, its structure."""
        text = subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True, text=True).stdout
        flowing = re.sub(r"\s+", " ", text)
        for part in (title, words, "Modelled unemployment rate by local authority", "Work for all"):
            self.assertIn(part, flowing)
        self.assertNotRegex(text, OTHERS)
        info = subprocess.run(["pdfinfo", path], check=True, capture_output=True, text=True).stdout
        pages = int(re.search(r"^Pages: +(\d+)$", info, re.M)[1])
        self.assertGreater(pages, 4)
        self.assertRegex(info, f"(?m)^Title: +{re.escape(title)}$")
        self.assertRegex(info, r"(?m)^Author: +Bristol$")
        self.assertRegex(info, r"(?m)^Page size: .*A4")
        structure = subprocess.run(["pdfinfo", "-struct", path], check=True, capture_output=True, text=True).stdout
        for part in ("H1", "H2", "Table", "TH", "Figure"):
            self.assertRegex(structure, rf"(?m)^ *{part}\b")

    def test_every_node_makes_the_same_report_of_a_city(self):
        pages = [self.make(node, f"{node.slug}.html", "--member", "gb-bristol", "--lang", "en")[1]
                 for node in (self.bristol, self.derby, self.hub)]
        self.assertEqual(len(set(pages)), 1)
        first, second = (self.make(self.bristol, f"{n}.pdf", "--lang", "en")[1] for n in (1, 2))
        self.assertEqual(first, second, "no clock in it")

    def test_what_cannot_be_is_refused_and_leaves_nothing(self):
        def refused(*words):
            path = self.network.files / "refused.pdf"
            ran = self.bristol.hansa("report", "--lang", "en", "-o", path, *words)
            self.assertFalse(path.exists())
            return ran.code, ran.err

        code, line = refused("--year", 2001)
        self.assertEqual(code, REFUSED)
        self.assertIn("name a year that it has published: 2014, 2015", line)
        self.bristol.ask("indicators", "set", UNEMPLOYMENT, "9", "--year", 2001, "--source", "city register")
        self.assertEqual(refused("--year", 2001)[0], REFUSED, "a draft is no report")
        self.assertEqual(refused("--year", 2018, "--member", "gb-nobody")[0], NOT_FOUND)
        self.assertEqual(refused("--year", 2018, "--member", "gb-authority")[0], REFUSED)
        for name in ("report.doc", "report", "-"):
            ran = self.bristol.hansa("report", "--year", 2018, "--lang", "en", "-o", name)
            self.assertEqual(ran.code, USAGE)
            self.assertIn(".html, .pdf or .md", ran.err)
        ran = self.bristol.hansa("report", "--year", 2018, "-o", self.network.files / "no folder" / "report.md")
        self.assertIn(ran.code, (FAILED, NOT_FOUND))
        self.assertEqual([name for name in os.listdir(self.network.files) if "report" in name], [], "nothing half-written")


if __name__ == "__main__":
    unittest.main(verbosity=2)
