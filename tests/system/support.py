"""What the system tests share: a folder of their own in the build tree, and a small network.

Promise: every process that a test starts is ended by its own id, whether the test passes or not.
"""

import pathlib
import shutil
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "deploy"))

from demo_network.figures import rows_of, table_of, years_of  # noqa: E402
from demo_network.network import Network  # noqa: E402
from demo_network.programs import programs_of_this_build  # noqa: E402

UNEMPLOYMENT = "1.2.2/unemployment-rate#total"
SOURCES = pathlib.Path(__file__).resolve().parents[2]


def fresh_folder(name):
    """An empty folder in the build tree."""
    parent = programs_of_this_build().build / "system-tests"
    parent.mkdir(parents=True, exist_ok=True)
    return pathlib.Path(tempfile.mkdtemp(prefix=f"{name}-", dir=parent))


class NetworkTest(unittest.TestCase):
    """A test with a network of its own: a hub that runs; if it has cities, their authority and they, admitted."""

    cities = ("gb-bristol", "gb-derby", "gb-swansea")
    founding = ()  # further options of `network found`

    def begin(self):
        """A network in a folder of its own, not founded yet."""
        self.folder = fresh_folder(type(self).__name__)
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.network = Network(programs_of_this_build(), self.folder)
        self.addCleanup(self.end)

    def setUp(self):
        self.begin()
        self.network.found(*self.founding)
        self.network.start([self.network.hub])
        if self.cities:
            self.authority = self.network.admit_authority("GBR", "gb-authority")
        for slug in self.cities:
            self.network.admit_city(self.authority, slug, slug.removeprefix("gb-").capitalize())

    def end(self):
        """Ends the network; after a failure shows what its nodes had to say."""
        self.network.end()
        outcome = self._outcome.result
        if any(test is self for test, _ in outcome.failures + outcome.errors):
            for node in self.network.nodes.values():
                print(node.tail(), file=sys.stderr)

    @property
    def hub(self):
        return self.network.hub

    def node(self, slug):
        return self.network.nodes[slug]

    def start_all(self):
        """Starts every node that does not run, and waits until all are in step."""
        self.network.start([node for node in self.network.nodes.values() if not node.is_running()])
        self.network.wait_in_step()

    def restart(self, node):
        node.start()
        node.wait_ready()

    def import_years(self, node, years, change=None):
        """Imports a city's real rows of these years; `change` may alter a row. Returns the rows."""
        rows = [row for row in rows_of(node.slug) if int(row["year"]) in years]
        if change:
            rows = [change(dict(row)) for row in rows]
        path = self.network.files / f"{node.slug}.csv"
        path.write_bytes(table_of(rows))
        node.ask("indicators", "import", path)
        return rows

    def years(self, node, count):
        """The newest `count` years of a city's real figures."""
        return years_of(rows_of(node.slug))[-count:]

    def publish(self, node, year, *words):
        """Publishes one year and returns what the node acknowledged."""
        sets = node.ask("indicators", "publish", "--year", year, *words)
        return sets[0] if isinstance(sets, list) else sets

    def values(self, node, year, member=None):
        """{cell: value} of a year as `node` shows it, published or not."""
        of = ("--member", member) if member else ()
        return {row["cell"]: row["value"] for row in node.ask("indicators", "show", "--year", year, *of)}

    def value_of(self, node, year, member=None):
        return self.values(node, year, member).get(UNEMPLOYMENT)


def unemployment_in(rows, year):
    """The value of the one cell that every city has, in rows of a table."""
    for row in rows:
        if f"{row['measurement_id']}#{row['breakdown']}" == UNEMPLOYMENT and int(row["year"]) == year:
            return row["value"]
    raise KeyError(year)
