"""The real figures of deploy/demo-data: which city has which, and tables to import made of whole rows of them."""

import csv
import io
from dataclasses import dataclass

from demo_network.programs import ROOT

DATA = ROOT / "deploy" / "demo-data"


@dataclass(frozen=True)
class City:
    slug: str
    name: str
    country: str


def cities():
    with open(DATA / "cities.csv", encoding="utf-8", newline="") as table:
        return [City(row["slug"], row["name"], row["country"]) for row in csv.DictReader(table)]


def residents():
    """{slug: how many people live in the place of that name}, of every city, undated, by GeoNames."""
    with open(DATA / "places.csv", encoding="utf-8", newline="") as table:
        return {row["slug"]: int(row["population"]) for row in csv.DictReader(table)}


def rows_of(slug):
    """The rows of one city's file, as dictionaries, in their order; none for a city without open figures."""
    if not (DATA / f"{slug}.csv").exists():
        return []
    with open(DATA / f"{slug}.csv", encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def years_of(rows):
    return sorted({int(row["year"]) for row in rows})


def table_of(rows):
    """Rows as the bytes of a CSV file."""
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8")

