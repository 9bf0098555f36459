"""A file with a practice, and with an offer, a strategy and an answer, at three nodes of which the two cities cannot reach
each other: it comes by itself to who follows and to the hub, to others when they ask; over the death of who fetches and
the absence of who wrote it; altered bytes are found; and when the practice is erased, its bytes are in no file of any
node."""

import random
import unittest

from support import NetworkTest

from demo_network.programs import NOT_FOUND, REFUSED, UNREACHABLE, USAGE
from demo_network.waiting import wait_until

PRACTICE = b'{"title": "Reading aloud", "language": "en", "summary": "Everybody reads to somebody."}'
MARK = b"what only this report says, and nothing else"


def bytes_of(path):
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def files_with(folder, text):
    return [path for path in folder.rglob("*") if path.is_file() and text in bytes_of(path)]


class AttachmentTest(NetworkTest):
    cities = ("gb-bristol", "gb-derby")

    def setUp(self):
        super().setUp()
        self.start_all()
        self.network.wait_admitted()
        self.bristol, self.derby = (self.node(slug) for slug in self.cities)
        for city in (self.bristol, self.derby):  # nobody can dial them
            city.stop()
            city.start(listen=False)
            city.wait_ready()
        self.network.wait_in_step()
        self.folder = self.bristol.folder.parent
        self.report = self.folder / "report.pdf"
        self.content = b"%PDF-1.4\n" + random.Random(7).randbytes(2_600_000) + MARK
        self.report.write_bytes(self.content)
        self.id = self.bristol.ask("practices", "add", "-", stdin=PRACTICE)["id"]

    def attach(self):
        self.bristol.ask("practices", "attach", self.id, str(self.report), "--description", "the evaluation")
        self.network.wait_in_step()

    def file(self, node):
        return node.ask("practices", "show", self.id)["attachments"][0]

    def wait_here(self, node):
        wait_until(f"the file at {node.slug}", lambda: self.file(node)["state"] == "here",
                   explain=lambda: str(self.file(node)) + node.tail())

    @staticmethod
    def is_erased(node):
        erasures = node.ask("status")["erasures"]
        return erasures["done"] == erasures["ordered"] > 0 and erasures["files_left"] == 0

    def save(self, node):
        saved = self.folder / f"{node.slug}.pdf"
        node.do("practices", "file", self.id, "report.pdf", "-o", str(saved), "--wait", "40")
        self.assertEqual(saved.read_bytes(), self.content)

    def test_what_a_city_attaches_is_here_and_what_cannot_be_attached_is_said(self):
        self.attach()
        file = self.file(self.bristol)
        self.assertEqual((file["name"], file["size"], file["media_type"]),
                         ("report.pdf", len(self.content), "application/pdf"))
        self.assertEqual((file["state"], file["chunks_here"], file["chunks"]), ("here", 10, 10))
        self.save(self.bristol)
        self.bristol.do("practices", "attach", self.id, str(self.report), code=REFUSED)
        self.bristol.do("practices", "attach", self.id, "-", stdin=b"", code=USAGE)
        self.bristol.do("practices", "file", self.id, "other.pdf", code=NOT_FOUND)
        self.bristol.ask("practices", "revise", self.id, "-", stdin=PRACTICE.replace(b"aloud", b"louder"))
        self.assertEqual(self.file(self.bristol)["hash"], file["hash"])
        self.bristol.ask("practices", "detach", self.id, "report.pdf")
        self.assertEqual(self.bristol.ask("practices", "show", self.id)["attachments"], [])

    def test_it_comes_when_asked_for_though_who_wrote_it_is_away_and_who_fetches_dies(self):
        self.attach()
        self.wait_here(self.hub)
        self.bristol.stop()
        self.assertEqual(self.file(self.derby)["state"], "not here")
        self.derby.do("practices", "file", self.id, "report.pdf", "-o", str(self.folder / "x"), "--wait", "0",
                      code=UNREACHABLE)
        self.assertIn(self.file(self.derby)["state"], ("coming", "here"))
        self.derby.kill()
        self.derby.start(listen=False)
        self.derby.wait_ready()
        self.wait_here(self.derby)
        self.save(self.derby)

    def test_offers_and_strategies_have_files_too_and_who_holds_them_is_told(self):
        offer = self.bristol.ask("offers", "publish", "-", stdin=PRACTICE)["id"]
        strategy = self.bristol.ask("strategies", "add", "-", stdin=b'{"title": "Reading city", "language": "en"}')["id"]
        for record in (offer, strategy):
            self.bristol.ask("files", "attach", record, str(self.report), "--language", "en")
            self.assertEqual([file["state"] for file in self.bristol.ask("files", "list", record)], ["here"])
            self.assertEqual(self.bristol.ask("files", "list", record, "--revision", "1"), [])
        self.network.wait_in_step()

        def preview():
            return self.derby.do("--lang", "en", "follow", "gb-bristol", "--preview").out
        wait_until("both files to be counted", lambda: "its records name 2 files" in preview(), explain=preview)
        self.assertIn("which no search finds: ", preview())
        self.assertIn("offers 2, strategies 2\n", preview(), "a record and its file each")
        self.derby.do("files", "save", offer, "report.pdf", "-o", str(self.folder / "o.pdf"), "--wait", "60")
        self.assertEqual((self.folder / "o.pdf").read_bytes(), self.content)
        self.derby.ask("follow", "gb-bristol")
        wait_until("both files at gb-derby", lambda: self.derby.ask("following")[0]["files"]["here"] == 2,
                   explain=lambda: str(self.derby.ask("following")) + self.derby.tail())
        wait_until("the hub to be known to hold it", lambda: "int-uil" in [
            each["member"] for each in self.bristol.ask("holders", offer)["holders"]],
            explain=lambda: str(self.bristol.ask("holders", offer)))
        self.bristol.ask("offers", "revise", offer, "-", stdin=PRACTICE.replace(b"aloud", b"louder"))
        self.assertEqual(self.bristol.ask("offers", "show", offer)["attachments"][0]["name"], "report.pdf")
        self.bristol.ask("files", "detach", offer, "report.pdf")
        self.bristol.do("files", "save", offer, "report.pdf", "-o", str(self.folder / "x"), code=NOT_FOUND)
        self.bristol.do("files", "save", offer, "report.pdf", "-o", str(self.folder / "x"), "--revision", "2")

    def test_an_answer_has_files_that_a_revision_of_it_keeps_and_who_asked_saves_them(self):
        question = self.derby.ask("ask", self.id, "-", "--language", "en", stdin=b"How did it go?")["id"]
        self.network.wait_in_step()
        answer = self.bristol.ask("answer", question, "-", stdin=b"Well.")["id"]
        self.bristol.ask("files", "attach", answer, str(self.report))
        self.bristol.ask("answer", question, "-", "--revises", answer, stdin=b"Very well.")
        self.network.wait_in_step()
        self.assertEqual([file["name"] for file in self.derby.ask("files", "list", answer)], ["report.pdf"])
        self.assertEqual(self.derby.ask("thread", question)["root"]["words"][0]["files"], 1)
        self.assertIn("files attached: 1", self.derby.do("--lang", "en", "thread", question).out)
        self.derby.do("files", "attach", answer, str(self.report), code=REFUSED)
        self.derby.do("files", "save", answer, "report.pdf", "-o", str(self.folder / "a.pdf"), "--wait", "60")
        self.assertEqual((self.folder / "a.pdf").read_bytes(), self.content)

    def test_it_comes_by_itself_to_who_follows_and_goes_with_its_practice(self):
        self.derby.do("follow", "gb-bristol", "practices")
        self.attach()
        nodes = (self.hub, self.bristol, self.derby)
        for node in nodes:
            self.wait_here(node)
            self.assertTrue(files_with(node.folder / "db", MARK))
        self.bristol.ask("erase", self.id, "--reason", "personal-data")
        self.hub.ask("erase", self.id, "--reason", "personal-data")
        for node in nodes:
            wait_until(f"the bytes to leave {node.slug}", lambda at=node: not files_with(at.folder / "db", MARK),
                       explain=lambda at=node: str(files_with(at.folder / "db", MARK)))
            wait_until(f"{node.slug} to say so", lambda at=node: self.is_erased(at),
                       explain=lambda at=node: str(at.ask("status")["erasures"]))


if __name__ == "__main__":
    unittest.main()
