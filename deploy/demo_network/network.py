"""A network of nodes on 127.0.0.1, each its own process and folder, from founding to the last goodbye."""

import pathlib
from concurrent.futures import ThreadPoolExecutor

from demo_network.node import Node, Place
from demo_network.programs import CommandFailed, Programs, free_address, run
from demo_network.waiting import PATIENCE_S, wait_until

# Commands at once: they share the machine with the nodes they ask.
AT_ONCE = 4
# Who signs statements and runs no node.
KEYS_ONLY = ("expert", "survey-agency")


class Network:
    """Everything below one folder. Use as a context: leaving it ends every process, by its id."""

    def __init__(self, programs: Programs, folder, name="Test network", options=()):
        self.programs = programs
        self.options = tuple(options)  # of every node that `start` starts
        self.folder = pathlib.Path(folder).resolve()
        self.name = name
        self.files = self.folder / "files"  # applications, recommendations, tables
        self.outputs = self.folder / "outputs"  # what the processes print
        self.nodes = {}
        self.hub = None
        self._pool = ThreadPoolExecutor(AT_ONCE)
        for needed in (self.files, self.outputs):
            needed.mkdir(parents=True, exist_ok=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()

    # Founding and joining.

    def found(self, *options):
        """Founds the network and makes its hub's folder; starts nothing."""
        address = free_address()
        found = ["network", "found", "--name", self.name, "--out", self.folder / "network", "--hub", address]
        run([self.programs.hansa, *found, *options]).expecting(0)
        place = Place("secretariat", "int-uil", "hub", "INT")
        self.hub = Node(self.programs, self.folder / "network" / "hub", place, address, self.outputs)
        self.nodes[place.slug] = self.hub
        return self.hub

    @property
    def charter(self):
        return self.folder / "network" / "charter.json"

    @property
    def officer_key(self):
        return self.folder / "network" / "officer.key"

    def application_of(self, slug):
        return self.files / f"{slug}.application.json"

    def recommendation_of(self, slug):
        return self.files / f"{slug}.recommendation.json"

    def init(self, place: Place):
        """Makes the folder and keys of a node, or of a key that runs none, and its application."""
        node = Node(self.programs, self.folder / place.slug, place, free_address(), self.outputs)
        endpoint = () if place.kind in KEYS_ONLY else ("--endpoint", node.address)
        node.do(
            "init", "--charter", self.charter, "--kind", place.kind, "--slug", place.slug, "--name", place.name,
            "--country", place.country, *endpoint,
        )
        node.do("apply", "-o", self.application_of(place.slug))
        if place.kind not in KEYS_ONLY:
            self.nodes[place.slug] = node
        return node

    def admit_authority(self, country, slug, name=None):
        """An authority of `country`, applied and admitted; not started."""
        node = self.init(Place("authority", slug, name or f"National authority of {country}", country))
        self.hub.do("admit", self.application_of(slug))
        return node

    def recommend(self, authority: Node, slug, reason="it takes part"):
        authority.do("recommend", self.application_of(slug), "--reason", reason, "-o", self.recommendation_of(slug))

    def admit_city(self, authority: Node, slug, name):
        """A city of the authority's country, recommended and admitted; not started."""
        node = self.init(Place("city", slug, name, authority.place.country))
        self.recommend(authority, slug)
        self.hub.do("admit", self.application_of(slug), "--recommendation", self.recommendation_of(slug))
        return node

    # Processes.

    def start(self, nodes):
        """Starts them all, then waits for each to be ready."""
        started = [node.start(options=self.options) for node in nodes]
        for node in started:
            node.wait_ready()

    def running(self):
        return [node for node in self.nodes.values() if node.is_running()]

    def end(self):
        """Ends every process that was started, in order if it can."""
        try:
            for node in self.nodes.values():
                node.thaw()
                node.ask_to_stop()
            for node in self.nodes.values():
                try:
                    node.wait_ended()
                except CommandFailed:
                    node.kill()
        finally:
            for node in self.nodes.values():
                node.kill()
            self._pool.shutdown(wait=False, cancel_futures=True)

    # Questions to all.

    def of_each(self, question, nodes=None):
        """{slug: question(node)} for every running node, a few at a time."""
        asked = list(nodes if nodes is not None else self.running())
        return dict(zip([node.slug for node in asked], self.of_all(question, asked)))

    def of_all(self, question, things):
        """[question(thing)] for all things, a few at a time, in their order."""
        return list(self._pool.map(question, things))

    def differences(self, nodes=None):
        """Why the nodes are not all in step, in words; empty when they are."""
        heads = self.of_each(lambda node: node.heads(), nodes)
        longest = {}
        for held in heads.values():
            for feed, (length, _) in held.items():
                longest[feed] = max(longest.get(feed, 0), length)
        words = []
        for slug, held in heads.items():
            behind = [feed for feed, length in longest.items() if held.get(feed, (0, ""))[0] < length]
            if behind:
                words.append(f"{slug} lacks entries of {len(behind)} feeds, such as {behind[0][0]} {behind[0][1]}")
        if words:
            return words
        for feed in longest:
            if len({held[feed] for held in heads.values()}) > 1:
                raise CommandFailed(f"two histories of {feed[0]} {feed[1]}: {[held[feed] for held in heads.values()]}")
        for slug, status in self.of_each(lambda node: node.ask("status"), nodes).items():
            if not status["in_sync"] or status["missing"]:
                peers = [f"{peer['member']} {peer['state']}, last equal {peer['last_equal_root_s']} s ago {peer['last_error'] or ''}".strip()
                         for peer in status["peers"]]
                words.append(f"{slug} is not in sync; its peers: {', '.join(peers) or 'none'}")
        return words

    def wait_in_step(self, nodes=None, patience_s=PATIENCE_S):
        """Returns once every running node holds the same feeds to the same heads and says it is in sync."""
        found = ["nobody was asked"]

        def in_step():
            found[:] = self.differences(nodes)
            return not found

        wait_until("all nodes to be in step", in_step, patience_s, explain=lambda: "; ".join(found[:4]))

    def statuses_in_sync(self, patience_s=PATIENCE_S):
        """{slug: status} of every running node, read at a moment when all say that they are in sync: a link that opens
        anew, as those do that were closed, is not compared for a moment."""
        found = {}

        def in_sync():
            found.update(self.of_each(lambda node: node.ask("status")))
            return all(status["in_sync"] for status in found.values())

        wait_until("all nodes to say that they are in sync", in_sync, patience_s)
        return found

    def wait_admitted(self, nodes=None, patience_s=PATIENCE_S):
        """Returns once every running node finds itself in the roster."""

        def admitted():
            states = self.of_each(lambda node: node.ask("status")["state"], nodes)
            return all(state == "member" for state in states.values())

        wait_until("all nodes to be members", admitted, patience_s)

    def verify(self, nodes=None):
        """Lets every running node check every hash and signature it holds; returns what each said."""
        return self.of_each(lambda node: node.ask("verify"), nodes)
