"""Backups on real processes: made while the node publishes, restored elsewhere, never the start of a second history.

P20: a backup is verified by restoring it. P5: a restored node signs on only where nothing was signed after the backup.
"""

import json
import os
import subprocess
import threading
import unittest

from support import NetworkTest

from demo_network.node import Node
from demo_network.programs import FAILED, NOT_FOUND, REFUSED
from demo_network.waiting import wait_until

SMALL_DISK_MIB = 12


class BackupTest(NetworkTest):
    cities = ("gb-bristol", "gb-derby")

    def setUp(self):
        super().setUp()
        self.start_all()
        self.bristol, self.derby = (self.node(slug) for slug in self.cities)
        self.backup = self.folder / "backup"

    def add_practice(self, node, title):
        """Publishes a practice invented for this test; returns what was acknowledged."""
        record = {"title": title, "language": "en", "summary": "invented for a test"}
        return node.ask("practices", "add", "-", stdin=json.dumps(record).encode())

    def length(self, node):
        return node.heads("gb-bristol").get(("gb-bristol", "practices", 1), (0, ""))[0]

    def fence(self, node):
        return node.ask("status")["fence"]

    def wait_fence(self, node, fence):
        wait_until(f"{node.slug} to be {fence}", lambda: self.fence(node) == fence, explain=node.tail)

    def restored(self, name="restored"):
        """Bristol restored to a folder of its own, at the address that the roster has; not started."""
        folder = self.folder / name
        node = Node(self.network.programs, folder, self.bristol.place, self.bristol.address, self.folder)
        self.addCleanup(node.kill)
        self.assertEqual(node.ask("restore", self.backup)["member"], "gb-bristol")
        self.network.nodes["gb-bristol"] = node
        return node

    def assert_one_history(self):
        """The nodes that run hold the same, whole, and no feed has two histories."""
        self.network.wait_in_step()
        for node in self.network.running():
            self.assertEqual({row["state"] for row in node.ask("feeds")}, {"ok"})
            self.assertTrue(node.ask("verify")["ok"])

    def test_p20_a_backup_made_while_it_publishes_holds_what_was_acknowledged_before(self):
        acknowledged = [self.add_practice(self.bristol, "The first")["sequence"]]
        done = threading.Event()

        def publish():
            while not done.is_set():
                acknowledged.append(self.add_practice(self.bristol, f"Practice {len(acknowledged) + 1}")["sequence"])

        writer = threading.Thread(target=publish)
        writer.start()
        self.addCleanup(writer.join)
        self.addCleanup(done.set)
        for _ in range(3):
            before = acknowledged[-1]
            self.bristol.ask("backup", self.backup)
            made = len(acknowledged)
            wait_until("a practice to be published after it", lambda at=made: len(acknowledged) > at)
        done.set()
        writer.join()
        self.network.wait_in_step()
        for node in self.network.running():
            node.stop()
        # Alone it has what the backup has and nothing more.
        node = self.restored()
        self.restart(node)
        self.assertGreaterEqual(self.length(node), before)
        self.assertLess(self.length(node), acknowledged[-1])
        self.assertTrue(node.ask("verify")["ok"])
        self.assertEqual(self.fence(node), "locked")
        self.restart(self.hub)
        self.wait_fence(node, "recover")
        self.assertEqual(self.length(self.hub), acknowledged[-1])

    def test_p5_a_restored_node_goes_on_once_the_hub_has_confirmed_it(self):
        self.add_practice(self.bristol, "Before the backup")
        self.network.wait_in_step()
        said = self.bristol.do("backup", self.backup).out
        self.assertIn("the backup was restored and read through", said)
        self.bristol.stop()
        node = self.restored()
        self.restart(node)
        self.wait_fence(node, "open")
        self.assertEqual(self.add_practice(node, "After it")["sequence"], 2)
        self.assert_one_history()
        self.assertEqual(self.length(self.derby), 2)
        # It is a node like any other from now on: also after a restart, and its backups go where the older ones went.
        node.stop()
        self.restart(node)
        self.wait_fence(node, "open")
        self.assertEqual(node.ask("backup", self.backup)["entries"], sum(length for length, _ in node.heads().values()))

    def test_p5_what_was_published_after_the_backup_is_never_published_again(self):
        self.add_practice(self.bristol, "Before the backup")
        self.bristol.ask("backup", self.backup)
        self.add_practice(self.bristol, "After the backup")
        self.network.wait_in_step()
        self.bristol.stop()
        head = self.hub.heads("gb-bristol")
        node = self.restored()
        self.restart(node)
        self.wait_fence(node, "recover")
        instead = b'{"title": "Instead", "language": "en", "summary": "invented for a test"}'
        node.do("practices", "add", "-", stdin=instead, code=REFUSED)
        # It goes the way of every lost disk.
        self.assertTrue(node.ask("recover", "-o", self.folder / "request.json")["writer_key"])
        node.stop()
        self.network.wait_in_step([self.hub, self.derby])
        for other in (self.hub, self.derby):
            self.assertEqual(other.heads("gb-bristol"), head)
            self.assertEqual({row["state"] for row in other.ask("feeds")}, {"ok"})
            self.assertEqual(other.ask("status")["forks"], [])

    def test_p5_without_a_hub_it_publishes_nothing(self):
        self.add_practice(self.bristol, "Before the backup")
        self.network.wait_in_step()
        self.bristol.ask("backup", self.backup)
        self.bristol.stop()
        self.hub.stop()
        node = self.restored()
        self.restart(node)
        # A member agrees with it, which would do for any node that is no copy.
        wait_until("Derby to agree", lambda: any(peer["member"] == "gb-derby" and peer["last_equal_root_s"] is not None
                                                 for peer in node.ask("peers")), explain=node.tail)
        self.assertEqual(self.fence(node), "locked")
        self.assertTrue(self.add_practice(node, "Waits for the hub")["queued"])
        self.assertEqual(self.fence(node), "locked")
        self.assertEqual(self.length(node), 1)
        self.restart(self.hub)
        self.wait_fence(node, "open")
        wait_until("what waited to be published", lambda: self.length(self.hub) == 2)
        self.assert_one_history()

    def test_what_is_refused_changes_nothing(self):
        foreign = self.folder / "foreign"
        foreign.mkdir()
        (foreign / "letter.txt").write_text("mine")
        self.bristol.do("backup", foreign, code=REFUSED)
        self.assertEqual(os.listdir(foreign), ["letter.txt"])
        self.bristol.do("backup", self.bristol.folder / "backup", code=REFUSED)
        self.assertFalse((self.bristol.folder / "backup").exists())
        self.bristol.ask("backup", os.path.relpath(self.backup))
        self.assertIn("another node, gb-bristol", self.derby.do("backup", self.backup, code=REFUSED).err)
        self.derby.do("restore", self.backup, code=REFUSED)  # its folder is not empty
        new = Node(self.network.programs, self.folder / "new", self.bristol.place, "127.0.0.1:0", self.folder)
        new.do("restore", foreign, code=NOT_FOUND)
        key = next(self.backup.glob("node.*/keys/writer.key"))
        key.write_text(key.read_text().replace("0", "1").replace("a", "b"))
        error = json.loads(new.do("restore", self.backup, "--json", code=FAILED).out)["error"]
        self.assertEqual(error["code"], "data_loss")
        self.assertFalse(new.folder.exists())
        self.bristol.ask("backup", self.backup)  # the next one is whole again
        new.ask("restore", self.backup)
        self.assertEqual(os.stat(new.folder).st_mode & 0o777, 0o700)
        self.assertEqual({os.stat(file).st_mode & 0o777 for file in (new.folder / "keys").iterdir()}, {0o600})

    def test_a_node_that_is_asked_to_stop_gives_the_backup_up_or_ends_it(self):
        self.bristol.ask("backup", self.backup)
        asked = threading.Thread(target=lambda: self.bristol.hansa("backup", self.backup))
        asked.start()
        self.addCleanup(asked.join)
        wait_until("the backup to be looked at", lambda: (self.backup / "scratch").exists() or not asked.is_alive())
        self.assertEqual(self.bristol.stop(), 0)
        asked.join()
        self.restart(self.restored())
        self.assert_one_history()

    def test_too_little_room_is_said_and_the_older_backup_stays(self):
        disk = self.folder / "small"
        disk.mkdir()
        size = f"size={SMALL_DISK_MIB}m"
        mount = ["mount", "-t", "tmpfs", "-o", size, "none", str(disk)]
        mounted = subprocess.run(mount, capture_output=True, check=False)
        if mounted.returncode != 0:
            print(f"SKIPPED: a small disk can be mounted only as root: {mounted.stderr.decode().strip()}")
            self.skipTest("a small disk can be mounted only as root")
        self.addCleanup(subprocess.run, ["umount", str(disk)], check=True)
        said = self.bristol.do("backup", disk / "backup", code=FAILED).err
        self.assertIn("has no room for the backup", said)
        subprocess.run(["mount", "-o", "remount,size=100m", str(disk)], check=True)
        self.bristol.ask("backup", disk / "backup")
        filler = disk / "filler"
        free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
        filler.write_bytes(b"x" * (free - (1 << 20)))
        self.add_practice(self.bristol, "Has no room in the backup")
        names = sorted(path.name for path in (disk / "backup").iterdir())
        error = json.loads(self.bristol.do("backup", disk / "backup", "--json", code=FAILED).out)["error"]
        self.assertEqual(error["code"], "resource_exhausted")
        self.assertEqual(sorted(path.name for path in (disk / "backup").iterdir()), names)
        new = Node(self.network.programs, self.folder / "new", self.bristol.place, "127.0.0.1:0", self.folder)
        new.ask("restore", disk / "backup")


if __name__ == "__main__":
    unittest.main()
