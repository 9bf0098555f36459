"""First part of the demo: a network is founded, and cities come in by the law of its roster."""

from demo_network.node import Place
from demo_network.programs import REFUSED, shown, told

AUTHORITIES = {
    "GBR": ("gb-authority", "National authority of the United Kingdom (demonstration)"),
    "DEU": ("de-authority", "National authority of Germany (demonstration)"),
    "FIN": ("fi-authority", "National authority of Finland (demonstration)"),
    "ITA": ("it-authority", "National authority of Italy (demonstration)"),
    "IRL": ("ie-authority", "National authority of Ireland (demonstration)"),
    "COL": ("co-authority", "National authority of Colombia (demonstration)"),
}


def tell_joining(story):
    network = story.network
    with story.tell.step("The secretariat founds the network and starts its hub") as step:
        network.found()
        network.start([network.hub])
        step.note(f"hub at {network.hub.address}")
    with story.tell.step("A national authority of each country joins") as step:
        for country, (slug, name) in AUTHORITIES.items():
            story.authorities[country] = network.admit_authority(country, slug, name)
        step.note(", ".join(AUTHORITIES))
    with story.tell.step("Every city makes its keys and applies") as step:
        network.of_all(lambda city: network.init(Place("city", city.slug, city.name, city.country)), story.cities)
        step.note(", ".join(city.name for city in story.cities))
    tell_what_is_refused(story)
    with story.tell.step("Each city is recommended by its own country's authority, and admitted"):
        for city in story.cities:
            if city.slug != "de-bonn":
                network.recommend(story.authorities[city.country], city.slug)
            admit(network, city.slug)
    with story.tell.step("Every member starts its own node; all hear of all others") as step:
        network.start(node for node in network.nodes.values() if node is not network.hub)
        network.wait_in_step()
        step.note(f"{len(network.running())} nodes, each its own process, folder and store")
        sample = story.node("fi-espoo")
        step.show(f"for instance: {shown(network.programs.hansad)} --data {shown(sample.folder)} --listen {sample.address}")


def admit(network, slug):
    network.hub.do("admit", network.application_of(slug), "--recommendation", network.recommendation_of(slug))


def tell_what_is_refused(story):
    """Bonn, before it is admitted: no recommendation, a deferral, and the word of another country's authority."""
    network = story.network
    bonn = network.application_of("de-bonn")
    with story.tell.step("A city without a recommendation is refused") as step:
        step.show(told(network.hub.do("admit", bonn, code=REFUSED)))
    with story.tell.step("A city recommended by another country's authority is refused") as step:
        out = network.recommendation_of("de-bonn")
        refused = story.authorities["FIN"].do("recommend", bonn, "--reason", "a good neighbour", "-o", out, code=REFUSED)
        step.show(told(refused))
        espoo = network.application_of("fi-espoo")
        foreign = network.recommendation_of("fi-espoo")
        story.authorities["FIN"].do("recommend", espoo, "--reason", "it takes part", "-o", foreign)
        step.show(told(network.hub.do("admit", bonn, "--recommendation", foreign, code=REFUSED)))
        foreign.unlink()
    with story.tell.step("A deferral is a signed file for the applicant, and no recommendation") as step:
        deferral = network.files / "de-bonn.deferral.json"
        own = story.authorities["DEU"]
        own.do("defer", bonn, "--reason", "the council has not decided yet", "-o", deferral)
        refused = network.hub.hansa("admit", bonn, "--recommendation", deferral)
        if refused.code == 0:
            raise AssertionError("the hub took a deferral for a recommendation")
        step.show(told(refused))
        own.do("recommend", bonn, "--reason", "the council has decided", "-o", network.recommendation_of("de-bonn"))
