"""What a city's node has acknowledged, kept outside of it, and what a node shows of that.

Promise: a publish is acknowledged when its command ended with exit code 0, and by nothing else. One without an answer may
be there or not; if it is there, it is what was asked for. Whatever a node shows beside these was asked for by nobody.
"""

import json
import secrets
from collections import Counter
from dataclasses import dataclass, field

from support import UNEMPLOYMENT

from demo_network.figures import rows_of, table_of
from demo_network.programs import DONE, UNREACHABLE

# What a command may end with when its node falls meanwhile.
WITHOUT_ANSWER = {UNREACHABLE}


@dataclass
class Practice:
    titles: list = field(default_factory=list)  # (revision, sequence, title) of what was acknowledged
    tried: set = field(default_factory=set)  # titles asked for and not acknowledged


class Acknowledged:
    """Publishes at one city and remembers what it said. Figures are those of one cell, each with a value of its own."""

    def __init__(self, city, files):
        self.city = city
        self.path = files / f"{city.slug}-figures.csv"
        self.rows = {int(row["year"]): row for row in rows_of(city.slug)
                     if f"{row['measurement_id']}#{row['breakdown']}" == UNEMPLOYMENT}
        self.counted = Counter()
        self.figures = []  # (year, id, sequence, value)
        self.figures_tried = set()  # (year, value)
        self.practices = {}  # id: Practice
        self.changed = set()  # ids of practices acknowledged since somebody cleared this
        self.lost_adds = set()  # titles of practices whose id nobody was told
        self._drawn = 0

    # Publishing. Each returns whether it was acknowledged.

    def publish(self, random):
        """One publish of any kind."""
        kind = random.choice(("figure", "figure", "add", "revise"))
        if kind == "figure":
            return self.publish_figure(random.choice(sorted(self.rows)))
        signed = sorted(key for key, practice in self.practices.items() if practice.titles[-1][1] is not None)
        if kind == "revise" and signed:  # one that still waits to be signed cannot be revised
            return self.revise_practice(random.choice(signed))
        return self.add_practice() is not None

    def publish_figure(self, year):
        value = f"{self._next() // 1000 % 100}.{self._drawn % 1000:03d}"
        note = "an invented value, for a test"
        self.path.write_bytes(table_of([{**self.rows[year], "value": value, "note": note}]))
        if self._said("indicators", "import", self.path) is None:
            return False
        said = self._said("indicators", "publish", "--year", year, "--reason", f"publish {self._drawn}")
        if said is None:
            self.figures_tried.add((year, value))
            return False
        self.figures.append((year, said["id"], self._sequence(said), value))
        self.counted["figures"] += 1
        return True

    def add_practice(self, mark=""):
        """The id of the practice; None without an answer."""
        title = f"Practice {self._next()} {mark}".strip()
        said = self._said("practices", "add", "-", stdin=self.record(title))
        if said is None:
            self.lost_adds.add(title)
            return None
        self.practices[said["id"]] = Practice([(said["revision"], self._sequence(said), title)])
        self.changed.add(said["id"])
        self.counted["practices"] += 1
        return said["id"]

    def revise_practice(self, key):
        title = f"Practice {self._next()}"
        said = self._said("practices", "revise", key, "-", stdin=self.record(title))
        if said is None:
            self.practices[key].tried.add(title)
            return False
        self.practices[key].titles.append((said["revision"], self._sequence(said), title))
        self.changed.add(key)
        self.counted["practices"] += 1
        return True

    def erased(self, key):
        """From now on nobody may show it."""
        del self.practices[key]

    def _next(self):
        self._drawn += 1
        return self._drawn

    def record(self, title):
        return json.dumps({"title": title, "language": "en", "summary": f"invented for a test, {secrets.token_hex(8)}"})

    def _sequence(self, said):
        """None while it waits for a connection before it gets one."""
        return None if said["queued"] else said["sequence"]

    def _said(self, *words, stdin=None):
        answer = self.city.hansa(*words, "--json", stdin=stdin)
        if answer.code == DONE:
            return answer.json()
        if answer.code not in WITHOUT_ANSWER:
            answer.expecting(DONE)
        self.counted["without an answer"] += 1
        return None

    @property
    def number(self):
        return self.counted["figures"] + self.counted["practices"]

    # Looking.

    def missing_at(self, node, waiting_may_miss=False, practices=None):
        """What `node` lacks (a line `… lacks …`) or shows otherwise (`… shows …`). What waits to be signed may be missing.

        Of `practices` (ids; all, if not given) it looks at every revision, of the others at the newest.
        """
        faults = self._figures_at(node, waiting_may_miss)
        rows = {row["id"]: row for row in node.ask("practices", "list", "--city", self.city.slug)}
        for key, practice in self.practices.items():
            if waiting_may_miss and any(sequence is None for _, sequence, _ in practice.titles):
                continue
            deep = practices is None or key in practices
            faults += self._practice_at(node, key, rows.get(key), practice, deep)
        for key in rows.keys() - self.practices.keys():
            if rows[key]["title"] not in self.lost_adds:
                faults.append(f"{node.slug} shows the practice {rows[key]['title']!r}, for which nobody asked")
        return faults

    def _figures_at(self, node, waiting_may_miss):
        shown = node.ask("indicators", "history", UNEMPLOYMENT, "--member", self.city.slug)
        # Without a value: what it says is not held at present.
        found = {(row["year"], row["value"]): row for row in shown if row["value"] is not None}
        faults = []
        for year, key, sequence, value in self.figures:
            row = found.pop((year, value), None)
            if row is None:
                if not (waiting_may_miss and sequence is None):
                    faults.append(f"{node.slug} lacks the value {value} of {year}, acknowledged as entry {sequence}")
            elif row["id"] != key or sequence not in (None, row["sequence"]):
                faults.append(f"{node.slug} shows {value} of {year} as {row['id']} entry {row['sequence']}, "
                              f"acknowledged as {key} entry {sequence}")
        faults += [f"{node.slug} shows the value {value} of {year}, which nobody published"
                   for year, value in found if (year, value) not in self.figures_tried]
        return faults

    def _practice_at(self, node, key, row, practice, deep):
        if row is None:
            return [f"{node.slug} lacks the practice {key}, {practice.titles[-1][2]!r}"]
        revision, sequence, title = practice.titles[-1]
        if row["title"] in [older for _, _, older in practice.titles[:-1]]:
            return [f"{node.slug} lacks revision {revision} of the practice {key}, {title!r}"]
        if row["title"] != title and row["title"] not in practice.tried:
            return [f"{node.slug} shows the practice {key} as {row['title']!r}, acknowledged as {title!r}"]
        if not deep:
            return []
        shown = {one["revision"]: one["sequence"] for one in node.ask("practices", "show", key)["revisions"]}
        return [f"{node.slug} has revision {revision} of the practice {key} at {shown.get(revision)}, not at {sequence}"
                for revision, sequence, _ in practice.titles if sequence not in (None, shown.get(revision))]

    def unasked_there(self, node):
        """How many of those without an answer are there all the same."""
        shown = node.ask("indicators", "history", UNEMPLOYMENT, "--member", self.city.slug)
        figures = sum((row["year"], row["value"]) in self.figures_tried for row in shown)
        titles = {row["title"] for row in node.ask("practices", "list", "--city", self.city.slug)}
        tried = self.lost_adds.union(*(practice.tried for practice in self.practices.values()))
        return figures + len(titles & tried)


def forks_at(nodes):
    """Every feed or writer of which a node knows two histories, a line each."""
    lines = []
    for node in nodes:
        lines += [f"{node.slug} calls {row['member']} {row['collection']} {row['state']}"
                  for row in node.ask("feeds") if row["state"] == "forked"]
        lines += [f"{node.slug} knows of a fork: {fork}" for fork in node.ask("status")["forks"]]
    return lines


def unsound_at(nodes):
    """What `verify` finds wrong, a line each."""
    found = ((node, node.ask("verify")) for node in nodes)
    return [f"verify at {node.slug}: {said['problems']}" for node, said in found if not said["ok"]]
