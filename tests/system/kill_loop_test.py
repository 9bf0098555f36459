"""A city that publishes, and its hub, killed again and again: nothing acknowledged is lost, and no feed forks.

What the city acknowledged is kept outside of it (acknowledged.py). After every kill they are started again; they and a
second city hold all of it, verify everything they hold, and end with equal heads. HANSA_SEED or `--seed N` draws another plan (kill_plan.py),
HANSA_KILLS or `--kills N` says how many kills there are.
"""

import argparse
import os
import pathlib
import random
import signal
import sys
import threading
import time
import unittest
from collections import Counter

import kill_plan
from acknowledged import Acknowledged, unsound_at
from publishing_city import STEP_S, PublishingCityTest

from demo_network.node import Place
from demo_network.programs import CommandFailed, DONE, UNREACHABLE
from demo_network.waiting import wait_until

PARSER = argparse.ArgumentParser(add_help=False)
PARSER.add_argument("--seed", type=int, default=int(os.environ.get("HANSA_SEED") or 1))
PARSER.add_argument("--kills", type=int, default=int(os.environ.get("HANSA_KILLS") or 20))
GIVEN, REST = PARSER.parse_known_args()
SEED, KILLS = GIVEN.seed, GIVEN.kills
# The kill point of this many publishes strikes, or it is not there any more.
PUBLISHES_MAX = 40


class KillLoopTest(PublishingCityTest):
    cities = ("gb-bristol", "gb-derby")  # the second reads, and is never killed

    def setUp(self):
        super().setUp()
        self.start_city()
        self.killed, self.erased, self.cut = Counter(), 0, 0
        self.random = random.Random(f"publishes {SEED}")

    def test_p1_what_was_acknowledged_is_there_after_a_kill_at_any_moment(self):
        self.run_plan(kill_plan.at_any_moment(SEED, KILLS // 2))

    def test_p5_a_kill_at_a_named_moment_loses_nothing_and_forks_no_feed(self):
        self.run_plan(kill_plan.at_named_moments(SEED, KILLS - KILLS // 2))

    def run_plan(self, plan):
        begun = time.monotonic()
        done = 0
        try:
            for kill in plan:
                self.ledger.changed.clear()
                self.perform(kill)
                self.look(self.ledger.changed)
                done += 1
            self.look()
        except Exception as error:
            self.tell(begun)
            raise AssertionError(f"seed {SEED}, kill {done + 1} of {len(plan)}, {plan[done:done + 1]}: {error}") from error
        self.tell(begun)
        self.assertEqual(self.killed.total(), len(plan) + sum(kill.again for kill in plan))
        self.assertGreater(self.ledger.number, 0)

    def tell(self, begun):
        kinds = ", ".join(f"{number} {name}" for name, number in sorted(self.killed.items()))
        counters = self.counters() if self.hub.is_running() else f"{self.ledger.number} acknowledged"
        print(f"kill loop, seed {SEED}: {self.killed.total()} kills ({kinds}); "
              f"{self.erased} erased, {self.cut} cut; {counters}; {time.monotonic() - begun:.0f} s")

    # One kill, until all that fell run again.

    def perform(self, kill):
        wait_until("the city to be allowed to sign", self.may_sign, STEP_S)
        victims = [{"city": self.city, "hub": self.hub}.get(name) for name in kill.victims]
        if kill.point == "in-cut":
            self.fall_while_cutting(kill, victims[0])
        elif kill.point in ("in-erase", "in-scrub"):
            self.fall_while_erasing(kill, victims[0])
        elif kill.point:
            self.arm(victims[0], kill.setting)
            self.publish_until_fallen(victims[0])
            self.count_fall(kill, victims[0])
        else:
            self.kill_after(kill, victims)
        for node in (self.hub, self.city):
            if not node.is_running():
                self.restart(node)

    def kill_after(self, kill, victims):
        timer = threading.Timer(kill.delay_ms / 1000.0, kill_at_once, [victims])
        timer.start()
        while any(node.is_running() for node in victims):
            self.ledger.publish(self.random)
        timer.join()
        self.assertEqual({node.process.returncode for node in victims}, {-signal.SIGKILL})
        self.killed[f"{kill.name} ({'+'.join(kill.victims)})"] += 1

    def arm(self, node, setting):
        """Starts `node` again so that it will fall at that moment; it may do so as it starts."""
        self.assertEqual(node.stop(), 0)
        node.start({"HANSA_KILLPOINT": setting})
        try:
            node.wait_ready()
            wait_until("the city to be allowed to sign", lambda: not node.is_running() or self.may_sign(), STEP_S)
        except CommandFailed:
            if node.is_running():
                raise

    def publish_until_fallen(self, node):
        for _ in range(PUBLISHES_MAX):
            if not node.is_running():
                return
            self.ledger.publish(self.random)

    def count_fall(self, kill, node):
        node.wait_killed()
        self.killed[f"{kill.name} ({'hub' if node is self.hub else node.place.kind})"] += 1

    def fall_while_erasing(self, kill, victim):
        """A practice is erased by its author and by the secretariat: its bytes leave every file, whatever falls."""
        mark = f"{self.random.getrandbits(96):024x}"
        key = self.ledger.add_practice(mark)
        self.ledger.erased(key)
        self.network.wait_in_step(patience_s=STEP_S)
        self.arm(victim, kill.setting)
        self.city.do("erase", key, "--reason", "personal-data")
        self.assertIn(self.hub.hansa("erase", key, "--reason", "personal-data").code, (DONE, UNREACHABLE))
        self.count_fall(kill, victim)
        if kill.again:
            victim.start({"HANSA_KILLPOINT": "in-scrub"})  # what was left to do is done as it starts
            self.count_fall(kill, victim)
        for node in (self.hub, self.city):
            if not node.is_running():
                self.restart(node)
        self.hub.do("erase", key, "--reason", "personal-data")
        self.erased += 1
        for node in (self.hub, self.city):
            wait_until(f"{node.slug} to have erased", lambda at=node: self.erasures_end(at), STEP_S)
            wait_until(f"what was erased to leave the files of {node.slug}",
                       lambda at=node: not files_with(at.folder / "db", mark.encode()), STEP_S,
                       explain=lambda at=node: str(files_with(at.folder / "db", mark.encode())))

    def erasures_end(self, node):
        erasures = node.ask("status")["erasures"]
        return erasures["open"] == 0 and erasures["ordered"] == erasures["done"] == self.erased

    def fall_while_cutting(self, kill, victim):
        """A partner's feed is cut at its first entry: by the city, by the hub, or by the partner itself."""
        self.cut += 1
        place = Place("partner", f"int-forum-{self.cut}", f"Forum {self.cut}", "INT")
        author = self.network.init(place)
        self.hub.do("admit", self.network.application_of(place.slug))
        self.restart(author)
        self.network.wait_admitted([author])
        book = Acknowledged(author, self.network.files)
        book.add_practice()
        book.add_practice()
        victim = victim or author
        self.network.wait_in_step(patience_s=STEP_S)
        self.arm(victim, kill.setting)
        revoke = ("revoke", place.slug, "--compromised", "--at", "practices:1")
        self.assertIn(self.hub.hansa(*revoke).code, (DONE, UNREACHABLE))
        self.count_fall(kill, victim)
        self.restart(victim)
        self.hub.do(*revoke)
        for node in (self.hub, self.city, author):
            wait_until(f"{node.slug} to cut the feed of {place.slug}",
                       lambda at=node: [length for length, _ in at.heads(place.slug).values()] == [1], STEP_S,
                       explain=lambda at=node: f"{at.heads(place.slug)}\n{at.tail()}")
        self.assertEqual(unsound_at([author]), [])
        self.assertEqual(author.stop(), 0)
        del self.network.nodes[place.slug]


def kill_at_once(nodes):
    for node in nodes:
        os.kill(node.process.pid, signal.SIGKILL)


def files_with(folder, text):
    """Every file below `folder` that has these bytes."""
    return [path for path in sorted(pathlib.Path(folder).rglob("*")) if path.is_file() and text in bytes_of(path)]


def bytes_of(path):
    """What a file holds; nothing once the node has removed it."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *REST], verbosity=2)
