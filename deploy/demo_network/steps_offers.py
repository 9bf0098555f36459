"""The part of the demo about offers: past ones are read, one is taken up, and everybody can check who signed."""

from demo_network.programs import REFUSED, run, told
from demo_network.steps_practices import files_in, slug_of
from demo_network.telling import table
from demo_network.waiting import wait_until

EXAMPLE = "de-bonn-example.json"
AUTHOR = "de-bonn"
PARTNERS = ("fi-espoo", "it-turin")


def tell_offers(story):
    """With the hub: every offer is published by its own city."""
    network = story.network
    with story.tell.step("Cities publish their offers; those of the past are shown as past") as step:
        for path in files_in("offers"):
            story.node(slug_of(path)).ask("offers", "publish", path)
        network.wait_in_step()
        offers = story.node("co-bogota").ask("offers", "list")
        rows = [(o["member"], o["state"] + (", EXAMPLE" if o["standing"] == "example" else ""), o["title"]) for o in offers]
        step.show(*table(("city", "state", "title"), rows))
        if sum(o["state"] == "past" for o in offers) != len(offers) - 1:
            raise AssertionError("an offer of the past is not shown as past")
        past = next(o for o in offers if o["state"] == "past")
        step.show(told(story.node("it-trieste").do("offers", "accept", past["id"], code=REFUSED)))
    story.example = next(o["id"] for o in offers if o["standing"] == "example")


def tell_partnership(story):
    """Without the hub: two cities and the author sign the same text, and it is one partnership."""
    network = story.network
    parties = {*PARTNERS, AUTHOR}
    with story.tell.step("Without the hub, Espoo and Turin accept Bonn's example offer, and Bonn signs too") as step:
        signed = [story.node(slug).ask("offers", "accept", story.example)["partnership"] for slug in (*PARTNERS, AUTHOR)]
        if len(set(signed)) != 1:
            raise AssertionError(f"they signed different texts: {signed}")
        network.wait_in_step()
        step.note(f"partnership {signed[0][:12]}")
    with story.tell.step("One partnership, the same on every node, and every signature holds") as step:
        views = network.of_each(lambda node: node.ask("partnerships"))
        first = next(iter(views.values()))
        if len(first) != 1 or first[0]["state"] != "in force" or any(view != first for view in views.values()):
            raise AssertionError(f"the partnerships differ: {views}")
        proofs = network.of_each(lambda node: node.ask("partnerships", "--verify", signed[0]))
        for slug, proof in proofs.items():
            if not proof["ok"] or {check["member"] for check in proof["signatures"]} != parties:
                raise AssertionError(f"{slug}: {proof}")
        step.note(f"{len(proofs)} nodes")
        checks = next(iter(proofs.values()))["signatures"]
        step.show(*table(("party", "key", "signature"), [(c["member"], c["key"][:16] + "…", c["signature"][:16] + "…")
                                                         for c in checks]))
    with story.tell.step("Somebody without a node checks it, with a file and the charter alone") as step:
        path = network.files / "partnership.bundle"
        story.node("gb-derby").ask("bundle", "export", path, "--partnership", signed[0])
        hansa = network.programs.hansa
        words = [hansa, "partnerships", "--verify", signed[0], "--bundle", path, "--charter", network.charter, "--json"]
        proof = run(words).expecting(0).json()
        if not proof["ok"]:
            raise AssertionError(f"the bundle proves nothing: {proof}")
        step.note(f"{path.stat().st_size // 1024} KiB, {len(proof['signatures'])} signatures")


def tell_hub_has_it(story):
    """After the hub's return."""
    with story.tell.step("The hub has the partnership too") as step:
        here = wait_until("the partnership at the hub", lambda: story.network.hub.ask("partnerships"))
        step.note(f"{here[0]['state']}: " + ", ".join(party["member"] for party in here[0]["parties"]))
