"""The part of a random script that is about offers and partnerships, and the commands that must be refused.

Promise: see random_script.py; what is here is mixed into its Script.
"""

from random_world import Offer, Said, Text

ALL_ZERO = "0" * 32  # an id that nothing has
INTENTS = ("interested", "question", "answer")
DONE, USAGE, UNKNOWN, REFUSED = {0}, {2}, {3}, {4}


class OfferActs:
    """Draws acts on offers. Needs what Script has: random, world, cut, one_of, chance and the like."""

    def offer_fields(self):
        fields = {**self.words_of("an offer"), "kind": self.random.choice(("exchange", "study visit")),
                  "partners": "one" if self.chance(0.35) else "several", "feature_ids": ["2.2.2"]}
        if self.chance(0.1):
            fields["status"] = "historical"
        if self.chance(0.1):
            fields["deadline"] = "2020-01-31"
            fields.setdefault("status", "example")
        return fields

    def publish_offer(self, city):
        live = [key for key, known in self.world.offers.items() if known.author == city and not known.withdrawn]
        again = self.one_of(live) if self.chance(0.1) else None
        fields = self.world.offers[again].fields if again else self.offer_fields()

        def done(reply):
            self.world.take(city, "offers", reply, unchanged=again is not None)
            assert again in (None, reply["id"]), "the same offer was published as another"
            self.world.offers.setdefault(reply["id"], Offer(city, fields))

        return self.command("offer published", city, ("offers", "publish", "-"), DONE, self.file_of(fields), done)

    def said_by(self, city, what, offer=None, text=None):
        """Takes an answer that says something new of `what`."""

        def done(reply):
            if self.world.take(city, "offers", reply):
                self.world.said[reply["id"]] = Said(city, what, offer, text)

        return done

    def is_closed_here(self, key):
        offer = self.world.offers[key]
        return offer.past or offer.closed or offer.withdrawn or offer.concluded

    def codes_while_open(self, city, key):
        """Of an act that an open offer allows."""
        offer = self.world.offers[key]
        if offer.author == city:
            return REFUSED if self.is_closed_here(key) else DONE
        if offer.past or offer.closed:
            return {3, 4}
        return {0, 3, 4} if self.is_closed_here(key) else {0, 3}

    def reply(self, city):
        replies = {key: said for key, said in self.world.said.items() if said.what == "reply"}
        words = ("We would like to take part. 함께하고 싶습니다.", "--intent", self.random.choice(INTENTS))
        if replies and self.chance(0.25):
            key = self.one_of(replies)
            offer, codes = replies[key].offer, {0, 3, 4}
        elif self.world.texts and self.chance(0.15):
            key = self.one_of(self.world.texts)
            offer, codes = self.world.texts[key].offer, {0, 3, 4}
        elif self.world.offers:
            key = offer = self.own_or_other(self.world.offers, city, 0.2)
            codes = self.codes_while_open(city, key)
        else:
            return None
        done = self.said_by(city, "reply", offer)
        return self.command("reply", city, ("offers", "reply", self.cut(key), *words), codes, None, done)

    def accept(self, city):
        if self.world.texts and self.chance(0.3):
            key = self.one_of(self.world.texts)
            offer, codes = self.world.texts[key].offer, {0, 3, 4}
        elif self.world.offers:
            key = offer = self.own_or_other(self.world.offers, city, 0.35)
            codes = set(self.codes_while_open(city, key))
        else:
            return None
        known = self.world.offers[offer]
        concluded = any(text.offer == offer and text.concluders for text in self.world.texts.values())
        if concluded or (known.for_one and 0 in codes):
            codes = codes | {4}
        words = ()
        if known.for_one and known.author == city and self.chance(0.5):
            words = ("--with", self.random.choice([slug for slug in self.cities if slug != city]))

        def done(reply):
            text = self.world.texts.get(reply["partnership"])
            if text is None:
                assert not known.for_one or city != known.author, "the author chose whom nobody knows"
                needed = {known.author, city} if known.for_one else {known.author}
                text = self.world.texts[reply["partnership"]] = Text(offer, needed)
            assert text.offer == offer, "the partnership is of another offer"
            if self.world.take(city, "offers", reply, unchanged=city in text.standing):
                self.world.said[reply["id"]] = Said(city, "acceptance", offer, reply["partnership"])
                text.ever.add(city)
                text.standing[city] = reply["id"]

        return self.command("acceptance", city, ("offers", "accept", self.cut(key), *words), codes, None, done)

    def decline(self, city):
        replies = {key: said for key, said in self.world.said.items() if said.what == "reply"}
        if replies and self.chance(0.5):
            key = self.one_of(replies)
            may = self.world.offers[replies[key].offer].author == city and replies[key].author != city
            offer, codes = replies[key].offer, {0, 3, 4} if may else {3, 4}
        elif self.world.offers:
            key = offer = self.own_or_other(self.world.offers, city, 0.1)
            known = self.world.offers[key]
            stands = any(text.offer == key and city in text.standing for text in self.world.texts.values())
            codes = REFUSED if known.author == city else {0, 3, 4} if known.withdrawn or stands else {0, 3}
        else:
            return None
        done = self.said_by(city, "decline", offer)
        words = ("offers", "decline", self.cut(key), "--reason", "내년에")
        return self.command("decline", city, words, codes, None, done)

    def leave(self, city):
        """A partnership is named by its id, or by the offer it came of if no other of ours did."""
        key = self.one_of(self.world.texts)
        if key is None:
            return None
        named = self.world.texts[key].offer if self.chance(0.4) else key
        ours = [each for each, text in self.world.texts.items() if named in (each, text.offer) and city in text.ever]
        if len(ours) != 1:
            codes = USAGE if ours else {3, 4}
        else:
            text = self.world.texts[ours[0]]
            codes = {0, 4} if text.concluders and city in text.standing else DONE
            if named == text.offer and self.world.offers[named].author != city:
                codes = codes | {3}  # the offer itself may not be kept here

        def done(reply):
            left = self.world.texts[reply["partnership"]]
            if self.world.take(city, "offers", reply, unchanged=city not in left.standing):
                self.world.said[reply["id"]] = Said(city, "leaving")
                del left.standing[city]

        words = ("offers", "leave", self.cut(named), "--reason", "it has ended here")
        return self.command("leaving", city, words, codes, None, done)

    def conclude(self, city):
        if self.world.texts and self.chance(0.6):
            key = self.one_of(self.world.texts)
            codes = {0, 4} if city in self.world.texts[key].ever else {3, 4}
        elif self.world.offers:
            key = self.own_or_other(self.world.offers, city)
            offer = self.world.offers[key]
            codes = {3, 4} if offer.author != city else REFUSED if offer.withdrawn or offer.past else DONE
        else:
            return None
        text, offer = self.world.texts.get(key), self.world.offers.get(key)

        def done(reply):
            before = city in text.concluders if text else offer.concluded
            if self.world.take(city, "offers", reply, unchanged=before):
                self.world.said[reply["id"]] = Said(city, "conclusion")
            if text:
                text.concluders.add(city)
            else:
                offer.concluded = True

        words = ("offers", "conclude", self.cut(key), "--outcome", "a handbook", "--how", "ended early")
        return self.command("conclusion", city, words, codes, None, done)

    def take_back(self, city):
        records = {**self.world.said, **self.world.offers}
        if self.world.texts and self.chance(0.05):
            key, codes = self.one_of(self.world.texts), {3, 4}
        else:
            key = self.own_or_other(records, city, 0.85)
            if key is None:
                return None
            stays = getattr(records[key], "what", "") in ("leaving", "conclusion")
            codes = {3, 4} if records[key].author != city else REFUSED if stays else DONE
        record = records.get(key)

        def done(reply):
            before = record.withdrawn if isinstance(record, Offer) else not record.live
            self.world.take(city, "offers", reply, unchanged=before, withdrawn=True)
            if isinstance(record, Offer):
                record.withdrawn = True
                return
            record.live = False
            standing = self.world.texts[record.text].standing if record.text else {}
            if standing.get(city) == key:
                del standing[city]

        return self.command("withdrawal", city, ("offers", "withdraw", self.cut(key)), codes, None, done)

    # What must be refused.

    def bad(self, city):
        """A command with a mistake in it: the exit code says of which kind, and nothing changes."""
        offer, practice = self.one_of(self.world.offers) or ALL_ZERO, self.one_of(self.world.practices) or ALL_ZERO
        other = next(slug for slug in self.cities if slug != city)
        good = self.file_of(self.practice_fields())
        words, codes, stdin = self.random.choice((
            (("frobnicate",), USAGE, None),
            (("practices", "add", "-"), USAGE, "{"),
            (("practices", "add", "-"), USAGE, '{"title": "x", "language": "en", "surname": "Kim"}'),
            (("practices", "add", "-"), USAGE, "+++\ntitle = 평생\n+++\n"),
            (("practices", "add", "-"), REFUSED, '{"title": "x", "language": "en", "city": "Seoul"}'),
            (("practices", "revise", "xy", "-"), USAGE, good),
            (("practices", "revise", ALL_ZERO, "-"), UNKNOWN, good),
            (("practices", "withdraw", offer), UNKNOWN, None),
            (("practices", "list", "--feature", "9.9.9"), UNKNOWN, None),
            (("offers", "publish", "-"), USAGE, ""),
            (("offers", "publish", "-"), USAGE, '{"title": "x", "language": "en", "partners": "many"}'),
            (("offers", "list", "--state", "asleep"), USAGE, None),
            (("offers", "accept", "xy"), USAGE, None),
            (("offers", "accept", "0" * 10), UNKNOWN, None),
            (("offers", "leave", "0" * 64), UNKNOWN, None),
            (("offers", "withdraw", practice), UNKNOWN, None),
            (("partnerships", "--verify", "0" * 8), UNKNOWN, None),
            (("follow", city), REFUSED, None),
            (("follow", "xx-nobody"), UNKNOWN, None),
            (("follow", other, "nonsense"), USAGE, None),
            (("unfollow", "xx-nobody"), UNKNOWN, None),
            (("keep", "some"), USAGE, None),
            (("news", "--new", "--since", "2h"), USAGE, None),
            (("practices", "add", "-"), REFUSED, self.hub), (("offers", "publish", "-"), REFUSED, self.hub),
            (("keep", "followed"), REFUSED, self.hub),
        ))
        if stdin == self.hub:  # what a city may and the hub may not
            return self.command("refused", self.hub, words, codes, good)
        return self.command("refused", city, words, codes, stdin)
