"""Random scripts: five nodes are told, stopped and killed at random, and end in equal views where they hold the same.

Promise: every command ends with an exit code that its node's knowledge allows, whatever it refuses changes nothing, and
what the nodes show at the end is what was done, by the book of random_world.py. HANSA_SEED or `--seed N` draws a script
again (as far as the nodes' timing draws the same), HANSA_COMMANDS or `--commands N` says how long it is.
"""

import argparse
import os
import sys
import time
import unittest
from collections import Counter

from random_script import Script
from random_world import COLLECTIONS, STATES
from support import NetworkTest

from demo_network.node import Place
from demo_network.programs import CommandFailed, DONE, UNREACHABLE, USAGE
from demo_network.waiting import wait_until

PARSER = argparse.ArgumentParser(add_help=False)
PARSER.add_argument("--seed", type=int, default=int(os.environ.get("HANSA_SEED") or 1))
PARSER.add_argument("--commands", type=int, default=int(os.environ.get("HANSA_COMMANDS") or 200))
GIVEN, REST = PARSER.parse_known_args()
SEED, COMMANDS = GIVEN.seed, GIVEN.commands
PARTNER = Place("partner", "int-library-forum", "Library forum", "INT")
MOMENTS = ("after-write", "after-high-water")
LISTS = [("practices", "list"), ("practices", "list", "--lang", "ko"), ("practices", "list", "--feature", "2.1.1"),
         ("practices", "list", "--action", "BD1.2"), ("practices", "list", "--country", "GBR"), ("offers", "list"),
         *(("offers", "list", "--state", state) for state in STATES), ("partnerships",)]


class RandomScriptTest(NetworkTest):
    def setUp(self):
        super().setUp()
        partner = self.network.init(PARTNER)
        self.hub.do("admit", self.network.application_of(PARTNER.slug))
        del self.network.nodes[self.authority.slug]  # it has signed what it had to, and runs no node here
        self.start_all()
        self.network.wait_admitted()
        self.members = (*self.cities, partner.slug)  # the hub makes them five
        self.script = Script(SEED, self.hub.slug, self.members)
        self.world = self.script.world
        self.counted, self.codes, self.written = Counter(), Counter(), []

    def test_p9_a_random_script_ends_in_equal_views(self):
        print(f"seed {SEED}, {COMMANDS} commands", flush=True)
        begun = time.monotonic()
        try:
            for _ in range(COMMANDS):
                self.perform(self.script.next())
            played = time.monotonic()
            self.check_as_it_was_left()
            self.check_twins()
            self.check_all()
        except Exception as error:
            path = self.folder.parent / f"random-script-{SEED}.txt"
            path.write_text("\n".join(self.written) + "\n", encoding="utf-8")
            raise AssertionError(f"seed {SEED}, step {len(self.written)}: {error}\n  the script: {path}") from error
        kinds = ", ".join(f"{number} {kind}" for kind, number in sorted(self.counted.items()))
        codes = ", ".join(f"{number} with {code}" for code, number in sorted(self.codes.items()))
        made = f"{len(self.world.practices)} practices, {len(self.world.offers)} offers, {len(self.world.texts)} texts"
        times = f"{played - begun:.0f} s of commands, {time.monotonic() - played:.0f} s of checks"
        print(f"seed {SEED}: {kinds}; exit codes: {codes}; {made}; {times}")

    # One step.

    def perform(self, command):
        node = self.node(command.node)
        self.counted[command.kind] += 1
        self.written.append(f"{len(self.written) + 1} {command.node} {command.kind}")
        if command.kind == "start":
            self.restart(node)
            self.script.off.discard(node.slug)
        elif command.kind in ("stop", "kill"):
            self.script.off.add(node.slug)
            self.assertIn(node.stop() if command.kind == "stop" else node.kill(), (0, None))
        elif command.kind == "fall":
            self.fall(node, command)
        else:
            self.type(node, command)

    def type(self, node, command):
        codes = set(command.codes)
        if node.slug in self.script.off:  # mistakes that need no node are told all the same
            codes = {UNREACHABLE} | (codes & {USAGE})
        answer = node.hansa(*command.words, "--json", stdin=command.stdin)
        self.codes[answer.code] += 1
        self.written[-1] += f": exit code {answer.code} of {sorted(codes)}: {command.words} {command.stdin or ''}"
        self.assertIn(answer.code, codes, f"{command.words}: {answer.err.strip()}")
        said = answer.json()
        if answer.code == DONE and isinstance(said, dict) and said.get("queued"):
            said = self.signed(node, said)
        if answer.code == DONE and command.done:
            command.done(said)
        if answer.code not in (DONE, UNREACHABLE) and node.slug not in self.script.off:
            self.assert_nothing_changed(node)
        if command.kind in ("follow", "unfollow", "keep") and answer.code == DONE:
            for member, collection, _ in node.heads():
                self.assertTrue(self.world.may_hold(node.slug, member, collection), f"holds {collection} of {member}")

    def signed(self, node, said):
        """What was put aside while the node might not sign, for a hub that has just come may hold newer news of it, as it
        stands once it is signed."""
        wait_until(f"{node.slug} to sign what waits", lambda: node.ask("status")["outbox"]["waiting"] == 0)
        lengths = {collection: length for (_, collection, _), (length, _) in node.heads(node.slug).items()}
        return {**said, "queued": False, "sequence": lengths[said["collection"]]}

    def assert_nothing_changed(self, node):
        own = {collection: length for (_, collection, _), (length, _) in node.heads(node.slug).items()}
        self.assertEqual(own, self.world.lengths(node.slug))
        following = {row["member"]: set(row["collections"]) & set(COLLECTIONS) for row in node.ask("following")}
        self.assertEqual(following, self.world.follows[node.slug])
        self.assertEqual(node.ask("keep")["keep"], "all" if self.world.keeps_all[node.slug] else "followed")

    def fall(self, node, command):
        """Killed between the writes of a publish, or as it catches up; then its own feed tells whether it published."""
        self.assertEqual(node.stop(), 0)
        node.start({"HANSA_KILLPOINT": self.script.random.choice(MOMENTS)})
        try:
            node.wait_ready()
        except CommandFailed:
            self.assertFalse(node.is_running())
        answer = node.hansa(*command.words, "--json", stdin=command.stdin)
        self.assertIn(answer.code, command.codes, answer.err)
        node.wait_killed()
        self.restart(node)
        for row in node.ask("practices", "list", "--city", node.slug):
            if row["title"] == command.done["title"]:
                self.world.adopt_practice(row["id"], node.slug, command.done)
        self.assert_nothing_changed(node)

    # The ending.

    def settle(self):
        """Returns once every node holds exactly what it keeps, to the last entry that was ever acknowledged."""
        for slug in sorted(self.script.off):
            self.restart(self.node(slug))
        self.script.off.clear()
        behind = ["nobody was asked"]

        def settled():
            behind[:] = []
            full = self.hub.heads()
            for slug, node in self.network.nodes.items():
                own = {collection: length for (member, collection, _), (length, _) in full.items() if member == slug}
                held = {feed: head for feed, head in full.items() if self.world.may_hold(slug, *feed[:2])}
                if own != self.world.lengths(slug):
                    behind.append(f"the hub has {own} of {slug}, who published {self.world.lengths(slug)}")
                if node.heads() != held:
                    behind.append(f"{slug} differs by {sorted(set(node.heads().items()) ^ set(held.items()))}")
                status = node.ask("status")
                if not status["in_sync"] or status["missing"] or status["projection_lag"]:
                    behind.append(f"{slug} is not in sync: {status}")
            return not behind

        wait_until("every node to hold what it keeps", settled, 120.0, explain=lambda: "; ".join(behind))

    def answers(self, node, questions):
        """{question: (exit code, output)}"""
        answered = self.network.of_all(lambda words: node.hansa(*words), questions)
        return {" ".join(words): (answer.code, answer.out) for words, answer in zip(questions, answered)}

    def lists(self, node):
        return self.answers(node, [(*words, "--json") for words in LISTS])

    def shows(self, node):
        """Every record with all its revisions or answers, and the proof of every partnership."""
        asked = [("practices", "show", key, "--json") for key in self.world.practices]
        asked += [("offers", "show", key, "--json") for key in self.world.offers]
        asked += [("partnerships", "--verify", key, "--json") for key in self.world.texts]
        return self.answers(node, asked)

    def whole(self, node):
        proof = node.ask("verify")
        del proof["signatures"]  # how many entries one signature covers depends on when a node fetched them
        held = self.answers(node, [("feeds", "--json"), ("members", "--json")])
        return {**self.lists(node), **self.shows(node), **held, "verify": proof}

    def assert_same(self, name, views, expected):
        for question, answer in expected.items():
            self.assertEqual(views[question], answer, f"{name}: {question}")

    def assert_as_the_book_has_it(self, node):
        self.assertEqual(node.ask("practices", "list"), self.world.practice_rows(self.members))
        shown = node.ask("offers", "list") + node.ask("offers", "list", "--state", "withdrawn")
        self.assertEqual({row["id"]: (row["member"], row["title"], row["state"], row["replies"]) for row in shown},
                         self.world.offer_rows())
        self.assertEqual({row["id"]: (row["state"], row["offer"], {p["member"]: p["state"] for p in row["parties"]})
                          for row in node.ask("partnerships")}, self.world.partnership_rows())

    def news(self, node):
        """Everything that is listed, after what is new was told."""
        self.world.tell(node.slug, node.ask("news", "--new"))
        items = node.ask("news")
        told = sorted((i["member"], i["collection"], i["id"], i["revision"], i["withdrawn"]) for i in items)
        self.assertEqual(told, self.world.news_rows(node.slug), f"the news of {node.slug}")
        return items

    def check_as_it_was_left(self):
        """Whoever keeps everything shows everything; whoever keeps less shows that part of it."""
        self.settle()
        full = self.lists(self.hub)
        for slug, node in self.network.nodes.items():
            self.assertTrue(node.ask("verify")["ok"])
            before, news = self.lists(node), self.news(node)
            if self.world.keeps_all[slug]:
                self.assert_same(slug, before, full)
                self.assert_as_the_book_has_it(node)
                continue
            authors = {member for member in self.members if self.world.may_hold(slug, member, "practices")}
            self.assertEqual(node.ask("practices", "list"), self.world.practice_rows(authors))
            authors = {member for member in self.members if self.world.may_hold(slug, member, "offers")}
            for state in ("past", "concluded", "withdrawn"):  # what an author's own feed says by itself
                expected = {key for key, (author, _, is_now, _) in self.world.offer_rows().items()
                            if author in authors and is_now == state}
                self.assertEqual({row["id"] for row in node.ask("offers", "list", "--state", state)}, expected)
            node.ask("reindex")
            self.assert_same(f"{slug} after reindex", self.lists(node), before)
            self.assertEqual(self.news(node), news)

    def check_twins(self):
        """Two that keep less, and the same feeds, show the same."""
        first, second, third = self.cities
        one, two = self.node(first), self.node(second)
        for node, slug, other in ((one, first, second), (two, second, first)):
            for member in self.world.follows[slug]:
                node.ask("unfollow", member)
            node.ask("follow", other)
            node.ask("follow", third, "offers")
            node.ask("keep", "followed")
            self.world.follows[slug] = {other: {"practices", "offers"}, third: {"offers"}}
            self.world.keeps_all[slug] = False
        self.settle()
        self.assert_same("twins", *({**self.lists(node), **self.shows(node)} for node in (one, two)))

    def check_all(self):
        """All keep everything again: five equal views, and a reindex changes none of them."""
        for slug in self.members:
            self.node(slug).ask("keep", "all")
            self.world.keeps_all[slug] = True
        self.settle()
        self.network.wait_in_step()
        full = self.whole(self.hub)
        for slug, node in self.network.nodes.items():
            self.assert_same(slug, self.whole(node), full)
            self.assert_as_the_book_has_it(node)
            news = self.news(node)
            node.ask("reindex")
            after = {**self.lists(node), **self.shows(node)}
            self.assert_same(f"{slug} after reindex", full, after)
            self.assertEqual(self.news(node), news, f"the news of {slug} after reindex")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *REST], verbosity=2)
