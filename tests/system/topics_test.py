"""What any member publishes about a followed topic is news: seen before following, told once, as it comes, and after a
restart; a digest to be sent on. The practices are real ones of deploy/demo-data."""

import json
import unittest

from support import SOURCES, NetworkTest

from demo_network.programs import NOT_FOUND, USAGE

PRACTICES = SOURCES / "deploy" / "demo-data" / "practices"


class TopicsTest(NetworkTest):
    cities = ("gb-bristol", "gb-swansea")

    def setUp(self):
        super().setUp()
        self.start_all()
        self.network.wait_admitted()
        self.bristol, self.swansea = (self.node(slug) for slug in self.cities)

    def new(self):
        return [(item["member"], item["id"]) for item in self.bristol.ask("news", "--new")]

    def test_a_topic_is_followed_whoever_publishes_about_it(self):
        first, second = (json.loads((PRACTICES / f"gb-swansea-{n}.json").read_text("utf-8")) for n in (1, 2))
        feature = first["feature_ids"][0]
        before = self.swansea.ask("practices", "add", "-", stdin=json.dumps(first).encode())["id"]
        self.network.wait_in_step()
        shown = self.bristol.ask("follow", "--feature", feature, "--preview")["hits"]
        self.assertEqual([hit["id"] for hit in shown], [before])
        self.assertEqual(self.bristol.ask("following", "--topics"), [])

        self.assertFalse(self.bristol.ask("follow", "--feature", feature)["already"])
        self.assertTrue(self.bristol.ask("follow", "--feature", feature)["already"])
        self.bristol.do("follow", "--search", "swansea", "--kind", "practice")
        self.assertEqual([topic["feature"] for topic in self.bristol.ask("following", "--topics")], [None, feature])
        self.assertEqual(self.new(), [], "what was here before is no news")

        revised = {**first, "title": "Revised for a test"}
        self.swansea.do("practices", "revise", before, "-", stdin=json.dumps(revised).encode())
        later = self.swansea.ask("practices", "add", "-", stdin=json.dumps(second).encode())["id"]
        self.network.wait_in_step()
        self.assertEqual(self.new(), [("gb-swansea", before), ("gb-swansea", later)])
        self.assertEqual(self.new(), [])
        self.bristol.stop()
        self.restart(self.bristol)
        self.assertEqual(self.new(), [])
        topics = {item["id"]: item["topics"] for item in self.bristol.ask("news")}
        self.assertIn(feature, [topic["feature"] for topic in topics[before]])

        digest = self.bristol.do("news", "--digest", "day").out
        self.assertIn("gb-swansea\n- practice, revision 2: Revised for a test", digest)
        self.bristol.do("unfollow", "--feature", feature)
        self.bristol.do("unfollow", "--search", "swansea", "--kind", "practice")
        self.assertEqual((self.bristol.ask("following", "--topics"), self.bristol.ask("news")), ([], []))

    def test_what_is_no_topic_is_refused(self):
        self.bristol.do("follow", code=USAGE)
        self.bristol.do("follow", "gb-swansea", "--feature", "2.1.3", code=USAGE)
        self.bristol.do("follow", "--kind", "practice", code=USAGE)
        self.bristol.do("follow", "--feature", "9.9.9", code=NOT_FOUND)
        self.bristol.do("news", "--digest", "year", code=USAGE)
        self.assertEqual(self.bristol.ask("following", "--topics"), [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
