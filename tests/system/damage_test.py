"""Every kind of file of a stopped city's data folder is damaged: nothing false is shown, and nothing is lost in silence.

Each case damages one file of a copy, starts the city beside its hub, reads everything, and names the outcome:

  healed   in the end everything published is there, heads are those of the hub, verify is ok, and it may publish;
           what it lacked for a while, while it said that it was in sync, is printed beside it
  recover  the node asks for recovery, in the fence and in words
  refused  hansad ends and says which file is meant
  told     it runs, shows nothing false, and says that the store was damaged or for how many entries it still waits
  closed   it runs and shows everything that was published, but it is not in step or may not publish, and says so
  unclear  hansad ends with words that name no file
  silent   a value differs, something is missing without a word, a feed forked, or verify found what nobody told
  crash    hansad ended by a signal, or neither came up nor ended

A node is given 30 s to heal, and is judged then. The last two are forbidden. HANSA_SEED or `--seed N` draws other cases,
HANSA_CASES or `--cases N` says how many.
"""

import argparse
import os
import random
import sys
import time
import unittest
from collections import Counter

from acknowledged import forks_at, unsound_at
from damage import FAULTS, KINDS, Damage, copy_folder
from publishing_city import PublishingCityTest

from demo_network.programs import CommandFailed
from demo_network.waiting import NeverCame, wait_until

PARSER = argparse.ArgumentParser(add_help=False)
PARSER.add_argument("--seed", type=int, default=int(os.environ.get("HANSA_SEED") or 1))
PARSER.add_argument("--cases", type=int, default=int(os.environ.get("HANSA_CASES") or 20))
GIVEN, REST = PARSER.parse_known_args()
SEED, CASES = GIVEN.seed, GIVEN.cases
OUTCOMES = ("healed", "recover", "refused", "told", "closed", "unclear", "silent", "crash")
FORBIDDEN = ("silent", "crash")
MAY_SIGN = ("open", "unconfirmed")
SETTLE_S = 30.0


def endless_cases(drawn):
    """(kind, fault), each once a turn, the turns shuffled."""
    while True:
        turn = [(kind, fault) for kind in KINDS for fault in FAULTS]
        drawn.shuffle(turn)
        yield from turn


class DamageTest(PublishingCityTest):
    def setUp(self):
        super().setUp()
        self.sound = {name: self.folder / f"sound-{name}" for name in ("city", "hub", "older")}
        self.make_folders()
        self.cells = {}  # (kind, fault): Counter of outcomes
        self.lines = []  # a line for each case

    def make_folders(self):
        """A store with tables in several levels and a log; an older copy of it; and what the hub holds at the end."""
        drawn = random.Random(f"publishes {SEED}")
        self.start_city()
        for part in range(4):
            for _ in range(6):
                self.assertTrue(self.ledger.publish(drawn))
            self.network.wait_in_step()
            if part == 1:
                self.erase_one()
            self.assertEqual(self.city.stop(), 0)
            if part == 2:
                copy_folder(self.city.folder, self.sound["older"])
            self.restart(self.city)
        self.network.wait_in_step()
        for _ in range(4):
            self.assertTrue(self.ledger.publish(drawn))
        self.network.wait_in_step()
        self.city.kill()  # what came last is in the log alone
        self.assertEqual(self.hub.stop(), 0)
        copy_folder(self.city.folder, self.sound["city"])
        copy_folder(self.hub.folder, self.sound["hub"])

    def erase_one(self):
        key = self.ledger.add_practice()
        self.network.wait_in_step()
        for node in (self.city, self.hub):
            node.ask("erase", key, "--reason", "personal-data")
        self.ledger.erased(key)
        wait_until("it to be erased", lambda: self.city.ask("status")["erasures"]["done"] == 1)
        self.network.wait_in_step()

    def test_a_damaged_file_is_healed_or_told_of(self):
        begun = time.monotonic()
        drawn = random.Random(f"damage {SEED}")
        # A folder without damage heals, or the cases below show nothing.
        self.assertEqual(self.outcome_of(None)[0], "healed", self.lines)
        number = 0
        for kind, fault in endless_cases(drawn):
            if number == CASES:
                break
            number += self.case(kind, fault, random.Random(f"damage {SEED} {number}"))
        counted = sum(self.cells.values(), Counter())
        print("\n".join([*self.lines, "", *self.table()]))
        print(f"damage, seed {SEED}: {counted.total()} cases; "
              + ", ".join(f"{counted[outcome]} {outcome}" for outcome in OUTCOMES)
              + f"; {self.ledger.number} acknowledged before; {time.monotonic() - begun:.0f} s")
        self.assertEqual(counted.total(), CASES)
        self.assertEqual({outcome: counted[outcome] for outcome in FORBIDDEN}, dict.fromkeys(FORBIDDEN, 0))

    def case(self, kind, fault, drawn):
        """One file damaged in one way. 0 if there is no such file, or it has nothing that this could be done to."""
        copy_folder(self.sound["city"], self.city.folder)
        done = Damage(self.city.folder, self.sound["older"], self.sound["hub"], drawn).strike(kind, fault)
        if done is None:
            self.cells.setdefault((kind, fault), Counter())
            return 0
        outcome, why = self.outcome_of(done)
        self.cells.setdefault((kind, fault), Counter())[outcome] += 1
        self.lines.append(f"{outcome:8} {kind}, {fault}: {done}{': ' if why else ''}{why}")
        return 1

    def table(self):
        """File x fault, with how often each outcome came; '-' where there is nothing of the kind."""
        rows = [["file", *FAULTS]]
        for kind in KINDS:
            row = [kind]
            for fault in FAULTS:
                outcomes = self.cells.get((kind, fault))
                words = [f"{number} {outcome}" for outcome, number in (outcomes or {}).items()]
                row.append(", ".join(words) if words else ("" if outcomes is None else "-"))
            rows.append(row)
        widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows]

    # One case: what becomes of the city. The hub is as it was, too: a city that came back before would be a second life.

    def outcome_of(self, damage):
        """(outcome, why in words)"""
        if damage is None:
            copy_folder(self.sound["city"], self.city.folder)
        copy_folder(self.sound["hub"], self.hub.folder)
        self.restart(self.hub)
        self.city.output.write_bytes(b"")
        try:
            return self.judged()
        finally:
            self.city.kill()
            self.hub.kill()

    def judged(self):
        self.city.start()
        try:
            self.city.wait_ready()
        except CommandFailed:
            return self.ended()
        except NeverCame:
            return "crash", "it neither came up nor ended"
        self.meanwhile = []
        found = self.looked_at()
        if found[0] in FORBIDDEN:
            return found
        code = self.city.stop()
        return found if code == 0 else ("crash", f"it ended with {code}, after it was {found[0]}")

    def ended(self):
        code = self.city.wait_ended()
        words = self.city.output.read_text("utf-8", "replace").strip().splitlines()
        said = words[-1] if words else "without a word"
        if code != 1:
            return "crash", f"it ended with {code}: {said}"
        return ("refused" if str(self.city.folder) in said else "unclear"), said

    def looked_at(self):
        """What a node that runs shows, once it has come to rest with the hub or says that it will not."""
        state, faults = {}, []

        def settled():
            if not self.city.is_running():
                return True
            try:
                state.update(self.city.ask("status"))
                if state["fence"] not in (*MAY_SIGN, "locked"):
                    return True
                faults[:] = self.ledger.missing_at(self.city)
                equal = self.city.heads() == self.hub.heads()
            except CommandFailed:
                return False  # what it refuses for good is met again below
            at_rest = state["in_sync"] and not state["missing"] and not state["projection_lag"]
            if at_rest and state["fence"] in MAY_SIGN:
                self.meanwhile += faults[:1]  # it says that all is well
            return at_rest and state["fence"] in MAY_SIGN and equal and not faults

        try:
            wait_until("the city to come to rest", settled, SETTLE_S, 0.1)
        except NeverCame:
            state["rest"] = False
        if not self.city.is_running():
            return self.ended()
        try:
            outcome, why = self.judged_at_rest(state)
        except CommandFailed as error:
            why = str(error).strip().splitlines()[-1]
            outcome = "silent"
            if "damaged" in why:
                return "told", why
        if outcome == "silent" and (told := self.told_of_damage()) and " shows " not in why and "verify" not in why:
            return "told", f"{told} ({why})"
        if outcome == "silent":
            why += f" (fence {state.get('fence')}, {'' if state.get('in_sync') else 'not '}in sync)"
        return outcome, why

    def told_of_damage(self):
        """What `status` says of damage, or of what has not come back yet; empty if it says nothing."""
        said = self.city.do("status").out.splitlines()
        return "; ".join(line.strip() for line in said 
                         if "damage" in line or "waiting for the content" in line or "under other keys" in line)

    def judged_at_rest(self, state):
        faults = self.ledger.missing_at(self.city)
        false = [line for line in faults if " shows " in line] + forks_at((self.city, self.hub))
        if false:
            return "silent", false[0]
        if state["fence"] == "recover":
            words = [line for line in self.city.do("status").out.splitlines() if "publishes nothing" in line]
            return ("recover", words[0].strip()) if words else ("silent", "no word of recovery in status")
        if faults:
            return "silent", faults[0]
        unsound = unsound_at((self.city, self.hub))
        if unsound:
            return "silent", unsound[0]
        if state["fence"] not in MAY_SIGN or "rest" in state:
            return "closed", f"fence {state['fence']}, {'' if state['in_sync'] else 'not '}in sync"
        return "healed", f"for a while {self.meanwhile[0]}" if self.meanwhile else ""


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *REST], verbosity=2)
