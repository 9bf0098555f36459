"""Who speaks for the network: changes are drawn up on the hub, and signed at home by those who hold root keys.

Proposals and approvals travel as files; no root key is on the hub's machine.
"""

import json
import unittest

from support import NetworkTest

from demo_network.programs import REFUSED, USAGE


class RootProposalsTest(NetworkTest):
    cities = ()
    founding = ("--officers", 3, "--approvals", 2, "--root-keys", 3, "--threshold", 2)

    def setUp(self):
        super().setUp()
        # The holders take their keys home: nothing that signs a root document is left beside the hub.
        self.keys = self.folder / "holders"
        self.keys.mkdir()
        for number in (1, 2, 3):
            name = f"root-{number}.key"
            (self.network.folder / "network" / name).rename(self.keys / name)
        self.proposal = self.network.files / "root-proposal.json"
        self.new_keys = self.folder / "new-keys"

    def approve(self, key, proposal=None, code=0):
        """The approval file of one key, made offline."""
        approval = self.network.files / f"approval-{key.stem}.json"
        self.hub.do("approve", proposal or self.proposal, "--key", key, "-o", approval, code=code)
        return approval

    def in_force(self):
        return self.hub.ask("root", "show")["version"]

    def test_the_root_document_is_shown_as_it_was_founded(self):
        root = self.hub.ask("root", "show")
        self.assertEqual(root["version"], 1)
        version = root["versions"][0]
        self.assertEqual((version["threshold"], len(version["root_keys"])), (2, 3))
        self.assertEqual((version["approvals"], len(version["officers"])), (2, 3))
        self.assertEqual(version["roster_incarnation"], 1)

    def test_nothing_changes_by_fewer_keys_than_the_threshold(self):
        self.hub.do("root", "rotate", "--officers", "--out", self.new_keys, code=REFUSED)
        self.assertFalse(self.new_keys.exists(), "a refusal left keys behind")
        self.hub.do("root", "rotate", "--officers", "--out", self.new_keys, "-o", self.proposal)
        self.assertEqual(len(list(self.new_keys.glob("officer-*.key"))), 3)
        first = self.approve(self.keys / "root-1.key")
        self.hub.do("root", "rotate", "--approval", first, code=REFUSED)
        self.hub.do("root", "rotate", "--approval", first, "--approval", first, code=REFUSED)
        self.assertEqual(self.in_force(), 1)

    def test_a_key_that_is_no_root_key_approves_nothing(self):
        self.hub.do("root", "rotate", "--root", "--out", self.new_keys, "-o", self.proposal)
        stranger = self.hub.folder / "keys" / "writer.key"  # a good key, and none of the root's
        approval = self.approve(stranger, code=REFUSED)
        self.assertFalse(approval.exists())

    def test_an_altered_proposal_is_approved_by_nobody(self):
        self.hub.do("root", "rotate", "--officers", "--out", self.new_keys, "-o", self.proposal)
        other = self.network.files / "other.json"
        self.hub.do("root", "rotate", "--root", "--out", self.folder / "more-keys", "-o", other)
        altered = json.loads(self.proposal.read_text())
        altered["body"] = json.loads(other.read_text())["body"]  # the words are still those of the first
        path = self.network.files / "altered.json"
        path.write_text(json.dumps(altered))
        self.approve(self.keys / "root-1.key", path, code=REFUSED)
        self.hub.do("approve", self.hub.folder / "charter.json", "--key", self.keys / "root-1.key", "-o", path, code=USAGE)

    def test_fewer_than_now_are_never_enough(self):
        self.hub.do("root", "strengthen", "--root-keys", 3, "--threshold", 1, "--out", self.new_keys, code=REFUSED)
        self.hub.do("root", "strengthen", "--approvals", 1, code=REFUSED)
        self.assertFalse(self.new_keys.exists())


if __name__ == "__main__":
    unittest.main(verbosity=2)
