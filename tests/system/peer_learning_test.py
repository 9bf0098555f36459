"""Practices, following, news and watching, as a city's officer does it: published by one, found and told at another."""

import json
import subprocess
import time
import unittest

from support import NetworkTest

from demo_network.programs import REFUSED, plain_environment
from demo_network.waiting import wait_until


def practice(title, **more):
    return json.dumps({"title": title, "language": "en", "summary": "invented for a test", **more}).encode()


class Watcher:
    """`hansa watch --json` at one node, line by line."""

    def __init__(self, node, *words):
        self.process = subprocess.Popen(
            [str(node.programs.hansa), "--data", str(node.folder), "watch", "--json", *words],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=plain_environment(), start_new_session=True)

    def next(self):
        return json.loads(self.process.stdout.readline())

    def end(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.process.stderr.close()


class PeerLearningTest(NetworkTest):
    def setUp(self):
        super().setUp()
        self.start_all()
        self.bristol, self.derby, self.swansea = (self.node(slug) for slug in self.cities)

    def add(self, node, title, **more):
        return node.ask("practices", "add", "-", stdin=practice(title, **more))

    def seen(self, node, title):
        return [row for row in node.ask("practices", "list") if row["title"] == title]

    def test_a_practice_is_found_on_every_node_with_what_it_is_about(self):
        added = self.add(self.bristol, "Year of Learning", feature_ids=["2.2.2", "2.1.1"], tags=["festival"], year=2016)
        self.assertEqual((added["member"], added["collection"], added["revision"]), ("gb-bristol", "practices", 1))
        for node in (self.hub, self.derby, self.swansea):
            (row,) = wait_until("the practice", lambda node=node: self.seen(node, "Year of Learning"))
            self.assertEqual(row["id"], added["id"])
            self.assertEqual(row["features"], ["2.1.1", "2.2.2"])
        shown = self.derby.ask("practices", "show", added["id"][:10])
        self.assertEqual(shown["content"]["tags"], ["festival"])
        self.assertEqual(self.derby.ask("practices", "list", "--feature", "2.2.2")[0]["id"], added["id"])
        self.assertEqual(self.derby.ask("practices", "list", "--feature", "1.1.1"), [])
        self.assertEqual(self.derby.ask("practices", "list", "--lang", "ko"), [])

    def test_a_revision_and_a_withdrawal_arrive_and_the_history_stays(self):
        added = self.add(self.bristol, "First words")
        again = self.add(self.bristol, "First words")
        self.assertTrue(again["unchanged"])
        self.assertEqual(again["id"], added["id"])
        revised = self.bristol.ask("practices", "revise", added["id"], "-", "--reason", "a better title",
                                   stdin=practice("Better words"))
        self.assertEqual(revised["revision"], 2)
        wait_until("the revision", lambda: self.seen(self.derby, "Better words"))
        self.assertEqual(self.seen(self.derby, "First words"), [])
        self.derby.do("practices", "withdraw", added["id"], code=REFUSED)
        self.bristol.ask("practices", "withdraw", added["id"])
        wait_until("the withdrawal", lambda: not self.seen(self.derby, "Better words"))
        past = self.derby.ask("practices", "show", added["id"])
        self.assertTrue(past["withdrawn"])
        self.assertEqual(len(past["revisions"]), 3)
        first = self.derby.ask("practices", "show", added["id"], "--revision", 1)
        self.assertEqual(first["content"]["title"], "First words")

    def test_news_is_told_once_as_new_and_in_the_order_in_which_it_came(self):
        self.add(self.bristol, "Before")
        wait_until("the practice", lambda: self.seen(self.swansea, "Before"))
        followed = self.swansea.ask("follow", "gb-bristol", "practices")
        self.assertEqual(followed["collections"], ["practices"])
        self.assertEqual(self.swansea.ask("news", "--new"), [])
        self.add(self.bristol, "After")
        self.add(self.derby, "Of somebody else")
        new = wait_until("the news", lambda: self.swansea.ask("news", "--new"))
        self.assertEqual([(item["member"], item["kind"], item["title"]) for item in new],
                         [("gb-bristol", "practice", "After")])
        self.assertEqual(self.swansea.ask("news", "--new"), [])
        self.assertEqual([item["title"] for item in self.swansea.ask("news")], ["Before", "After"])
        self.swansea.ask("unfollow", "gb-bristol")
        self.assertEqual(self.swansea.ask("following"), [])
        self.assertEqual(self.swansea.ask("news"), [])

    def watch_one(self, title):
        """Publishes at Bristol while Swansea watches; returns the milliseconds from the start of the command."""
        watcher = Watcher(self.swansea, "--count", "1")
        self.addCleanup(watcher.end)
        # It says nothing until there is something: what comes before it has asked would be missed, so it is told again.
        deadline = time.monotonic() + 30
        number = 0
        while watcher.process.poll() is None and time.monotonic() < deadline:
            number += 1
            begun = time.monotonic()
            self.add(self.bristol, f"{title} {number}")
            try:
                watcher.process.wait(2)
            except subprocess.TimeoutExpired:
                continue
            item = watcher.next()
            self.assertEqual((item["member"], item["kind"]), ("gb-bristol", "practice"))
            self.assertTrue(item["title"].startswith(title))
            return (time.monotonic() - begun) * 1000
        raise AssertionError("the watcher printed nothing")

    def test_watching_prints_what_another_city_publishes_with_the_hub_and_without(self):
        self.swansea.ask("follow", "gb-bristol")
        with_hub = [self.watch_one("with the hub") for _ in range(3)]
        self.hub.stop()
        without = [self.watch_one("without the hub") for _ in range(3)]
        for name, times in (("hub on", with_hub), ("hub off", without)):
            print(f"{name}: {', '.join(f'{t:.0f}' for t in times)} ms, within a second: "
                  f"{'yes' if max(times) < 1000 else 'no'}")


if __name__ == "__main__":
    unittest.main(verbosity=2)
