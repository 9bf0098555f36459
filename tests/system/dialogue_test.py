"""Cities, an authority and the secretariat talk: a question about a practice is asked and answered, one to the secretariat
is answered once for all, a mark is put and lifted, a word is taken back, a member muted on one node alone. All nodes show
the same, also of what was said while the hub was stopped. What is said here is invented for this test; the practice is a
real one of deploy/demo-data."""

import json
import unittest

from support import SOURCES, NetworkTest

from demo_network.node import Place
from demo_network.programs import NOT_FOUND, REFUSED, USAGE
from demo_network.waiting import wait_until

PRACTICE = SOURCES / "deploy" / "demo-data" / "practices" / "gb-swansea-1.json"


def lines(word):
    """A thread as lines: depth, member, kind and text."""
    def below(words, depth):
        for each in words:
            yield f"{depth} {each['member']} {each['kind']}: {each['text'] or ('(taken back)' if each['withdrawn'] else '')}"
            yield from below(each["words"], depth + 1)
    return list(below(word["words"], 1))


class DialogueTest(NetworkTest):
    cities = ("gb-bristol", "gb-swansea")

    def setUp(self):
        super().setUp()
        self.start_all()
        self.network.wait_admitted()
        self.bristol, self.swansea = (self.node(slug) for slug in self.cities)

    def running(self):
        return [node for node in self.network.nodes.values() if node.is_running()]

    def on_all(self, what, question, expected):
        for node in self.running():
            wait_until(f"{what} at {node.slug}", lambda node=node: question(node) == expected,
                       explain=lambda node=node: question(node))

    def says(self, node, *words, text):
        return node.ask(*words, "-", "--language", "en", stdin=text.encode())["id"]

    def titles(self, node, *words):
        return [row["title"] for row in node.ask("questions", *words)["questions"]]

    def test_questions_are_answered_with_the_hub_and_without_and_found_from_any_node(self):
        practice = self.swansea.ask("practices", "add", PRACTICE)["id"]
        self.network.wait_in_step()
        about = self.says(self.bristol, "ask", practice[:8], text="How did you begin?")
        policy = self.says(self.bristol, "ask", "--to", "secretariat", "--feature", "2.1.3", text="When is the report due?")
        self.on_all("the questions", lambda node: sorted(self.titles(node, "--open")),
                    ["How did you begin?", "When is the report due?"])

        self.hub.stop()
        self.says(self.authority, "answer", about, text="Ask the libraries too.")
        self.on_all("a hint", lambda node: len(lines(node.ask("thread", practice)["root"])), 2)
        self.assertIn("How did you begin?", self.titles(self.bristol, "--open"), "its author has not answered")
        self.says(self.swansea, "answer", about, "--see", practice, text="With one street.")
        self.on_all("the answer", lambda node: self.titles(node, "--open"), ["When is the report due?"])
        asked = self.bristol.ask("questions", "--about", practice)["questions"][0]
        self.assertEqual((asked["asked_of"], asked["state"], asked["answered_by"]),
                         ("gb-swansea", "answered", ["gb-authority", "gb-swansea"]))

        self.restart(self.hub)
        self.network.wait_in_step()
        self.says(self.hub, "answer", policy, text="At the end of June.")
        self.on_all("the answer of the secretariat", lambda node: self.titles(node, "--open"), [])
        self.on_all("it, as found by its subject",
                    lambda node: [(row["asked_of"], row["answered_by"]) for row in
                                  node.ask("questions", "--to", "secretariat", "--feature", "2.1.3")["questions"]],
                    [("secretariat", ["int-uil"])])
        threads = [node.ask("thread", practice) for node in self.running()]
        self.assertEqual([thread for thread in threads if thread != threads[0]], [], "all nodes tell the same")
        self.assertEqual(lines(threads[0]["root"]), ["1 gb-bristol question: How did you begin?",
                                                     "2 gb-authority answer: Ask the libraries too.",
                                                     "2 gb-swansea answer: With one street."])
        self.assertIn(f"hansa thread {practice[:12]}", self.bristol.hansa("practices", "show", practice).out)
        self.bristol.do("mark", policy, "lifted", code=REFUSED)

    def test_marks_stand_until_lifted_and_what_is_taken_back_keeps_its_place(self):
        practice = self.swansea.ask("practices", "add", PRACTICE)["id"]
        self.network.wait_in_step()
        self.hub.stop()
        self.bristol.do("mark", practice, "outdated", "--text", "The law has changed.", "--language", "en")
        marks = lambda node: [(put["mark"], put["member"]) for put in node.ask("thread", practice)["root"]["marks_put"]]
        self.on_all("the mark", marks, [("outdated", "gb-bristol")])
        self.bristol.do("mark", practice, "lifted")
        self.on_all("the mark lifted", marks, [])
        comment = self.says(self.swansea, "comment", practice, text="It has not.")
        self.on_all("a comment", lambda node: lines(node.ask("thread", practice)["root"])[-1:],
                    ["1 gb-swansea comment: It has not."])
        self.says(self.authority, "comment", comment, text="Which law?")
        self.swansea.do("dialogue", "withdraw", comment)
        self.on_all("what was taken back", lambda node: lines(node.ask("thread", practice)["root"])[-2:],
                    ["1 gb-swansea comment: (taken back)", "2 gb-authority comment: Which law?"])
        self.assertEqual(self.bristol.hansa("dialogue", "withdraw", comment).code, REFUSED, "not its own")
        self.restart(self.hub)
        self.network.wait_in_step()
        threads = [node.ask("thread", practice) for node in self.running()]
        self.assertEqual([thread for thread in threads if thread != threads[0]], [])
        news = self.news_of(self.swansea)
        self.assertIn(("comment", "no longer marked: " + threads[0]["root"]["title"]), news)
        self.assertIn(("comment", "marked as outdated: " + threads[0]["root"]["title"]), news)

    def news_of(self, node):
        node.do("follow", "gb-bristol", "dialogue")
        return [(item["kind"], item["title"]) for item in node.ask("news")]

    def test_a_member_is_muted_on_one_node_alone_and_stays_so_after_a_restart(self):
        topic = self.authority.ask("topics", "add", "-", stdin=json.dumps(
            {"title": "Evenings", "language": "en", "features": ["2.1.3"]}).encode())["id"]
        self.network.wait_in_step()
        self.says(self.bristol, "comment", topic, text="We open two schools.")
        self.says(self.bristol, "ask", "--to", "all", text="Who opens more?")
        self.network.wait_in_step()
        self.assertEqual(self.swansea.ask("mute", "gb-bristol")["muted"], ["gb-bristol"])
        self.swansea.stop()
        self.restart(self.swansea)
        self.assertEqual(self.swansea.ask("muted"), ["gb-bristol"])
        self.assertEqual(self.swansea.ask("questions"), {"questions": [], "muted": 1})
        thread = self.swansea.ask("topics", "show", topic)
        self.assertEqual((lines(thread["root"]), thread["muted"]), ([], 1))
        self.assertEqual(lines(self.swansea.ask("thread", topic, "--with-muted")["root"]),
                         ["1 gb-bristol comment: We open two schools."])
        self.network.wait_in_step()
        for node in (self.hub, self.authority, self.bristol):
            self.assertEqual(node.ask("topics", "show", topic)["muted"], 0, node.slug)
        self.swansea.do("unmute", "gb-bristol")
        self.assertEqual(self.titles(self.swansea), ["Who opens more?"])

    def test_what_a_muted_member_publishes_is_left_out_wherever_this_node_lists(self):
        self.swansea.do("follow", "gb-bristol")
        practice = json.loads(PRACTICE.read_text()) | {"title": "A festival of Bristol", "city": "Bristol"}
        self.bristol.do("practices", "add", "-", stdin=json.dumps(practice).encode())
        self.bristol.do("offers", "publish", "-", stdin=json.dumps(
            {"title": "Come and see", "language": "en", "kind": "exchange", "status": "example", "summary": "For a test.",
             "partners": "several", "feature_ids": ["2.2.2"]}).encode())
        self.network.wait_in_step()
        lists = (("practices", "list"), ("offers", "list"), ("practices", "search", "festival"), ("news",),
                 ("news", "--digest", "day"))
        for words in lists:
            wait_until(f"{words}", lambda words=words: self.swansea.ask(*words))
        self.swansea.do("mute", "gb-bristol")
        for words in lists:
            self.assertEqual(self.swansea.ask(*words), [], words)
            text = self.swansea.hansa(*words).out
            self.assertIn("--with-muted", text, words)
            self.assertTrue(self.swansea.ask(*words, "--with-muted"), words)
            self.assertTrue(self.hub.ask(*words) if words[0] != "news" else True, words)
        found = self.swansea.ask("search", "festival")
        self.assertEqual((found["found"], found["muted"]), (0, 1))
        self.assertEqual(self.swansea.ask("learn", "2.2.2")["muted"], 1)
        self.assertEqual([city["member"] for city in self.swansea.ask("similar")["cities"]], [])
        self.assertEqual(self.swansea.ask("similar")["muted"], 1)
        feed = self.folder / "feed.json"
        self.assertEqual(self.swansea.ask("webfeed", "-o", feed)["muted"], 2)
        self.assertEqual(json.loads(feed.read_text())["items"], [])
        self.assertEqual(self.swansea.ask("webfeed", "-o", feed, "--with-muted")["records"], 2)
        self.swansea.do("unmute", "gb-bristol")
        self.assertEqual(len(self.swansea.ask("practices", "list")), 1)

    def test_an_authority_asks_and_a_partner_takes_part_and_gives_no_data(self):
        partner = self.network.init(Place("partner", "gb-partner", "A partner", "GBR"))
        self.hub.do("admit", self.network.application_of("gb-partner"))
        self.start_all()
        self.network.wait_in_step()
        practice = partner.ask("practices", "add", "-", stdin=json.dumps(
            {"title": "A library on wheels", "language": "en", "features": ["2.1.3"], "problem": "Far.", "done": "A bus.",
             "outcome": "Readers."}).encode())["id"]
        partner.do("notices", "add", "guidance", "-", stdin=json.dumps(
            {"title": "How to begin", "language": "en", "text": "Ask."}).encode())
        self.network.wait_in_step()
        asked = self.says(self.authority, "ask", practice, text="Who drives?")
        self.on_all("the question of an authority", lambda node: self.titles(node, "--open"), ["Who drives?"])
        self.says(partner, "answer", asked, text="Volunteers.")
        self.says(self.authority, "comment", asked, text="Thank you.")
        self.on_all("the answer", lambda node: self.titles(node, "--open"), [])
        for words in (("indicators", "set", "1.1.1/adult-literacy-rate#total", "97", "--year", "2020"),
                      ("indicators", "publish", "--year", "2020")):
            refused = partner.hansa(*words)
            self.assertEqual(refused.code, REFUSED, words)
            self.assertIn("may publish practices, offers and notices", refused.err)

    def test_what_may_not_be_is_refused(self):
        self.bristol.do("ask", "Why?", "--language", "en", code=USAGE)
        self.bristol.do("ask", "123456", "Why?", "--language", "en", code=NOT_FOUND)
        self.bristol.do("ask", "Why?", "--to", "gb-bristol", "--language", "en", code=REFUSED)
        self.bristol.do("ask", "Why?", "--to", "secretariat", code=USAGE)
        self.bristol.do("topics", "add", "-", code=USAGE, stdin=b"{}")
        self.assertEqual(self.bristol.ask("questions")["questions"], [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
