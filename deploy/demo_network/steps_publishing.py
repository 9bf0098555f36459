"""Second part of the demo: cities import and publish real figures, and read each other's."""

from demo_network.figures import residents, rows_of, table_of, years_of
from demo_network.telling import table
from demo_network.waiting import wait_until

# Whose figures wait for the hour without a hub, and how many of its years.
LATE_CITY = "gb-derby"
LATE_YEARS = 5

CELL = "1.2.2/unemployment-rate#total"

PLACE_SOURCE = "GeoNames (geonames.org, CC BY 4.0)"
PLACE_NOTE = ("Undated. It is of the place that GeoNames has under this name, which need not be the municipality; "
              "no official number.")


def late_rows():
    """The rows that LATE_CITY publishes later: its newest years."""
    rows = rows_of(LATE_CITY)
    late = years_of(rows)[-LATE_YEARS:]
    return {year: [row for row in rows if int(row["year"]) == year] for year in late}


def tell_publishing(story):
    network = story.network
    with story.tell.step("Every city with open figures imports its own into a draft that nobody else sees") as step:
        accepted = network.of_each(lambda node: import_figures(network, node), story.counting_nodes())
        step.note(f"{sum(accepted.values())} values")
    with story.tell.step("Each of them publishes every year") as step:
        published = network.of_each(lambda node: node.ask("indicators", "publish"), story.counting_nodes())
        sets = [one for of_city in published.values() for one in of_city]
        if any(one["queued"] for one in sets):
            raise AssertionError("a year was queued and not published")
        step.note(f"{len(sets)} signed yearly sets")
    with story.tell.step("Every city says how many people live there, as GeoNames has the place of its name") as step:
        population = residents()
        network.of_each(lambda node: node.ask("place", "set", "--population", population[node.slug], "--source", PLACE_SOURCE,
                                              "--note", PLACE_NOTE), story.city_nodes())
        step.note(f"{len(population)} cities, each its own")
    with story.tell.step("All of it is on every node, to the same heads"):
        network.wait_in_step()
    tell_bristol_in_espoo(story)


def import_figures(network, node):
    """Imports all rows of one city but those kept for later; returns how many values were taken."""
    rows = rows_of(node.slug)
    if node.slug == LATE_CITY:
        late = late_rows()
        rows = [row for row in rows if int(row["year"]) not in late]
    path = network.files / f"{node.slug}.csv"
    path.write_bytes(table_of(rows))
    imported = node.ask("indicators", "import", path)
    if imported["accepted"] != len(rows):
        raise AssertionError(f"{node.slug}: {imported['accepted']} of {len(rows)} rows were taken")
    return imported["accepted"]


def tell_bristol_in_espoo(story):
    """What one node got from another, as published: value for value, with source and licence."""
    with story.tell.step("Bristol's unemployment, read on Espoo's node") as step:
        mine = {row["year"]: row["value"] for row in rows_of("gb-bristol")
                if row["measurement_id"] + "#" + row["breakdown"] == CELL}
        espoo = story.node("fi-espoo")

        def read():
            shown = espoo.ask("indicators", "show", "--member", "gb-bristol")
            return [row for row in shown if row["cell"] == CELL]

        rows = wait_until("Espoo's view of Bristol", read)
        there = {str(row["year"]): row["value"] for row in rows}
        if there != mine:
            raise AssertionError(f"Bristol published {mine}; Espoo shows {there}")
        lines = [(row["year"], row["value"], row["unit"], row["source"], row["licence"]) for row in rows]
        step.note(f"{len(rows)} years, each as Bristol wrote it")
        step.show(*table(("year", "value", "unit", "source", "licence"), lines))
