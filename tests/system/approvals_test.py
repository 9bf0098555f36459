"""The strong form of a network: what several officers must approve is not done by one of them, nor by the hub alone.

Proposals and approvals travel as files; the keys that approve are not on the hub's machine.
"""

import unittest

from support import NetworkTest

from demo_network.node import Place
from demo_network.programs import REFUSED


class ApprovalsTest(NetworkTest):
    cities = ()
    founding = ("--officers", 3, "--approvals", 2, "--root-keys", 3, "--threshold", 2)

    def setUp(self):
        super().setUp()
        # The officers take their keys home: nothing that approves is left beside the hub.
        self.keys = self.folder / "officers"
        self.keys.mkdir()
        for number in (1, 2, 3):
            name = f"officer-{number}.key"
            (self.network.folder / "network" / name).rename(self.keys / name)
        self.network.init(Place("authority", "fr-authority", "Autorité de France", "FRA"))
        self.application = self.network.application_of("fr-authority")
        self.proposal = self.network.files / "proposal.json"

    def approve(self, number, proposal=None):
        """The approval file of one officer, made offline."""
        approval = self.network.files / f"approval-{number}.json"
        self.hub.do("approve", proposal or self.proposal, "--key", self.keys / f"officer-{number}.key", "-o", approval)
        return approval

    def slugs(self):
        return [member["slug"] for member in self.hub.ask("members")]

    def test_an_authority_comes_in_by_two_officers_and_not_by_one(self):
        roster = self.hub.heads("roster")
        self.hub.do("admit", self.application, code=REFUSED)
        self.hub.do("admit", self.application, "-o", self.proposal)
        first, second = self.approve(1), self.approve(3)
        self.hub.do("admit", self.application, "--approval", first, code=REFUSED)
        self.hub.do("admit", self.application, "--approval", first, "--approval", first, code=REFUSED)
        self.assertEqual(self.hub.heads("roster"), roster, "a refusal wrote into the roster")
        self.hub.do("admit", self.application, "--approval", first, "--approval", second)
        self.assertIn("fr-authority", self.slugs())
        self.start_all()
        for node in self.network.running():
            self.assertTrue(all(line["valid"] for line in node.ask("roster", "log")))

    def test_a_key_that_is_no_officers_approves_nothing(self):
        self.hub.do("admit", self.application, "-o", self.proposal)
        stranger = self.hub.folder / "keys" / "writer.key"  # a good key, and no officer's
        approval = self.network.files / "approval-0.json"
        self.hub.do("approve", self.proposal, "--key", stranger, "-o", approval)
        self.hub.do("admit", self.application, "--approval", self.approve(1), "--approval", approval, code=REFUSED)
        self.assertNotIn("fr-authority", self.slugs())

    def test_one_officer_is_enough_for_an_experts_key_and_none_for_a_partner(self):
        self.network.init(Place("expert", "int-expert-1", "Expert 1", "INT"))
        expert = self.network.application_of("int-expert-1")
        self.hub.do("admit", expert, code=REFUSED)
        self.hub.do("admit", expert, "-o", self.proposal)
        self.hub.do("admit", expert, "--approval", self.approve(2))
        self.assertEqual(self.hub.ask("roster", "log")[-1]["valid"], True)
        self.network.init(Place("partner", "gb-partner", "A partner", "GBR"))
        self.hub.do("admit", self.network.application_of("gb-partner"))
        self.assertIn("gb-partner", self.slugs())

    def test_admitting_twice_changes_nothing(self):
        self.hub.do("admit", self.application, "-o", self.proposal)
        approvals = ["--approval", self.approve(1), "--approval", self.approve(2)]
        self.hub.do("admit", self.application, *approvals)
        roster = self.hub.heads("roster")
        self.hub.do("admit", self.application, *approvals)
        self.assertEqual(self.hub.heads("roster"), roster)


if __name__ == "__main__":
    unittest.main(verbosity=2)
