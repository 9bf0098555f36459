"""The part of the demo about learning from each other: finding what others did in several languages, asking them, building
on it, and what the secretariat makes known."""

import json

from demo_network.figures import DATA
from demo_network.steps_practices import files_in, slug_of
from demo_network.telling import table
from demo_network.waiting import wait_until

ASKED = "ie-cork-1.md"  # what is asked about, translated and built upon
ASKER = "gb-swansea"
BUILDER = "it-turin"
SEEKER = "fi-espoo"
WORDS = (("en", "festival"), ("it", "biblioteche"), ("ko", "축제"))
QUESTION = "Example question: how are the leaders of a neighbourhood group found?"
ANSWER = "Example answer, made for this demonstration: by asking those who run the library."


def title_of(path):
    """Of a practice's file, JSON or Markdown."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        return json.loads(text)["title"]
    return text.split('title = "', 1)[1].split('"', 1)[0]


def record_of(story, name):
    """The id of the practice that the file called `name` was published from."""
    path = next(path for path in files_in("practices") if path.name == name)
    rows = story.node(slug_of(path)).ask("practices", "list", "--city", slug_of(path))
    return next(row["id"] for row in rows if row["title"] == title_of(path))


def same_everywhere(story, what, *words):
    """What every node answers to `words`, once all answer the same; else an error."""
    views = []

    def are_same():
        views[:] = story.network.of_each(lambda node: node.ask(*words)).values()
        return all(view == views[0] for view in views)

    wait_until(f"every node to tell the same of {what}", are_same)
    return views[0], len(views)


def tell_notices(story):
    hub = story.network.hub
    with story.tell.step("The secretariat makes known what the network does: events, calls and themes of the past") as step:
        for path in files_in("notices"):
            sort = path.stem.split("-", 1)[0]
            hub.ask(*(("clusters", "add") if sort == "cluster" else ("notices", "add", sort)), path)
        story.network.wait_in_step()
        notices, nodes = same_everywhere(story, "the notices", "notices", "list")
        clusters, _ = same_everywhere(story, "the themes", "clusters", "list")
        themes = sorted(cluster["title"] for cluster in clusters)
        step.note(f"{len(notices) - len(themes)} notices and {len(themes)} themes on {nodes} nodes")
        step.show("themes: " + "; ".join(themes))


def tell_finding(story):
    seeker = story.node(SEEKER)
    with story.tell.step("Two practices are told in Italian and in Korean too, and Espoo finds them in three languages") as step:
        for path in files_in("translations"):
            name, language, _ = path.name.split(".")
            original = next(each.name for each in files_in("practices") if each.stem == name)
            story.node(slug_of(DATA / original)).ask("practices", "translate", record_of(story, original), path)
        story.network.wait_in_step()
        rows = []
        for language, word in WORDS:
            search = lambda word=word: seeker.ask("search", word, "--kind", "practice")["hits"]
            hits = wait_until(f"what '{word}' finds", search)
            rows += [(word, hit["member"], hit["title"], hit["found_in"] or hit["language"]) for hit in hits]
        step.show(*table(("word", "city", "practice", "found in"), rows))
        if {row[3] for row in rows} != {language for language, _ in WORDS}:
            raise AssertionError(f"not found in each language: {rows}")


def tell_similar(story):
    """Cities of about as many people, by name; the numbers stand in the reasons and nowhere in an order."""
    seeker = story.node(SEEKER)
    with story.tell.step("Espoo finds cities in like circumstances, and reads in what they are like it") as step:
        rows = [(city["name"], reason) for city in seeker.ask("similar")["cities"] for reason in city["reasons"]]
        sizes = [row for row in rows if row[1].startswith("about as many people: ")]
        if not sizes or [row[0] for row in sizes] != sorted(row[0] for row in sizes):
            raise AssertionError(f"like in size, by name: {sizes}")
        step.show(*table(("city", "why"), sizes))


def tell_asking(story):
    practice = record_of(story, ASKED)
    author, asker = story.node(slug_of(DATA / ASKED)), story.node(ASKER)
    with story.tell.step("Swansea asks Cork about its festival, and Cork answers; everybody can read it") as step:
        question = asker.ask("ask", practice, QUESTION, "--language", "en")["id"]
        wait_until("the question at Cork", lambda: author.ask("questions", "--open")["questions"])
        author.ask("answer", question, ANSWER, "--language", "en")
        story.network.wait_in_step()
        thread, nodes = same_everywhere(story, "the question", "thread", practice)
        asked = thread["root"]["words"][0]
        told = [(word["member"], word["kind"], word["text"]) for word in (asked, *asked["words"])]
        if told != [(ASKER, "question", QUESTION), (author.slug, "answer", ANSWER)]:
            raise AssertionError(f"the thread is {told}")
        step.note(f"{nodes} nodes")
        step.show(*table(("member", "what", "text"), told))


def tell_building_on(story):
    practice = record_of(story, ASKED)
    with story.tell.step("Turin builds on it, in an example; Cork's own page says who did") as step:
        content = json.loads((DATA / "examples" / "it-turin-built-on.json").read_text(encoding="utf-8"))
        content["built_on"] = [{"practice": practice, "changed": "Example: held in the districts, one after the other.",
                                "outcome": "Example: nothing is known yet."}]
        story.node(BUILDER).ask("practices", "add", "-", stdin=json.dumps(content).encode())
        story.network.wait_in_step()
        shown, nodes = same_everywhere(story, "the practice", "practices", "show", practice)
        built = [(each["practice"]["member"], each["practice"]["title"], each["changed"]) for each in shown["built_upon_by"]]
        if [row[0] for row in built] != [BUILDER]:
            raise AssertionError(f"built on it: {built}")
        step.note(f"{nodes} nodes")
        step.show(*table(("city", "practice", "what was changed"), built))


def tell_learning(story):
    """With the hub, once practices are published."""
    tell_notices(story)
    tell_finding(story)
    tell_similar(story)
    tell_asking(story)
    tell_building_on(story)
