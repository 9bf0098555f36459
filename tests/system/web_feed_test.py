"""A city's practices as a web feed: the same ids on every node and after a revision, in both forms, and nothing that was
taken back. The practices are real ones of deploy/demo-data."""

import json
import unittest
import xml.etree.ElementTree

from support import SOURCES, NetworkTest

from demo_network.programs import NOT_FOUND, USAGE

PRACTICES = SOURCES / "deploy" / "demo-data" / "practices"
ATOM = "{http://www.w3.org/2005/Atom}"


class WebFeedTest(NetworkTest):
    cities = ("gb-bristol", "gb-swansea")

    def setUp(self):
        super().setUp()
        self.start_all()
        self.network.wait_admitted()
        self.bristol, self.swansea = (self.node(slug) for slug in self.cities)
        self.ids = {}
        for node in (self.bristol, self.swansea):
            for path in sorted(PRACTICES.glob(f"{node.slug}-*")):
                self.ids[path.stem] = node.ask("practices", "add", path)["id"]
        self.network.wait_in_step()

    def json_feed(self, node, *words):
        path = self.network.files / f"{node.slug}.json"
        said = node.ask("webfeed", "-o", path, *words)
        feed = json.loads(path.read_text("utf-8"))
        self.assertEqual((said["records"], said["title"]), (len(feed["items"]), feed["title"]))
        return feed

    def entries(self, node, *words):
        path = self.network.files / f"{node.slug}.atom"
        node.ask("webfeed", "-o", path, *words)
        root = xml.etree.ElementTree.parse(path).getroot()
        return [(entry.find(f"{ATOM}id").text, entry.find(f"{ATOM}title").text) for entry in root.findall(f"{ATOM}entry")]

    def test_a_citys_feed_is_the_same_on_every_node_and_its_ids_stay(self):
        words = ("--member", "gb-swansea", "--kind", "practice", "--address", "https://learning.example.org/")
        feed = self.json_feed(self.bristol, *words)
        self.assertEqual(feed["authors"], [{"name": "Swansea"}])
        own = [name for name in self.ids if name.startswith("gb-swansea")]
        self.assertEqual(len(feed["items"]), len(own))
        self.assertEqual({item["url"] for item in feed["items"]},
                         {f"https://learning.example.org/records/{self.ids[name]}" for name in own})
        self.assertEqual(feed, self.json_feed(self.swansea, *words))
        self.assertEqual([(item["id"], item["title"]) for item in feed["items"]], self.entries(self.bristol, *words))

        # A revision stands first, under the id it had.
        last = self.ids[own[0]]
        revised = {**json.loads((PRACTICES / f"{own[0]}.json").read_text("utf-8")), "title": "Revised for a test"}
        self.swansea.do("practices", "revise", last, "-", stdin=json.dumps(revised).encode())
        self.network.wait_in_step()
        again = self.json_feed(self.bristol, *words)
        self.assertEqual(again["items"][0]["title"], "Revised for a test")
        self.assertEqual({item["id"] for item in again["items"]}, {item["id"] for item in feed["items"]})

        self.swansea.do("practices", "withdraw", last, "--reason", "for a test")
        self.network.wait_in_step()
        self.assertNotIn("Revised for a test", [title for _, title in self.entries(self.bristol, *words)])

    def test_what_is_asked_for_is_what_is_in_it(self):
        everything = self.json_feed(self.bristol)
        self.assertEqual(len(everything["items"]), len(self.ids))
        self.assertEqual(len(self.json_feed(self.bristol, "--limit", 1)["items"]), 1)
        self.assertEqual(self.json_feed(self.bristol, "--kind", "offer")["items"], [])
        feature = next(tag for item in everything["items"] for tag in item.get("tags", []) if tag[0].isdigit())
        of_feature = self.json_feed(self.bristol, "--feature", feature)["items"]
        self.assertEqual([item["id"] for item in of_feature],
                         [item["id"] for item in everything["items"] if feature in item.get("tags", [])])

        path = self.network.files / "feed.atom"
        self.bristol.do("webfeed", "-o", self.network.files / "feed.rss", code=USAGE)
        self.bristol.do("webfeed", "-o", path, "--member", "gb-nowhere", code=NOT_FOUND)
        self.bristol.do("webfeed", "-o", path, "--kind", "poem", code=USAGE)
        self.bristol.do("webfeed", "-o", path, "--address", "learning.example.org", code=USAGE)
        self.assertFalse(path.exists())


if __name__ == "__main__":
    unittest.main(verbosity=2)
