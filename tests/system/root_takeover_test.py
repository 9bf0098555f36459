"""Who writes the roster, on running nodes: root documents in force everywhere, another writer, and what the old one can do.

P15: the roster is not rolled back, forked unseen, mixed or skipped. The law that keeps it is each node's own: keys that
were not asked, or that speak no more, move no node, whoever brings what they signed.
"""

import json
import shutil
import unittest

from support import NetworkTest

from demo_network.forger import Forger
from demo_network.node import Place
from demo_network.programs import REFUSED, run
from demo_network.waiting import wait_until


class RootTakeoverTest(NetworkTest):
    cities = ("gb-bristol",)
    founding = ("--officers", 3, "--approvals", 2, "--root-keys", 3, "--threshold", 2)

    def setUp(self):
        super().setUp()
        self.second = self.network.init(Place("secretariat", "int-second", "A second hub", "INT"))
        self.hub.do("admit", self.network.application_of("int-second"))
        self.bristol = self.node("gb-bristol")
        # From here on no key that speaks for the network is beside a hub.
        self.keys = self.taken_home(self.network.folder / "network", "founding")
        self.three = [self.hub, self.second, self.bristol]
        self.network.start([self.second, self.bristol])
        self.network.wait_in_step()

    def taken_home(self, folder, name):
        """The keys that lie in `folder`, with their holders instead: {"root-1": path}."""
        home = self.folder / "holders" / name
        home.mkdir(parents=True)
        return {path.stem: path.rename(home / path.name) for path in sorted(folder.glob("*.key"))}

    def approvals(self, proposal, keys):
        """An approval file of each key, made at home."""
        files = []
        for number, key in enumerate(keys, 1):
            files.append(self.network.files / f"{proposal.stem}-approval-{number}.json")
            self.hub.do("approve", proposal, "--key", key, "-o", files[-1])
        return files

    def given(self, approvals):
        return [word for approval in approvals for word in ("--approval", approval)]

    def drawn_up(self, node, *words):
        """A change of the root document, proposed at `node`."""
        proposal = self.network.files / f"{'-'.join(words[:2])}.json".replace("--", "")
        node.do("root", *words, "-o", proposal)
        return proposal

    def roots(self):
        """What each running node says of who speaks for the network."""
        return self.network.of_each(lambda node: node.ask("root", "show")["versions"])

    def wait_in_force(self, version):
        """Returns that version, once every running node has it, and the same before it."""
        wait_until(f"version {version} at every node",
                   lambda: all(versions[-1]["version"] == version for versions in self.roots().values()))
        first, *others = self.roots().values()
        for other in others:
            self.assertEqual(other, first)
        return first[-1]

    def take_over(self):
        """The second hub writes the roster from now on, by two of the three root keys."""
        proposal = self.drawn_up(self.second, "takeover")
        approvals = self.approvals(proposal, [self.keys["root-1"], self.keys["root-3"]])
        self.second.do("root", "takeover", *self.given(approvals[:1]), code=REFUSED)
        self.second.do("root", "takeover", *self.given(approvals))
        self.second.stop()
        self.restart(self.second)
        wait_until("the second hub to be allowed to sign",
                   lambda: self.second.ask("status")["fence"] in ("open", "unconfirmed"))

    def apply(self, kind, slug, country="GBR"):
        self.network.init(Place(kind, slug, f"Applicant {slug}", country))
        return self.network.application_of(slug)

    def force(self, hub, slug):
        """Writes an admission with the roster key of a stopped hub, unasked; the roster of version 1 would take it."""
        line = run([self.network.programs.force_admission, "--hub", hub.folder,
                    "--application", self.network.application_of(slug)]).expecting(0).json()
        self.assertTrue(line["valid"], "the roster's own law refuses it: the test shows nothing")

    def slugs(self, node):
        return {member["slug"] for member in node.ask("members")}

    def roster(self, node, incarnation):
        """How long the roster of that incarnation is at `node`, and how it ends."""
        return next(held for (_, collection, number), held in node.heads().items()
                    if (collection, number) == ("roster", incarnation))

    def assert_admitted_everywhere(self, slug):
        self.network.wait_in_step()
        for node in self.network.running():
            self.assertIn(slug, self.slugs(node), node.slug)
            self.assertTrue(node.ask("verify")["ok"], node.slug)
            self.assertTrue(all(line["valid"] for line in node.ask("roster", "log")), node.slug)

    def test_p15_a_root_document_with_too_few_signatures_moves_no_node(self):
        proposal = self.drawn_up(self.hub, "rotate", "--root", "--out", self.folder / "new")
        new = self.taken_home(self.folder / "new", "new")
        approvals = self.approvals(proposal, [self.keys["root-1"], self.keys["root-2"], new["root-1"], new["root-2"]])
        founded = self.roots()
        # The second key of the version before is left out, then the second of its own.
        for lacking, version in ((1, 1), (3, 2)):
            path = self.signed_by([one for number, one in enumerate(approvals) if number != lacking])
            for node in self.three:
                with Forger(self.network.programs, self.authority.folder, node.address) as forger:
                    forger.send_root(path)
                    wait_until(f"{node.slug} to end the stream", forger.ended)
                why = f"signed by 1 of the 2 root keys of version {version}"
                wait_until(f"{node.slug} to say that it is {why}", lambda node=node, why=why: why in node.log())
        self.assertEqual(self.roots(), founded)
        self.assertEqual({versions[-1]["version"] for versions in founded.values()}, {1})
        # With all of them it is law, whoever brings it, and to whomever.
        with Forger(self.network.programs, self.authority.folder, self.bristol.address) as forger:
            forger.send_root(self.signed_by(approvals))
            self.wait_in_force(2)

    def signed_by(self, approvals):
        """One file with the signatures of several."""
        signed = [json.loads(path.read_text()) for path in approvals]
        whole = {**signed[0], "signatures": [one for file in signed for one in file["signatures"]]}
        path = self.network.files / "signed.json"
        path.write_text(json.dumps(whole))
        return path

    def test_p15_new_root_keys_and_a_new_writer_are_followed_by_every_node(self):
        proposal = self.drawn_up(self.hub, "rotate", "--root", "--officers", "--out", self.folder / "new")
        new = self.taken_home(self.folder / "new", "new")
        approvals = self.approvals(proposal, [self.keys["root-1"], self.keys["root-2"], new["root-2"], new["root-3"]])
        self.hub.do("root", "rotate", *self.given(approvals))
        self.wait_in_force(2)
        former, self.keys = self.keys, new
        self.take_over()
        version = self.wait_in_force(3)
        self.assertEqual(version["roster_incarnation"], 2)

        # Former keys speak no more, at any node; the new ones do.
        later = self.drawn_up(self.second, "rotate", "--officers", "--out", self.folder / "later")
        unmade = self.network.files / "unmade.json"
        self.bristol.do("approve", later, "--key", former["root-1"], "-o", unmade, code=REFUSED)
        application = self.apply("authority", "fr-authority", "FRA")
        admission = self.network.files / "admission.json"
        self.second.do("admit", application, "-o", admission)
        by_former = self.approvals(admission, [former["officer-1"], former["officer-2"]])
        self.second.do("admit", application, *self.given(by_former), code=REFUSED)
        by_new = self.approvals(admission, [new["officer-1"], new["officer-3"]])
        self.second.do("admit", application, *self.given(by_new))
        self.assert_admitted_everywhere("fr-authority")
        # The roster of before stays where it ended, and the number after the last one was given.
        for node in self.three:
            self.assertEqual(self.roster(node, 1), self.roster(self.hub, 1))
            self.assertEqual(self.roster(node, 2)[0], 1)
        # The hub that wrote it is a hub still, and reads like everybody else, also once it starts anew.
        partner = self.apply("partner", "gb-partner")
        self.hub.do("admit", partner, code=REFUSED)
        self.hub.stop()
        self.restart(self.hub)
        self.hub.do("admit", partner, code=REFUSED)
        self.second.do("admit", partner)
        self.assert_admitted_everywhere("gb-partner")

    def test_p15_what_the_old_key_writes_after_a_takeover_is_held_by_nobody(self):
        self.apply("partner", "gb-intruder")
        newcomer = self.apply("partner", "gb-newcomer")
        # The old hub is away, in a thief's hands, while root keys give its pen to another.
        self.hub.stop()
        sealed = self.roster(self.bristol, 1)
        self.take_over()
        self.second.do("admit", newcomer)
        self.assert_admitted_everywhere("gb-newcomer")
        self.force(self.hub, "gb-intruder")
        self.restart(self.hub)
        self.wait_in_force(2)
        self.assert_admitted_everywhere("gb-newcomer")
        for node in self.three:
            self.assertEqual(self.roster(node, 1), sealed, node.slug)
            self.assertNotIn("gb-intruder", self.slugs(node))
        # Nor by what it does once it knows.
        self.hub.stop()
        self.force(self.hub, "gb-intruder")
        self.restart(self.hub)
        self.network.wait_in_step()
        for node in self.three:
            self.assertEqual(self.roster(node, 1), sealed, node.slug)
            self.assertNotIn("gb-intruder", self.slugs(node))

    def test_p15_two_views_of_the_roster_are_seen_where_their_holders_meet(self):
        for slug in ("gb-one", "gb-other"):
            self.apply("partner", slug)
        for node in self.three:
            node.stop()
        copy = self.hub.copy_to(self.folder / "copy")
        self.show_view("gb-one", self.bristol)
        shutil.rmtree(self.hub.folder)
        shutil.move(copy, self.hub.folder)
        self.show_view("gb-other", self.second)
        self.network.start([self.bristol, self.second])
        for node in (self.bristol, self.second):
            wait_until(f"{node.slug} to see the other view", lambda node=node: any(
                "another history" in (peer["last_error"] or "") for peer in node.ask("peers")))
            self.assertFalse(node.ask("status")["in_sync"])
        self.assertEqual(self.slugs(self.bristol) ^ self.slugs(self.second), {"gb-one", "gb-other"})

    def show_view(self, slug, node):
        """A lawless hub admits `slug`, and says so to `node` alone."""
        self.force(self.hub, slug)
        self.network.start([self.hub, node])
        wait_until(f"{node.slug} to have it", lambda: slug in self.slugs(node))
        self.hub.stop()
        node.stop()


if __name__ == "__main__":
    unittest.main(verbosity=2)
