"""Real practices, published by their cities, found at another city's node by their words: in two languages, by every form of
a word, until they are erased, and again after a restart."""

import json
import pathlib
import unittest

from support import SOURCES, NetworkTest

from demo_network.programs import NOT_FOUND, REFUSED, USAGE
from demo_network.waiting import wait_until

PRACTICES = SOURCES / "deploy" / "demo-data" / "practices"
# What Swansea says in gb-swansea-1.json, said in Korean.
IN_KOREAN = {
    "language": "ko",
    "title": "기업가 정신을 배우는 도시 지역",
    "summary": "스완지는 교사와 강사가 형식 학습과 비형식 학습에 기업가 정신을 담도록 연수하고, 청년에게 실제 사업 경험을 주며 창업을 돕습니다.",
}


class SearchTest(NetworkTest):
    cities = ("gb-bristol", "gb-derby", "gb-swansea")

    def setUp(self):
        super().setUp()
        self.start_all()
        self.network.wait_admitted()
        self.bristol, self.derby, self.swansea = (self.node(slug) for slug in self.cities)
        self.ids = {}
        for node in (self.bristol, self.derby, self.swansea):
            for path in sorted(PRACTICES.glob(f"{node.slug}-*")):
                self.ids[path.stem] = node.ask("practices", "add", path)["id"]
        korean = {**json.loads((PRACTICES / "gb-swansea-1.json").read_text()), **IN_KOREAN}
        self.ids["korean"] = self.swansea.ask("practices", "add", "-", stdin=json.dumps(korean).encode())["id"]
        self.network.wait_in_step()
        wait_until("all to be there", lambda: self.found("") == set(self.ids.values()))

    def found(self, *words, node=None):
        return {row["id"] for row in (node or self.derby).ask("search", *words)["hits"]}

    def test_practices_are_found_by_their_words_in_two_languages(self):
        self.assertEqual(self.found("entrepreneurial"), {self.ids["gb-swansea-1"]})
        self.assertEqual(self.found("TEACHER", "wealth -industries"), set(), "every word must be there")
        self.assertIn(self.ids["gb-swansea-1"], self.found("teacher"), "in another form of the word")
        self.assertEqual(self.found("기업가"), {self.ids["korean"]})
        self.assertEqual(self.found("비형식학습", "--lang", "en"), set())
        self.assertEqual(self.found('"비형식 학습을"'), set())
        self.assertEqual(self.found('"비형식 학습"'), {self.ids["korean"]})
        self.assertEqual(self.found("--lang", "ko"), {self.ids["korean"]})
        self.assertIn(self.ids["korean"], self.found("Swansea"), "by the name of its city")
        self.assertEqual(self.found("--city", "gb-derby"), {self.ids["gb-derby-1"]})
        [row] = self.derby.ask("practices", "search", "창업을")
        self.assertEqual((row["title"], row["language"], row["member"]), (IN_KOREAN["title"], "ko", "gb-swansea"))
        self.assertIn("창업을", row["excerpt"])

    def test_a_practice_is_found_by_what_another_city_translated(self):
        original = self.ids["gb-swansea-2"]
        said = {"language": "ko", "title": "혁신과 포용의 첫 학습 축제", "method": "people"}
        added = self.derby.ask("practices", "translate", original, "-", stdin=json.dumps(said).encode())
        wait_until("the translation", lambda: self.found("축제", node=self.bristol))
        [hit] = self.bristol.ask("search", "축제를")["hits"]
        self.assertEqual((hit["id"], hit["member"], hit["language"], hit["found_in"]), (original, "gb-swansea", "en", "ko"))
        self.assertIn(original, self.found("--lang", "ko", node=self.bristol))
        self.derby.do("practices", "withdraw", added["id"])
        wait_until("it to be gone", lambda: self.found("축제", node=self.bristol) == set())
        self.assertIn(original, self.found("festival", node=self.bristol), "the original stays")

    def test_what_the_records_found_are_about_is_counted_and_in_the_order_of_the_framework(self):
        reply = self.derby.ask("search", "--limit", "1")
        self.assertEqual((reply["found"], len(reply["hits"]), reply["unread"]), (len(self.ids), 1, 0))
        features = [value["value"] for value in reply["facets"]["feature"]]
        self.assertEqual(features, sorted(features, key=lambda each: [int(part) for part in each.split(".")]))
        self.assertEqual(sum(value["records"] for value in reply["facets"]["language"]), len(self.ids))
        text = self.derby.hansa("search", "entrepreneurial", "--facets").out
        self.assertIn("gb-swansea", text)
        self.assertNotIn("\x1b", text)
        self.assertNotIn("\x02", text)

    def test_what_was_erased_or_taken_back_is_not_found_and_the_rest_is_after_a_restart(self):
        erased, withdrawn, left = self.ids["gb-swansea-1"], self.ids["gb-derby-1"], self.ids["korean"]
        self.swansea.ask("erase", erased, "--reason", "personal-data")
        self.hub.ask("erase", erased, "--reason", "personal-data")
        self.derby.do("practices", "withdraw", withdrawn)
        wait_until("it to be gone", lambda: erased not in self.found("entrepreneurial"))
        for node in (self.bristol, self.derby, self.swansea):
            wait_until("it to be gone", lambda node=node: not {erased, withdrawn} & self.found("", node=node))
        self.derby.stop()
        self.restart(self.derby)
        self.assertEqual(self.found("entrepreneurial"), set())
        self.assertEqual(self.found("기업가"), {left})
        self.assertEqual(self.derby.ask("search")["unread"], 0)
        for path in pathlib.Path(self.derby.folder).rglob("*"):
            self.assertNotIn("xapian", path.name.lower(), "the index is in no file")

    def test_similar_cities_and_what_can_be_learnt(self):
        similar = self.derby.ask("similar", "gb-swansea")
        self.assertEqual([city["name"] for city in similar["cities"]], ["Bristol", "Derby"])
        self.assertIn("in the same country, GBR", similar["cities"][0]["reasons"])
        self.assertIn("population is not compared", similar["remarks"][0])
        self.assertIn("같은 국가", self.derby.hansa("similar", "gb-swansea", "--lang", "ko").out)
        learnt = self.derby.ask("learn", "1.2.1")
        self.assertIn(self.ids["gb-swansea-1"], {record["id"] for record in learnt["practices"]})
        self.assertIn("1.2.1", self.derby.hansa("learn", "1.2.1").out)

    def test_cities_say_how_many_people_live_there_and_are_found_by_it(self):
        source = ("--year", "2021", "--source", "Census 2021")
        said = self.bristol.ask("place", "set", "--population", "472465", *source)
        self.assertTrue(self.bristol.ask("place", "set", "--population", "472465", *source)["unchanged"])
        self.derby.do("place", "set", "--population", "261136", *source)
        self.network.wait_in_step()
        shown = self.swansea.ask("place", "show", "gb-bristol")
        self.assertEqual((shown["id"], shown["population"], shown["year"], shown["source"]),
                         (said["id"], 472465, 2021, "Census 2021"))
        of = {slug: {id for name, id in self.ids.items() if name.startswith(slug)} for slug in self.cities}
        self.assertEqual(self.found("--population-min", "261137"), of["gb-bristol"])
        self.assertEqual(self.found("--population-max", "472465"), of["gb-bristol"] | of["gb-derby"])
        reasons = {city["member"]: city["reasons"] for city in self.swansea.ask("similar", "gb-derby")["cities"]}
        self.assertIn("about as many people: 261,136 (2021, from 'Census 2021') and 472,465 (2021, from 'Census 2021')",
                      reasons["gb-bristol"])
        self.assertFalse([reason for reason in reasons["gb-swansea"] if "people" in reason], "Swansea has not said it")
        self.bristol.do("place", "withdraw")
        self.network.wait_in_step()
        wait_until("Bristol's number to be gone", lambda: self.found("--population-min", "261137") == set())
        self.assertEqual(self.derby.hansa("place", "show", "gb-bristol").code, NOT_FOUND)
        self.assertEqual(self.hub.hansa("place", "set", "--population", "5", "--source", "S").code, REFUSED)

    def test_what_cannot_be_is_refused_in_words(self):
        for words, code in ((("search", "--feature", "9.9.9"), NOT_FOUND), (("search", "--kind", "book"), USAGE),
                            (("search", "--population-min", "1000"), REFUSED), (("similar", "nowhere"), NOT_FOUND),
                            (("learn", "9.9.9"), NOT_FOUND), (("practices", "search"), USAGE)):
            self.assertEqual(self.derby.hansa(*words).code, code, words)


if __name__ == "__main__":
    unittest.main(verbosity=2)
