"""A city whose power is cut while it publishes: nothing acknowledged is lost, and no feed forks.

Its data folder is on a disk of its own, in a file (loop_disk.py). The node is stopped where it stands, what has reached the
disk is copied, and the node goes on with the copy. A file that was written and not synced must be gone then: otherwise
the cut was none. HANSA_SEED or `--seed N` draws other moments, HANSA_CUTS or `--cuts N` says how many there are.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
import unittest

import loop_disk
from publishing_city import PublishingCityTest

PARSER = argparse.ArgumentParser(add_help=False)
PARSER.add_argument("--seed", type=int, default=int(os.environ.get("HANSA_SEED") or 1))
PARSER.add_argument("--cuts", type=int, default=int(os.environ.get("HANSA_CUTS") or 5))
GIVEN, REST = PARSER.parse_known_args()
SEED, CUTS = GIVEN.seed, GIVEN.cuts
DELAYS_MS = (50, 800)


class PowerCutTest(PublishingCityTest):
    def setUp(self):
        super().setUp()
        disk_folder = self.folder / "power"
        disk_folder.mkdir()
        self.disk = loop_disk.LoopDisk(disk_folder)
        self.addCleanup(self.disk.close)
        self.addCleanup(self.city.kill)  # before the disk goes
        moved = self.disk.path / self.city.slug
        shutil.move(self.city.folder, moved)
        self.city.folder = moved
        subprocess.run(["sync", "--file-system", str(moved)], check=True)
        self.start_city()
        self.cuts, self.unsynced_gone, self.error = 0, 0, None

    def test_p1_what_was_acknowledged_is_there_after_every_power_cut(self):
        drawn = random.Random(f"power cuts {SEED}")
        delays = [drawn.randint(*DELAYS_MS) for _ in range(CUTS)]
        begun = time.monotonic()
        try:
            for delay_ms in delays:
                self.ledger.changed.clear()
                self.cut_after(delay_ms, drawn)
                self.look(self.ledger.changed)
            self.look()
        except Exception as error:
            self.tell(begun)
            raise AssertionError(f"seed {SEED}, cut {self.cuts} of {CUTS}: {error}") from error
        self.tell(begun)
        self.assertEqual(self.unsynced_gone, CUTS, "a file that nobody synced outlived a cut")
        self.assertGreater(self.ledger.number, 0)

    def tell(self, begun):
        print(f"power cuts, seed {SEED}: {self.cuts} cuts, {self.unsynced_gone} unsynced files gone; {self.counters()}; "
              f"{time.monotonic() - begun:.0f} s")

    def cut_after(self, delay_ms, drawn):
        unsynced = self.disk.path / "unsynced"
        timer = threading.Timer(delay_ms / 1000.0, self.strike, [unsynced])
        timer.start()
        while self.city.is_running():
            self.ledger.publish(drawn)
        timer.join()
        if self.error:
            raise self.error
        self.disk.cut()
        self.cuts += 1
        self.unsynced_gone += not (unsynced.exists() and unsynced.read_bytes())
        unsynced.unlink(missing_ok=True)
        self.restart(self.city)

    def strike(self, unsynced):
        """The node stands still, what has reached the disk is kept, and the node is no more."""
        process = self.city.process.pid
        try:
            os.kill(process, signal.SIGSTOP)
            os.waitid(os.P_PID, process, os.WSTOPPED | os.WNOWAIT)  # every thread of it stands
            unsynced.write_bytes(b"nobody synced this" * 1000)
            self.disk.keep_what_reached_it()
        except Exception as error:
            self.error = error
        finally:
            os.kill(process, signal.SIGKILL)


if __name__ == "__main__":
    try:
        loop_disk.enter_own_namespace()
        loop_disk.try_one()
    except loop_disk.CannotMount as why:
        print(f"SKIPPED: {why}")
        sys.exit(loop_disk.SKIPPED)
    loop_disk.end_in_order_on_sigterm()
    unittest.main(argv=[sys.argv[0], *REST], verbosity=2)
