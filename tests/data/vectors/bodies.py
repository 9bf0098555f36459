"""Bodies of statements and of the roster's entries that hold no signature."""
from letters import pb, sha, tag


def spki_pin(tls): return sha(bytes.fromhex("302a300506032b6570032100") + tls)
def names(pairs): return [pb((1, language), (2, text)) for language, text in pairs]


def application(a):
    return tag("hansa/apply/1") + pb(
        (1, a.get("kind")), (2, a["slug"]), (3, a["name"]), (4, names(a.get("names", []))), (5, a["country"]),
        (6, a.get("endpoints", [])), (7, a["writer"]), (8, a.get("tls", [])), (9, a.get("endorsement_hash")),
        (10, a["nonce"]), (11, a.get("key_role")), (12, a.get("key_code")))


def recommendation(body, slug, country, reason=None):
    return tag("hansa/recomm/1") + pb((1, sha(body)), (2, slug), (3, country), (4, reason))


def consent(member, incarnation, writer, tls):
    return tag("hansa/consent/1") + pb((1, member), (2, incarnation), (3, writer),
                                       (4, sha(b"".join(spki_pin(key) for key in tls))))


def key_consent(body, authority): return tag("hansa/keygrant/1") + pb((1, sha(body)), (2, authority))
def rights_policy(rights): return pb((1, [pb((1, k), (2, c), (3, n)) for k, c, n in rights]))
