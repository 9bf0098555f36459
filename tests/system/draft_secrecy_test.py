"""A draft never leaves its node. Random markers are planted in drafts, and looked for in every frame that the node
says to a listener with a member's key, and in every file of every other node. They are found in the node's own files,
and published ones are found everywhere, so that looking can fail."""

import secrets
import unittest

from support import NetworkTest, UNEMPLOYMENT

from demo_network.forger import Forger
from demo_network.waiting import wait_until


def has(folder, marker):
    """The files below `folder` that have `marker` in them."""
    return [path for path in folder.rglob("*") if path.is_file() and marker.encode() in path.read_bytes()]


class DraftSecrecyTest(NetworkTest):
    def setUp(self):
        super().setUp()
        self.start_all()
        self.authority.stop()  # its key listens instead
        self.bristol = self.node("gb-bristol")
        self.record = self.network.files / "frames"
        self.drafted = {part: f"draft{secrets.token_hex(12)}" for part in ("note", "source", "supplier")}
        self.published = f"open{secrets.token_hex(12)}"

    def plant(self, year, note, **others):
        self.import_years(self.bristol, [year], lambda row: {**row, "note": note, **others})

    def test_p2_markers_in_drafts_are_in_no_frame_and_on_no_other_disk(self):
        published_year, drafted_year = self.years(self.bristol, 2)
        with Forger(self.network.programs, self.authority.folder, self.bristol.address, self.record) as forger:
            # A year that nobody has seen, and one that is published and then drafted anew.
            self.plant(drafted_year, self.drafted["note"], source=self.drafted["source"])
            self.plant(published_year, self.published)
            self.publish(self.bristol, published_year)
            self.plant(published_year, self.drafted["note"], supplier=self.drafted["supplier"])
            for marker in self.drafted.values():
                self.assertTrue(has(self.bristol.folder / "db", marker), "the draft is not on the node's own disk")
            # A listener that asks for everything, before and after the node starts anew with its drafts.
            self.read_everything(forger)
        self.bristol.stop()
        self.restart(self.bristol)
        with Forger(self.network.programs, self.authority.folder, self.bristol.address, self.record) as forger:
            self.read_everything(forger)
            self.network.wait_in_step([node for node in self.network.running() if node is not self.bristol])
        self.assert_secret()

    def read_everything(self, forger):
        wait_until("Bristol's feed", lambda: len(forger.rows()) > 1)
        for row in forger.rows():
            if row["length"] > 0:
                forger.fetch(row["feed"], 1, self.network.files / "fetched.unit")

    def assert_secret(self):
        frames = self.record.read_bytes()
        self.assertIn(self.published.encode(), frames, "what was published is not in the frames: nothing was recorded")
        others = [node for node in self.network.nodes.values() if node is not self.bristol]
        for node in self.network.running():
            if node is not self.bristol:
                self.assertTrue(has(node.folder, self.published), f"what was published is not on the disk of {node.slug}")
        for part, marker in self.drafted.items():
            self.assertNotIn(marker.encode(), frames, f"the {part} of a draft was said to a peer")
            for node in others:
                self.assertEqual(has(node.folder, marker), [], f"the {part} of a draft is on the disk of {node.slug}")
            self.assertEqual(has(self.bristol.folder / "log", marker), [], f"the {part} of a draft is in the log")
            self.assertEqual(has(self.network.outputs, marker), [], f"the {part} of a draft was printed")

    def test_p2_other_nodes_do_not_show_a_draft(self):
        (year,) = self.years(self.bristol, 1)
        self.plant(year, self.drafted["note"])
        for node in self.network.running():
            shown = node.ask("indicators", "show", "--member", "gb-bristol", "--year", year)
            if node is self.bristol:
                self.assertIn((UNEMPLOYMENT, False), [(row["cell"], row["published"]) for row in shown])
            else:
                self.assertEqual(shown, [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
