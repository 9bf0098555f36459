"""A script of random commands, drawn from a seed, and a small model of what must be true after each of them.

Promise: what a command may answer follows from what its node is sure to know. That is all of its own records, at once;
those of others may not have come yet, or may not be kept. The model knows nothing of feeds, hashes or disks.
"""

import json
import random
import unicodedata
from dataclasses import dataclass, field

from random_offers import DONE, REFUSED, OfferActs
from random_world import COLLECTIONS, Practice, World

FEATURES = ("1.1.1", "1.2.2", "2.1.1", "2.1.3", "2.2.2", "3.1.1")
ACTIONS = ("BD1.1", "BD1.2", "BD3.1", "BD12.5")
TITLES = {
    "en": "Evening classes at the library", "ko": "평생학습 축제", "zh-Hant": "學習型城市",
    "fr": "Fête de l’école", "pt-BR": "Feira do saber", "vi": "Thành phố học tập", "ar": "مدينة التعلم",
}
HEADINGS = (("Problem", "What was done"), ("문제", "한 일"))

# How often each is drawn, of the sum of all.
WEIGHTS = {
    "add_practice": 16, "revise_practice": 10, "withdraw_practice": 5, "look": 8, "publish_offer": 8, "reply": 7,
    "accept": 12, "decline": 4, "leave": 4, "conclude": 3, "take_back": 5, "follow": 4, "unfollow": 2, "keep": 3,
    "news": 5, "bad": 9, "stop": 2, "kill": 3, "fall": 1,
}
BACK = 0.12  # chance at each step that a node that is off comes back


@dataclass
class Command:
    kind: str
    node: str
    words: tuple = ()
    codes: frozenset = field(default_factory=frozenset)
    stdin: str = None
    done: object = None  # is given what was printed, once the command ended with 0


def as_json(fields, plain):
    return json.dumps(fields, ensure_ascii=plain)


def as_markdown(fields, headings):
    """The same record as Markdown with a TOML head; what was done goes into the text."""
    head = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items()
            if name not in ("problem", "done")]
    texts = [(heading, fields[name]) for name, heading in zip(("problem", "done"), headings) if name in fields]
    body = [f"## {heading}\n\n{text}\n" for heading, text in texts]
    return "\n".join(["+++", *head, "+++", "", *body])


class Script(OfferActs):
    """Draws one command after another and keeps the world's book. `off` is who does not run."""

    def __init__(self, seed, hub, cities):
        self.random = random.Random(seed)
        self.hub = hub
        self.cities = tuple(cities)
        self.world = World((hub, *cities))
        self.off = set()
        self.number = 0

    def next(self):
        if self.off and self.random.random() < BACK:
            return Command("start", self.random.choice(sorted(self.off)))
        while True:
            kind = self.random.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
            city = self.random.choice(self.cities)
            command = getattr(self, kind)(city)
            if command is not None:
                return command

    def command(self, *parts):
        return Command(*parts)

    # What is drawn from.

    def chance(self, share):
        return self.random.random() < share

    def one_of(self, things):
        things = sorted(things)
        return self.random.choice(things) if things else None

    def cut(self, record):
        return record[: self.random.choice((12, 16, 24, len(record)))]

    def own_or_other(self, records, city, own_share=0.75):
        """The id of a record, rather one of the city's own."""
        own = [key for key, record in records.items() if record.author == city]
        others = [key for key, record in records.items() if record.author != city]
        return self.one_of(own if own and (not others or self.chance(own_share)) else others)

    def words_of(self, what):
        self.number += 1
        language = self.one_of(TITLES)
        title = f"{TITLES[language]} {self.number:04}"
        return {"title": unicodedata.normalize("NFC", title), "language": language, "summary": f"invented: {what}"}

    def file_of(self, fields):
        """The fields as a file in one of its forms, now and then with accents and syllables taken apart."""
        if self.chance(0.3):
            fields = {**fields, "title": unicodedata.normalize("NFD", fields["title"])}
        return as_markdown(fields, self.one_of(HEADINGS)) if self.chance(0.4) else as_json(fields, self.chance(0.5))

    # Practices.

    def practice_fields(self):
        fields = {**self.words_of("a practice"), "problem": "Few came.", "done": f"What was done, {self.number}."}
        if self.chance(0.6):
            fields["feature_ids"] = self.random.sample(FEATURES, self.random.randint(1, 3))
        if self.chance(0.3):
            fields["actions"] = self.random.sample(ACTIONS, 2)
        if self.chance(0.5):
            fields["year"] = self.random.randint(2010, 2025)
        return fields

    def add_practice(self, city):
        live = [key for key, known in self.world.practices.items() if known.author == city and not known.withdrawn]
        again = self.one_of(live) if self.chance(0.1) else None
        fields = self.world.practices[again].fields if again else self.practice_fields()

        def done(reply):
            self.world.take(city, "practices", reply, unchanged=again is not None)
            if again:
                assert reply["id"] == again, "the same practice was added as another"
            self.world.practices.setdefault(reply["id"], Practice(city, fields))

        return Command("practice added", city, ("practices", "add", "-"), DONE, self.file_of(fields), done)

    def revise_practice(self, city):
        key = self.own_or_other(self.world.practices, city, 0.85)
        if key is None:
            return None
        known = self.world.practices[key]
        same = self.chance(0.15)
        fields = known.fields if same else self.practice_fields()
        codes = {3, 4} if known.author != city else REFUSED if known.withdrawn else DONE

        def done(reply):
            self.world.take(city, "practices", reply, unchanged=same)
            known.fields, known.revision = fields, reply["revision"]

        words = ("practices", "revise", self.cut(key), "-", "--reason", "새 수치")
        return Command("practice revised", city, words, codes, self.file_of(fields), done)

    def withdraw_practice(self, city):
        key = self.own_or_other(self.world.practices, city, 0.85)
        if key is None:
            return None
        known = self.world.practices[key]

        def done(reply):
            self.world.take(city, "practices", reply, unchanged=known.withdrawn, withdrawn=True)
            known.withdrawn = True

        words = ("practices", "withdraw", self.cut(key), "--reason", "it has ended")
        return Command("practice withdrawn", city, words, DONE if known.author == city else {3, 4}, None, done)

    def look(self, city):
        """Lists; what a city wrote itself is there at once."""

        def same(rows):
            expected = self.world.practice_rows([city])
            assert rows == expected, f"{city} shows of its own practices {rows} instead of {expected}"

        key = self.own_or_other(self.world.offers, city)
        choices = [Command("look", city, ("practices", "list", "--city", city), DONE, None, same)] * 3
        for words in (("offers", "list"), ("partnerships",), ("practices", "list", "--lang", "ko"), ("following",)):
            choices.append(Command("look", self.random.choice((city, self.hub)), words, DONE))
        if key:
            codes = DONE if self.world.offers[key].author == city else {0, 3}
            choices.append(Command("look", city, ("offers", "show", self.cut(key)), codes))
        if text := self.one_of(self.world.texts):
            choices.append(Command("look", city, ("offers", "show", self.cut(text)), {0, 3}))
        return self.random.choice(choices)

    # Whom a node follows, and what it keeps.

    def follow(self, city):
        city = self.random.choice((*self.cities, self.hub))
        other = self.random.choice([slug for slug in self.cities if slug != city])
        named = self.random.choice(((), ("practices",), ("offers",), ("practices", "offers")))

        def done(reply):
            self.world.follows[city][other] = set(named or COLLECTIONS)
            assert set(reply["collections"]) >= set(named or COLLECTIONS)

        return Command("follow", city, ("follow", other, *named), DONE, None, done)

    def unfollow(self, city):
        city = self.random.choice((*self.cities, self.hub))
        other = self.random.choice(self.cities)

        def done(reply):
            assert reply["was_followed"] == (other in self.world.follows[city])
            self.world.follows[city].pop(other, None)

        return Command("unfollow", city, ("unfollow", other), DONE, None, done)

    def keep(self, city):
        what = self.random.choice(("all", "followed"))

        def done(_):
            self.world.keeps_all[city] = what == "all"

        return Command("keep", city, ("keep", what), DONE, None, done)

    def news(self, city):
        city = self.random.choice((*self.cities, self.hub))
        return Command("news", city, ("news", "--new"), DONE, None, lambda items: self.world.tell(city, items))

    # Who runs.

    def stop(self, city):
        return self.may_go("stop")

    def kill(self, city):
        return self.may_go("kill")

    def may_go(self, kind):
        """Not more than two of five are off at once."""
        running = {self.hub, *self.cities} - self.off
        return Command(kind, self.one_of(running)) if len(self.off) < 2 else None

    def fall(self, city):
        """Killed between the writes of a publish; whether it was published, its own feed must tell afterwards."""
        if city in self.off:
            return None
        fields = self.practice_fields()
        return Command("fall", city, ("practices", "add", "-"), frozenset({5}), as_json(fields, False), fields)
