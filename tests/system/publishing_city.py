"""A city that publishes, its hub, and a look at both after something has befallen them."""

from acknowledged import Acknowledged, forks_at, unsound_at
from support import NetworkTest

from demo_network.waiting import wait_until

# For what takes a node a moment, on a machine that has much else to do.
STEP_S = 120.0


class PublishingCityTest(NetworkTest):
    """The hub runs; the city is admitted and not started. `lost` and `forks` hold a line for each that was found."""

    cities = ("gb-bristol",)

    def setUp(self):
        super().setUp()
        del self.network.nodes[self.authority.slug]  # it has signed what it had to, and runs no node here
        self.city = self.node("gb-bristol")
        self.ledger = Acknowledged(self.city, self.network.files)
        self.lost, self.forks = [], []

    def start_city(self):
        self.start_all()
        self.network.wait_admitted()

    def may_sign(self):
        return self.city.ask("status")["fence"] in ("open", "unconfirmed")

    def look(self, practices=None):
        """All hold everything acknowledged, and the same; of `practices` (all, if not given) in every revision."""
        self.lost += self.ledger.missing_at(self.city, waiting_may_miss=True, practices=practices)
        self.network.wait_in_step(patience_s=STEP_S)
        wait_until("nothing to wait any more", lambda: self.city.ask("status")["outbox"]["waiting"] == 0, STEP_S)
        self.network.wait_in_step(patience_s=STEP_S)
        nodes = self.network.running()
        for node in nodes:
            self.lost += self.ledger.missing_at(node, practices=practices)
        self.forks += forks_at(nodes)
        self.assertEqual((self.lost, self.forks, unsound_at(nodes)), ([], [], []))
        self.assertEqual([node.heads() for node in nodes], [self.city.heads()] * len(nodes))

    def counters(self):
        """What was acknowledged, and what became of it, in words."""
        counted, there = self.ledger.counted, self.ledger.unasked_there(self.hub)
        return (f"{self.ledger.number} acknowledged ({counted['figures']} figures, {counted['practices']} practices), "
                f"{counted['without an answer']} without an answer, of which {there} are there; "
                f"{len(self.lost)} lost, {len(self.forks)} forks")
