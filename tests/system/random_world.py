"""What a random script has done so far: every record by what it says now, and every feed by its entries.

Promise: it is kept from the answers to commands that ended with 0 alone, so that it and the nodes can be compared.
"""

from dataclasses import dataclass, field

COLLECTIONS = ("practices", "offers")
STATES = ("open", "closed", "past", "agreed", "concluded", "withdrawn")


@dataclass
class Practice:
    author: str
    fields: dict
    revision: int = 1
    withdrawn: bool = False


@dataclass
class Offer:
    author: str
    fields: dict
    withdrawn: bool = False
    concluded: bool = False

    @property
    def for_one(self):
        return self.fields["partners"] == "one"

    @property
    def past(self):
        return self.fields.get("status") == "historical"

    @property
    def closed(self):
        return "deadline" in self.fields


@dataclass
class Said:
    """A reply, acceptance, decline, leaving or conclusion."""

    author: str
    what: str
    offer: str = None
    text: str = None
    live: bool = True


@dataclass
class Text:
    """The text of a partnership: who must sign it, who ever did, and by which acceptance somebody stands by it now."""

    offer: str
    needed: set
    ever: set = field(default_factory=set)
    standing: dict = field(default_factory=dict)
    concluders: set = field(default_factory=set)

    @property
    def state(self):
        if not self.needed <= self.ever or len(self.ever) < 2:
            return "proposed"
        ending = self.concluders & set(self.standing)
        if ending & self.needed or (ending and ending == set(self.standing)):
            return "concluded"
        return "in force" if len(self.standing) >= 2 else "ended"

    def parties(self):
        """{slug: state}"""
        awaited = {slug: "awaited" for slug in self.needed - self.ever}
        return awaited | {slug: "signed" if slug in self.standing else "left" for slug in self.ever}


class World:
    def __init__(self, slugs):
        self.practices, self.offers, self.said, self.texts = {}, {}, {}, {}
        self.feeds = {(slug, collection): [] for slug in slugs for collection in COLLECTIONS}
        self.follows = {slug: {} for slug in slugs}
        self.keeps_all = {slug: True for slug in slugs}
        self.told = {slug: set() for slug in slugs}

    # What a command said.

    def take(self, slug, collection, reply, unchanged=None, withdrawn=False):
        """An answer to an act of `slug`; returns whether it published anything. Nothing may be lost or come twice."""
        entries = self.feeds[slug, collection]
        assert (reply["member"], reply["collection"], reply["queued"]) == (slug, collection, False), reply
        if unchanged is not None:
            assert reply["unchanged"] == unchanged, f"unchanged was expected to be {unchanged}: {reply}"
        if reply["unchanged"]:
            assert 1 <= reply["sequence"] <= len(entries), f"{reply} of {len(entries)} entries"
            return False
        assert reply["sequence"] == len(entries) + 1, f"of {len(entries)} entries this is the next: {reply}"
        entries.append((reply["id"], reply["revision"], withdrawn))
        return True

    def tell(self, slug, items):
        """News that was listed as new: of those that are followed, and each piece once."""
        for item in items:
            assert item["collection"] in self.follows[slug].get(item["member"], ()), f"{slug} does not follow {item}"
            piece = (item["member"], item["collection"], item["id"], item["revision"])
            assert piece not in self.told[slug], f"{slug} was told twice that this is new: {item}"
            self.told[slug].add(piece)

    def adopt_practice(self, key, slug, fields):
        """A practice that was published though its command did not live to say so."""
        self.practices[key] = Practice(slug, fields)
        self.feeds[slug, "practices"].append((key, 1, False))

    # What every node must show.

    def lengths(self, slug):
        """{collection: entries} of a member's feeds that have any."""
        lengths = {collection: len(self.feeds[slug, collection]) for collection in COLLECTIONS}
        return {collection: length for collection, length in lengths.items() if length}

    def may_hold(self, slug, member, collection):
        """Whether a node keeps this feed."""
        if self.keeps_all[slug] or member in (slug, "roster") or collection == "erasures":
            return True
        return collection in self.follows[slug].get(member, ())

    def practice_rows(self, members):
        """`practices list --json` of these members."""
        rows = [self.practice_row(key, known) for key, known in self.practices.items()
                if known.author in members and not known.withdrawn]
        return sorted(rows, key=lambda row: (row["member"], row["title"], row["id"]))

    def practice_row(self, key, known):
        def in_order(name):
            numbers = {each: [int(n) for n in each.strip("BD").split(".")] for each in known.fields.get(name, ())}
            return sorted(numbers, key=numbers.get)

        fields = known.fields
        return {"id": key, "member": known.author, "title": fields["title"], "year": fields.get("year"),
                "language": fields["language"], "features": in_order("feature_ids"), "actions": in_order("actions"),
                "revision": known.revision, "summary": fields["summary"],
                "translated_title": None, "translated_language": None}

    def offer_state(self, key):
        offer = self.offers[key]
        if offer.withdrawn:
            return "withdrawn"
        if offer.past:
            return "past"
        if offer.concluded:
            return "concluded"
        agreed = any(text.offer == key and text.state == "in force" and offer.author in text.standing
                     for text in self.texts.values())
        return "agreed" if agreed else "closed" if offer.closed else "open"

    def offer_rows(self):
        """{id: (member, title, state, replies)}"""
        return {key: (offer.author, offer.fields["title"], self.offer_state(key),
                      sum(said.what == "reply" and said.live and said.offer == key for said in self.said.values()))
                for key, offer in self.offers.items()}

    def partnership_rows(self):
        """{id: (state, offer, {party: state})}"""
        return {key: (text.state, text.offer, text.parties()) for key, text in self.texts.items()}

    def news_rows(self, slug):
        """What `news` lists once everything has come: of what is followed the newest entry of each record, in no order."""
        rows = []
        for member, collections in self.follows[slug].items():
            for collection in collections:
                newest = {entry[0]: entry for entry in self.feeds[member, collection]}
                rows += [(member, collection, *entry) for entry in newest.values()]
        return sorted(rows)
