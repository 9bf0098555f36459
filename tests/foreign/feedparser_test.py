#!/usr/bin/env python3
"""feedparser_test.py DIR: the Atom feed as feedparser reads it, and what RFC 4287 and JSON Feed 1.1 ask for.

feedparser is what many readers of web feeds are built on; it says of each file whether it found it well-formed.
"""
import calendar
import json
import pathlib
import re
import sys
import unittest
import xml.etree.ElementTree

import feedparser

FOLDER = pathlib.Path(sys.argv.pop())
ATOM = "{http://www.w3.org/2005/Atom}"
STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


class FeedTest(unittest.TestCase):
    def setUp(self):
        self.expected = json.loads((FOLDER / "expected.json").read_text("utf-8"))
        self.assertGreater(len(self.expected), 3)

    def test_feedparser_finds_every_record(self):
        feed = feedparser.parse((FOLDER / "feed.atom").read_bytes())
        self.assertFalse(feed.bozo, getattr(feed, "bozo_exception", None))
        self.assertEqual(feed.version, "atom10")
        self.assertEqual((feed.feed.title, feed.feed.subtitle), ("What a network published last", "2.1.3"))
        self.assertEqual(len(feed.entries), len(self.expected))
        for entry, expected in zip(feed.entries, self.expected):
            self.assertEqual(entry.id, expected["id"])
            # feedparser gives texts as they stand in HTML.
            self.assertEqual(entry.title_detail.type, "text/plain")
            self.assertEqual(entry.title, expected["title"])
            self.assertEqual([link.href for link in entry.get("links", [])], [expected["address"]] if expected["address"] else [])
            self.assertEqual(entry.author, expected["author"])
            self.assertEqual(calendar.timegm(entry.published_parsed), expected["published"])
            self.assertEqual(calendar.timegm(entry.updated_parsed), expected["updated"])
            self.assertEqual([tag.term for tag in entry.tags], expected["categories"])
            self.assertEqual(entry.title_detail.language, expected["language"])
            if expected["html"]:
                self.assertEqual(entry.summary, expected["summary"])
                self.assertEqual(entry.content[0].value.split(), expected["html"].split())

    def test_the_atom_feed_has_what_rfc_4287_asks_for(self):
        feed = xml.etree.ElementTree.parse(FOLDER / "feed.atom").getroot()
        self.assertEqual(feed.tag, f"{ATOM}feed")
        for name in ("id", "title", "updated", "author"):
            self.assertEqual(len(feed.findall(f"{ATOM}{name}")), 1, name)
        links = [link.get("rel") for link in feed.findall(f"{ATOM}link")]
        self.assertEqual(sorted(links), ["alternate", "self"])
        ids = []
        for entry in feed.findall(f"{ATOM}entry"):
            for name in ("id", "title", "updated", "published"):
                self.assertEqual(len(entry.findall(f"{ATOM}{name}")), 1, name)
            self.assertRegex(entry.find(f"{ATOM}updated").text, STAMP)
            ids.append(entry.find(f"{ATOM}id").text)
            alternate = [link for link in entry.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
            self.assertLessEqual(len(alternate), 1)
            # Without a page of its own an entry has content.
            self.assertTrue(alternate or entry.find(f"{ATOM}content") is not None)
        self.assertEqual(len(set(ids)), len(ids))

    def test_the_json_feed_has_what_version_1_1_asks_for(self):
        feed = json.loads((FOLDER / "feed.json").read_text("utf-8"))
        self.assertEqual(feed["version"], "https://jsonfeed.org/version/1.1")
        self.assertTrue(feed["title"])
        self.assertEqual(len(feed["items"]), len(self.expected))
        for item, expected in zip(feed["items"], self.expected):
            self.assertIsInstance(item["id"], str)
            self.assertTrue("content_html" in item or "content_text" in item)
            self.assertEqual((item["id"], item["title"]), (expected["id"], expected["title"]))
            self.assertEqual(item.get("content_html", ""), expected["html"])
            self.assertEqual(item["authors"], [{"name": expected["author"]}])
            self.assertRegex(item["date_modified"], STAMP)
            self.assertEqual(item["tags"], expected["categories"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
