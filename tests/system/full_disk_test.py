"""P7: a full disk loses nothing acknowledged, is read from, and is written to again by itself once there is room.

The city's data folder lies on a small disk, which is filled by somebody else, by its own publishing and by what others
publish; before it is full what is asked for is refused in words.
"""

import json
import random
import secrets
import shutil
import sys
import unittest

import loop_disk
from publishing_city import STEP_S, PublishingCityTest
from small_disk import MIB, SmallDisk

from demo_network.figures import table_of
from demo_network.programs import DONE, FAILED
from demo_network.waiting import wait_until

DISK_MIB = 512
LARGE_MIB = 1024
# One eighth, two and three eighths of the disk: what is kept for own words, for others, for imports.
OWN, PEERS, IMPORTS = (DISK_MIB * MIB * eighths // 8 for eighths in (1, 2, 3))
# Large practices, far more than fit in what is left.
COUNT_MAX = 400
# Letters in a note; three bytes each.
NOTE_LETTERS = 1900
# That nothing is free which could be used up by accident, and not nothing at all.
A_LITTLE = MIB // 2


def large_practice(title):
    """As much as three fields may hold, in letters of three bytes that do not compress."""
    text = {field: "".join(chr(0x4E00 + secrets.randbelow(20_000)) for _ in range(6000))
            for field in ("problem", "done", "outcome")}
    return json.dumps({"title": title, "language": "en", "summary": "invented for a test", **text})


class FullDiskTest(PublishingCityTest):
    cities = ("gb-bristol", "gb-derby")

    def setUp(self):
        super().setUp()
        self.derby = self.node("gb-derby")
        self.disk = SmallDisk(self.city.folder, DISK_MIB)
        self.addCleanup(self.disk.close)
        self.addCleanup(self.network.end)  # before its disk goes
        self.start_city()
        self.drawn = random.Random(7)

    def room(self):
        return self.city.ask("status")["disk"]["room"]

    def wait_room(self, *rooms):
        wait_until(f"the room to be {' or '.join(rooms)}", lambda: self.room() in rooms, STEP_S, explain=self.city.tail)

    def wait_publishes(self):
        """Publishing goes on by itself: one is tried again and again until it is taken."""
        def taken():
            answer = self.city.hansa("practices", "add", "-", "--json", stdin=self.ledger.record("after the full disk"))
            if answer.code != DONE:
                return False
            said = answer.json()
            self.ledger.lost_adds.add("after the full disk")
            return not said["queued"]
        wait_until("publishing to go on", taken, STEP_S, explain=self.city.tail)

    def publish_with_file(self, node, title):
        """A practice, and then a file of a megabyte with it. What was answered last, and whether the practice is there."""
        added = node.hansa("practices", "add", "-", "--json", stdin=self.ledger.record(title))
        if added.code != DONE:
            return added, False
        file = self.city.folder.parent / "large.bin"
        file.write_bytes(secrets.token_bytes(MIB))
        return node.hansa("practices", "attach", added.json()["id"], file, "--json"), True

    def publish_while_it_is_taken(self, node, count_max, leave):
        """On a disk that fills up, until it is refused; how many practices were taken, and what was said then."""
        for count in range(count_max):
            self.disk.fill(leave)
            answer, is_added = self.publish_with_file(node, f"Large {count}")
            if is_added:
                self.ledger.lost_adds.add(f"Large {count}")
            if answer.code != DONE:
                return count + is_added, answer
        return count_max, None

    def assert_refused_in_words(self, answer):
        self.assertEqual(answer.code, FAILED)
        self.assertIn("disk", answer.err)
        self.assertRegex(answer.err, "free (some )?space")

    def test_p7_what_is_asked_for_is_refused_step_by_step_before_the_disk_is_full(self):
        for _ in range(3):
            self.ledger.publish(self.drawn)
        self.look()

        self.disk.fill(IMPORTS - MIB)
        self.wait_room("no-imports")
        self.assert_refused_in_words(self.city.hansa("indicators", "import", self.ledger.path))
        self.assertIsNotNone(self.ledger.add_practice())

        self.disk.fill(PEERS - MIB)
        self.wait_room("own-only")
        before = self.city.heads("gb-derby")
        self.derby.ask("practices", "add", "-", stdin=self.ledger.record("of another city"))
        self.assertIsNotNone(self.ledger.add_practice(), "own words are taken longest")
        wait_until("the hub to have both", lambda: self.hub.heads("gb-bristol") == self.city.heads("gb-bristol")
                   and self.hub.heads("gb-derby") == self.derby.heads("gb-derby"), STEP_S)
        self.assertEqual(self.city.heads("gb-derby"), before)

        self.disk.fill(OWN - MIB)
        self.wait_room("none")
        self.assert_refused_in_words(self.city.hansa("practices", "add", "-", stdin=self.ledger.record("too much")))
        status = self.city.ask("status")
        self.assertTrue(any(peer["connected"] for peer in status["peers"]), "connections are kept")
        self.assertFalse(status["disk"]["refuses_writes"], "nothing has failed")
        self.assertEqual(self.ledger.missing_at(self.city), [], "it is read from")

        self.disk.empty()
        self.wait_publishes()
        self.look()

    def test_p7_filled_by_its_own_publishing_and_enlarged(self):
        count, refusal = self.publish_while_it_is_taken(self.city, COUNT_MAX, OWN + MIB // 4)
        self.assertIsNotNone(refusal, "the disk never filled")
        self.assert_refused_in_words(refusal)
        self.assertGreater(self.disk.free(), 0)
        self.assertGreater(count, 0)
        self.assertEqual(len(self.city.ask("practices", "list", "--city", "gb-bristol")), count)
        self.disk.enlarge(LARGE_MIB)
        self.wait_publishes()
        self.look()

    def test_p7_filled_by_what_others_publish(self):
        self.city.do("follow", "gb-derby", "practices")  # what they are published with comes as well
        files = 0
        while self.room() != "own-only" and files < COUNT_MAX:
            self.disk.fill(PEERS + MIB // 4)  # it is given back what its logs had reserved
            answer, _ = self.publish_with_file(self.derby, f"Derby {files}")
            self.assertEqual(answer.code, DONE, answer.err)
            files += 1
        self.wait_room("own-only")
        for number in range(5):
            self.derby.ask("practices", "add", "-", stdin=large_practice(f"Derby beyond {number}"))
        wait_until("the hub to have it", lambda: self.hub.heads("gb-derby") == self.derby.heads("gb-derby"), STEP_S)
        self.assertNotEqual(self.city.heads("gb-derby"), self.derby.heads("gb-derby"))
        self.assertGreater(self.disk.free(), OWN)
        self.assertIsNotNone(self.ledger.add_practice(), "own words are taken longest")
        self.assertTrue(any(peer["connected"] for peer in self.city.ask("status")["peers"]), "connections are kept")
        self.disk.enlarge(LARGE_MIB)
        self.look()
        self.assertEqual(self.city.heads("gb-derby"), self.derby.heads("gb-derby"))
        wait_until("every file to be here", lambda: self.city.ask("status")["files"]["here"] == files, STEP_S)

    def import_notes(self, number):
        """Figures of every year in the draft, each with a note that says `number` and is as long as a note may be."""
        note = f"{number} " + "".join(chr(0x4E00 + secrets.randbelow(20_000)) for _ in range(NOTE_LETTERS))
        self.ledger.path.write_bytes(table_of([{**row, "note": note} for row in self.ledger.rows.values()]))
        return self.city.hansa("indicators", "import", self.ledger.path)

    def test_p7_filled_by_imports(self):
        taken = None
        for number in range(COUNT_MAX):
            self.disk.fill(IMPORTS + MIB // 4)
            answer = self.import_notes(number)
            if answer.code != DONE:
                break
            taken = number
        self.assertIsNotNone(taken, "none was taken")
        self.assert_refused_in_words(answer)
        self.assertGreater(self.disk.free(), PEERS)
        for year in self.ledger.rows:
            drafted = self.city.ask("indicators", "show", "--year", year)
            self.assertIn(f'"{taken} ', json.dumps(drafted, ensure_ascii=False), "the draft is that of the last import")
        self.assertIsNotNone(self.ledger.add_practice(), "own words are taken longest")
        self.disk.empty()
        wait_until("imports to go on", lambda: self.import_notes(COUNT_MAX).code == DONE, STEP_S)
        self.look()

    def test_p7_filled_by_a_backup_to_the_same_disk(self):
        for number in range(20):
            self.city.ask("practices", "add", "-", stdin=large_practice(f"Large {number}"))
            self.ledger.lost_adds.add(f"Large {number}")
        backup = self.disk.folder_beside("backup")
        whole = self.city.hansa("backup", backup)
        self.assertEqual(whole.code, DONE, whole.err)
        shutil.rmtree(backup / "backup", ignore_errors=True)
        for entry in backup.iterdir():
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        self.disk.fill(A_LITTLE)
        self.wait_room("none")
        refused = self.city.hansa("backup", backup)
        self.assertEqual(refused.code, FAILED)
        self.assert_refused_in_words(refused)
        self.assertTrue(self.city.is_running())
        self.assertEqual(self.ledger.missing_at(self.city), [], "it is read from")
        self.disk.empty()
        self.wait_publishes()
        again = self.city.hansa("backup", backup)
        self.assertEqual(again.code, DONE, again.err)
        self.look()

    def test_p7_full_while_tables_are_rewritten(self):
        """An erasure rewrites the tables that hold the bytes; here the disk has no room for that until it is emptied."""
        kept = {}
        for number in range(40):
            title = f"Large {number}"
            kept[self.city.ask("practices", "add", "-", stdin=large_practice(title))["id"]] = title
            self.ledger.lost_adds.add(title)
        erased, title = kept.popitem()
        self.network.wait_in_step(patience_s=STEP_S)
        self.city.stop()
        self.restart(self.city)  # what was in the log is in tables
        self.disk.fill(0)
        self.hub.ask("erase", erased, "--reason", "personal-data")
        answer = self.city.hansa("erase", erased, "--reason", "personal-data")
        self.assertIn(answer.code, (DONE, FAILED), answer.err)
        self.assertTrue(self.city.is_running())
        self.assertEqual(self.ledger.missing_at(self.city), [], "it is read from")
        self.disk.empty()
        self.wait_publishes()
        wait_until("the order to be taken", lambda: self.city.hansa("erase", erased, "--reason", "personal-data").code == DONE
                   or self.city.ask("status")["erasures"]["done"] == 1, STEP_S, explain=self.city.tail)
        wait_until("it to be erased", lambda: self.city.ask("status")["erasures"]["done"] == 1, STEP_S, explain=self.city.tail)
        wait_until("its bytes to leave every file", lambda: not self.files_with(title), STEP_S, explain=self.city.tail)
        self.assertEqual({row["id"] for row in self.city.ask("practices", "list", "--city", "gb-bristol")} & set(kept), set(kept))
        self.look()

    def files_with(self, text):
        found = []
        for path in self.city.folder.rglob("*"):
            try:
                if path.is_file() and path != self.disk.filler and text.encode() in path.read_bytes():
                    found.append(path.name)
            except FileNotFoundError:
                continue  # a file that was there a moment ago
        return found

    def test_p7_a_write_that_fails_is_followed_by_writes_that_do_not(self):
        for _ in range(5):
            self.ledger.publish(self.drawn)
        # Nothing warns of it: from one moment to the next nothing is free.
        count, refusal = self.publish_while_it_is_taken(self.city, COUNT_MAX, 0)
        self.assertIsNotNone(refusal, "the disk never filled")
        self.assertIn("disk", refusal.err)
        # What was taken went where a log had reserved room; what was refused may be there or not.
        self.ledger.lost_adds.add(f"Large {count}")
        self.assertTrue(self.city.is_running())
        self.assertEqual(self.ledger.missing_at(self.city), [], "it is read from")
        self.disk.empty()
        self.wait_publishes()
        self.look()

    def test_p7_started_on_a_full_disk(self):
        for _ in range(5):
            self.ledger.publish(self.drawn)
        for kill in (False, True):
            self.city.kill() if kill else self.city.stop()
            self.disk.fill(A_LITTLE)
            self.restart(self.city)
            self.assertEqual(self.room(), "none")
            self.assertEqual(self.ledger.missing_at(self.city), [], "it is read from")
            self.assert_refused_in_words(self.city.hansa("practices", "add", "-", stdin=self.ledger.record("no room")))
            self.disk.empty()
            self.wait_publishes()
            self.look()


if __name__ == "__main__":
    try:
        loop_disk.enter_own_namespace()
    except loop_disk.CannotMount as why:
        print(f"SKIPPED: {why}")
        sys.exit(loop_disk.SKIPPED)
    loop_disk.end_in_order_on_sigterm()
    unittest.main(verbosity=2)
