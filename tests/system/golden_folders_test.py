"""Data folders as earlier versions left them: this one opens each, shows what was published, verifies it and goes on.

P21: an upgrade loses nothing, and what a newer version wrote is refused. The folders are those of tests/data/stores/.
"""

import shutil
import subprocess
import sys
import unittest

import golden_folders
from support import NetworkTest, UNEMPLOYMENT

from demo_network.node import Node, Place
from demo_network.programs import CommandFailed, DONE, FAILED, REFUSED, free_address
from demo_network.waiting import wait_until


class GoldenFoldersTest(NetworkTest):
    def setUp(self):
        self.begin()
        self.versions = golden_folders.versions()
        self.assertTrue(self.versions, "there are no folders of any version")

    def unpack(self, version):
        """The hub and the city of that version, not started. Their ports are new ones."""
        for folder in self.folder.iterdir():
            if folder not in (self.network.files, self.network.outputs):
                shutil.rmtree(folder)
        golden_folders.unpack(version, "hub", self.folder / "network")
        golden_folders.unpack(version, "city", self.folder / golden_folders.CITY)
        self.network.hub = self.opened("secretariat", "int-uil", "INT", self.folder / "network" / "hub")
        self.city = self.opened("city", golden_folders.CITY, "GBR", self.folder / golden_folders.CITY)

    def opened(self, kind, slug, country, folder):
        node = Node(self.network.programs, folder, Place(kind, slug, slug, country), free_address(), self.network.outputs)
        self.network.nodes[slug] = node
        return node

    def test_p21_what_an_earlier_version_wrote_is_shown_verified_and_gone_on_with(self):
        for version in self.versions:
            print(f"the folders of version {version}", file=sys.stderr)
            self.unpack(version)
            self.see_what_was_known(golden_folders.known(version))
            self.go_on()
            for node in self.network.running():
                self.assertEqual(node.stop(), 0)

    def see_what_was_known(self, known):
        """Each by itself, before they have met."""
        for name, node in (("city", self.city), ("hub", self.hub)):
            self.restart(node)
            self.assertEqual(golden_folders.shown_by(node), known["nodes"][name])
            said = node.ask("verify")
            self.assertTrue(said["ok"], f"{name}: {said['problems']}")
            self.assertEqual(node.ask("status")["forks"], [])
            self.assertEqual(node.ask("status")["erasures"]["done"], 1)
            for path in sorted((node.folder / "db").rglob("*")):
                erased_there = path.is_file() and known["erased"].encode() in path.read_bytes()
                self.assertFalse(erased_there, f"what was erased is in {path}")
        draft = self.city.ask("indicators", "show", "--year", known["draft"]["year"])
        self.assertEqual(len(draft), known["draft"]["figures"])
        self.assertFalse(any(row["published"] for row in draft))

    def go_on(self):
        """They meet, the city publishes its draft, and the hub admits somebody."""
        self.let_the_hub_sign()  # before the city asks it to be its witness
        self.city.do("peer", "add", self.hub.address)
        self.network.wait_in_step()
        wait_until("the city to be allowed to sign",
                   lambda: self.city.ask("status")["fence"] in ("open", "unconfirmed"))
        acknowledged = self.city.ask("indicators", "publish")[0]
        self.network.wait_in_step()
        for node in (self.city, self.hub):
            history = node.ask("indicators", "history", UNEMPLOYMENT, "--member", self.city.slug)
            self.assertIn((acknowledged["id"], acknowledged["sequence"]),
                          [(row["id"], row["sequence"]) for row in history])
        place = Place("partner", "int-library-forum", "Library forum", "INT")
        self.network.init(place)
        del self.network.nodes[place.slug]
        self.hub.do("admit", self.network.application_of(place.slug))
        self.network.wait_in_step()
        self.assertIn(place.slug, [member["slug"] for member in self.city.ask("members")])
        for slug, said in self.network.verify().items():
            self.assertTrue(said["ok"], f"{slug}: {said['problems']}")

    def let_the_hub_sign(self):
        """Alone, and maybe on another machine than the folder was made on: a person says where the roster ends."""
        ((length, head),) = self.hub.heads("roster").values()
        self.assertIn(self.hub.hansa("roster", "confirm", f"{length}:{head}").code, (DONE, REFUSED))
        wait_until("the hub to be allowed to sign", lambda: self.hub.ask("status")["fence"] in ("open", "unconfirmed"))

    def refused(self, node):
        """What the node says as it refuses to start."""
        node.start()
        with self.assertRaises(CommandFailed):
            node.wait_ready()
        self.assertEqual(node.wait_ended(), FAILED)
        return node.output.read_text(encoding="utf-8").strip().splitlines()[-1]

    def test_p21_a_store_of_a_newer_version_is_refused(self):
        self.unpack(self.versions[-1])
        for node in (self.city, self.hub):
            raised = subprocess.run([self.network.programs.raise_layout, node.folder / "db"], capture_output=True,
                                    text=True, check=True).stdout.strip()
            said = self.refused(node)
            self.assertIn(f"written by a newer Hansa (layout {raised}", said)
            self.assertIn(str(node.folder / "db"), said)

    def test_p21_a_high_water_file_of_a_newer_version_is_refused(self):
        self.unpack(self.versions[-1])
        for node in (self.city, self.hub):
            raised = golden_folders.raise_version_of_marks(node.folder / "high_water")
            said = self.refused(node)
            self.assertIn(f"{node.folder / 'high_water'} was written by a newer Hansa (version {raised})", said)


if __name__ == "__main__":
    unittest.main(verbosity=2)
