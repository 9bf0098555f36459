#!/usr/bin/env python3
"""make_golden_folders.py VERSION: makes tests/data/stores/VERSION with the programs of this build.

A network of a hub and a city, for a release that is about to go out. The city publishes real figures of two years, corrects
one of them, publishes a real practice and one that it then erases with the secretariat, and keeps a year as a draft.
Folders of a version that are there already are never made again: they show what that version wrote.
"""

import json
import shutil
import sys

import golden_folders
from support import fresh_folder

from demo_network.figures import DATA, rows_of, table_of
from demo_network.network import Network
from demo_network.programs import programs_of_this_build
from demo_network.waiting import wait_until

CORRECTED, PUBLISHED, DRAFT = 2022, 2021, 2023
PRACTICE = DATA / "practices" / "gb-bristol-1.json"


def import_year(network, city, year, note=""):
    rows = [dict(row) for row in rows_of(city.slug) if int(row["year"]) == year]
    for row in rows:
        row["note"] = f"{row['note']} {note}".strip()
    path = network.files / f"{year}.csv"
    path.write_bytes(table_of(rows))
    city.ask("indicators", "import", path)


def publish(network, city):
    for year in (PUBLISHED, CORRECTED):
        import_year(network, city, year)
        city.ask("indicators", "publish", "--year", year)
    import_year(network, city, CORRECTED, "read again")
    city.ask("indicators", "publish", "--year", CORRECTED, "--reason", "read again")
    city.ask("practices", "add", PRACTICE)
    erased = {"title": "It names somebody", "language": "en", "summary": "invented, and erased"}
    key = city.ask("practices", "add", "-", stdin=json.dumps(erased))["id"]
    network.wait_in_step()
    for node in (city, network.hub):
        node.ask("erase", key, "--reason", "personal-data")
    import_year(network, city, DRAFT)
    network.wait_in_step()
    for node in (city, network.hub):
        wait_until(f"{node.slug} to have erased", lambda at=node: at.ask("status")["erasures"]["done"] == 1)
    return erased["title"]


def main():
    version = sys.argv[1]
    out = golden_folders.STORES / version
    if out.exists():
        sys.exit(f"{out} is there already, and stays as that version wrote it")
    folder = fresh_folder("golden")
    with Network(programs_of_this_build(), folder, "A network to be opened later") as network:
        hub = network.found()
        network.start([hub])
        authority = network.admit_authority("GBR", "gb-authority")
        city = network.admit_city(authority, golden_folders.CITY, "Bristol")
        del network.nodes[authority.slug]  # it has signed what it had to, and runs no node here
        network.start([city])
        network.wait_admitted()
        erased = publish(network, city)
        found = {"version": city.ask("status")["version"], "erased": erased,
                 "draft": {"year": DRAFT, "figures": len(city.ask("indicators", "show", "--year", DRAFT))},
                 "nodes": {"hub": golden_folders.shown_by(hub), "city": golden_folders.shown_by(city)}}
        hub.stop()
        city.kill()  # so that its log holds what no table has yet
        out.mkdir(parents=True)
        golden_folders.pack(hub.folder.parent, out / "hub.tar.gz")
        golden_folders.pack(city.folder, out / "city.tar.gz")
        (out / "known.json").write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
