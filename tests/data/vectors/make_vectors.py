#!/usr/bin/python3
"""Test vectors for every row of replication/protocol.md's table of frozen bytes.

Written from that page, and sharing nothing with the C++: hashlib for SHA-256, libsodium (python3-nacl) for Ed25519,
and a protobuf encoder of a dozen lines. Every key grows from a fixed seed, so the output is always the same.

    make_vectors.py FOLDER           writes one JSON file per topic
    make_vectors.py --check FOLDER   exits 1 and names the files that differ; 77 if python3-nacl is missing
"""
import json
import os
import sys

sys.dont_write_bytecode = True
from bodies import (application, consent, key_consent, names, recommendation, rights_policy,  # noqa: E402
                    spki_pin)
from letters import Key, bindings, pb, sha, some, tag, u8, u16, u32, u64  # noqa: E402

# --- Root documents --------------------------------------------------------------------------------------------------


def root_body(d):
    seal = d.get("previous_roster")
    return pb((1, d["version"]), (2, d["prev_hash"]), (3, d["root_keys"]), (4, d["threshold"]),
              (5, d["roster_incarnation"]), (6, d["roster_writer"]), (7, d["officer_keys"]), (8, d["approvals"]),
              (9, d["from_len"]),
              (10, seal and pb((1, seal["len"]), (2, seal["head"]), (3, seal["author_signature"]))))


def root_message(body): return tag("hansa/root/1") + body


def signed_root(body, signers):
    signatures = [{"key_index": i, "of_version": v, "signature": k.sign(root_message(body))} for i, v, k in signers]
    coded = [pb((1, s["key_index"]), (2, s["of_version"]), (3, s["signature"])) for s in signatures]
    return signatures, pb((1, body), (2, coded))


ROOTS = [Key("root %d" % i) for i in range(3)]
OFFICERS = [Key("officer %d" % i) for i in range(3)]
ROSTER_WRITER = Key("roster writer")
ROOT_1 = {"version": 1, "prev_hash": bytes(32), "root_keys": [k.public for k in ROOTS], "threshold": 2,
          "roster_incarnation": 1, "roster_writer": ROSTER_WRITER.public,
          "officer_keys": [k.public for k in OFFICERS], "approvals": 2, "from_len": 0}
BODY_1 = root_body(ROOT_1)
NET = sha(tag("hansa/network/1") + BODY_1)[:16]


def roots():
    versions = [(ROOT_1, [(0, 1, ROOTS[0]), (2, 1, ROOTS[2])])]
    two = dict(ROOT_1, version=2, prev_hash=sha(root_message(BODY_1)), from_len=4, approvals=1)
    versions.append((two, [(0, 1, ROOTS[0]), (1, 1, ROOTS[1]), (0, 2, ROOTS[0]), (1, 2, ROOTS[1])]))
    fresh = Key("roster writer 2")
    seal = {"len": 9, "head": some("head")}
    seal["author_signature"] = ROSTER_WRITER.sign(ckpt_message(feed_id(0, 0, 1, ROSTER_WRITER.public), 9, seal["head"]))
    three = dict(two, version=3, prev_hash=sha(root_message(root_body(two))), from_len=0, roster_incarnation=2,
                 roster_writer=fresh.public, previous_roster=seal)
    versions.append((three, versions[1][1][:2] + [(1, 2, ROOTS[1]), (2, 2, ROOTS[2]), (0, 3, ROOTS[0]),
                                                  (2, 3, ROOTS[2])]))
    rows = []
    for document, signers in versions:
        body = root_body(document)
        signatures, coded = signed_root(body, signers)
        rows.append({"document": document, "body": body, "message": root_message(body),
                     "hash": sha(root_message(body)), "signatures": signatures, "signed": coded})
    return {"network_id": NET, "versions": rows}


# --- Feeds, entries, checkpoints, units ------------------------------------------------------------------------------


def feed_id(member, collection, incarnation, writer):
    return sha(tag("hansa/feed/1") + NET + u32(member) + u16(collection) + u32(incarnation) + writer)[:16]


def header(h):
    flags = h["has_payload"] | h["retract"] << 1 | h["end_of_feed"] << 2 | h["more"] << 3
    return (u8(1) + u8(flags) + u16(h["kind"]) + u16(h["schema_ver"]) + u16(len(h["ext"])) + u64(h["seq"]) + h["feed"] +
            h["prev"] + h["record"] + u64(h["claimed_time_ms"]) + u32(h["payload_len"]) + u32(0) +
            h["payload_commit"] + h["ext"])


def entry_hash(header_and_ext): return sha(tag("hansa/entry/1") + header_and_ext)
def payload_commit(salt, payload): return sha(tag("hansa/payload/1") + salt + payload)
def ckpt_message(feed, length, head): return tag("hansa/ckpt/1") + NET + feed + u64(length) + head
def ext(*items): return b"".join(u16(t) + u16(len(v)) + v for t, v in items)


def fields(**given):
    """Fields of a header: an entry without payload, unless `payload` and `salt` are given."""
    payload, salt = given.pop("payload", None), given.pop("salt", None)
    h = {"has_payload": payload is not None, "retract": False, "end_of_feed": False, "more": False, "kind": 513,
         "schema_ver": 1, "seq": 1, "feed": some("feed", 16), "prev": bytes(32), "record": some("record", 16),
         "claimed_time_ms": 1700000000123, "payload_len": len(payload or b""),
         "payload_commit": payload_commit(salt, payload) if payload else bytes(32), "ext": b""}
    h.update(given)
    return h


ESPOO = {"writer": Key("espoo writer"), "tls": [Key("espoo tls")]}
ESPOO_FEED = {"member": 11, "collection": 2, "incarnation": 1, "writer": ESPOO["writer"].public}


def feeds():
    cases = [ESPOO_FEED, dict(ESPOO_FEED, collection=9), dict(ESPOO_FEED, incarnation=2), dict(ESPOO_FEED, member=12),
             {"member": 0, "collection": 0, "incarnation": 1, "writer": ROSTER_WRITER.public},
             {"member": 0xFFFFFFFE, "collection": 255, "incarnation": 0xFFFFFFFF, "writer": some("any writer")}]
    return {"network_id": NET, "feeds": [dict(c, feed=feed_id(**c)) for c in cases]}


def erasure_items(record):
    """Items 2 and 3: an order to erase, and two officers' approvals of it."""
    order = some("feed", 16) + u64(7) + some("erased entry") + u16(1)
    body = approval_body(257, record, order)
    approvals = b"".join(k.public + k.sign(statement_message(5, body)) for k in OFFICERS[:2])
    return order, approvals


def entries():
    salt, text, record = some("salt"), b"a payload", some("order record", 16)
    order, approvals = erasure_items(record)
    recovered = some("old feed", 16) + u64(41)
    cases = [
        ("a first entry with a payload", fields(payload=text, salt=salt)),
        ("nothing but a header", fields(seq=2, prev=some("prev"))),
        ("all flags that go together", fields(retract=True, more=True, payload=text, salt=salt)),
        ("the end of a feed", fields(end_of_feed=True, seq=9, prev=some("prev"))),
        ("the largest numbers", fields(kind=0xFFFF, schema_ver=0xFFFF, seq=2**64 - 1, prev=some("prev"),
                                       claimed_time_ms=2**64 - 1, payload=bytes(262144), salt=salt)),
        ("recovered_from", fields(ext=ext((1, recovered)))),
        ("an erasure order", fields(kind=257, record=record, ext=ext((2, order)))),
        ("an approved erasure order", fields(kind=257, record=record, ext=ext((2, order), (3, approvals)))),
        ("items not known yet, one of them empty", fields(ext=ext((1, recovered), (900, b""), (65535, b"later")))),
        ("the longest extensions", fields(ext=ext((500, bytes(1020))))),
    ]
    rows = []
    for what, h in cases:
        coded = header(h)
        counted = 128 + len(h["ext"]) + (32 + h["payload_len"] if h["has_payload"] else 0)
        rows.append({"what": what, "fields": h, "header": coded, "entry_hash": entry_hash(coded),
                     "counted_bytes": counted})
    payloads = [text, b"\0", bytes(range(256)) * 4, "Espoo \u2013 \ud3c9\uc0dd\ud559\uc2b5".encode()]
    return {"entries": rows, "commits": [{"salt": salt, "payload": p, "commit": payload_commit(salt, p)}
                                         for p in payloads],
            "items": {"recovered_from": {"feed": some("old feed", 16), "seq": 41, "value": recovered},
                      "order": {"feed": some("feed", 16), "seq": 7, "entry_hash": some("erased entry"), "reason": 1,
                                "value": order},
                      "approvals": {"network_id": NET, "kind": 257, "record": record, "value": approvals,
                                    "body": approval_body(257, record, order)}}}


def refused_headers():
    good = fields(payload=b"a payload", salt=some("salt"))
    bare = fields()

    def put(data, at, new): return data[:at] + new + data[at + len(new):]

    def ext_of(*items): return header(dict(good, ext=ext(*items)))
    coded = header(good)
    cases = [
        ("version 0", put(coded, 0, u8(0))), ("version 2", put(coded, 0, u8(2))),
        ("flag 16", put(coded, 1, u8(1 | 16))), ("flag 32", put(coded, 1, u8(1 | 32))),
        ("flag 64", put(coded, 1, u8(1 | 64))), ("flag 128", put(coded, 1, u8(1 | 128))),
        ("end_of_feed with more", put(coded, 1, u8(1 | 4 | 8))),
        ("sequence 0", put(coded, 8, u64(0))), ("a previous entry at sequence 1", put(coded, 63, u8(1))),
        ("first reserved byte", put(coded, 92, u8(1))), ("last reserved byte", put(coded, 95, u8(1))),
        ("a payload of length 0", put(coded, 88, u32(0))), ("a payload over 262,144", put(coded, 88, u32(262145))),
        ("a length without a payload", header(dict(bare, payload_len=1))),
        ("a commitment without a payload", header(dict(bare, payload_commit=put(bytes(32), 31, u8(1))))),
        ("has_payload taken off", put(coded, 1, u8(0))), ("has_payload put on", put(header(bare), 1, u8(1))),
        ("127 bytes", coded[:127]), ("a byte too many", coded + b"\0"), ("nothing", b""),
        ("ext_len beyond the bytes", put(coded, 6, u16(1))), ("ext_len short of the bytes", ext_of((1, b"abc"))[:-1]),
        ("ext 1,025 bytes", header(dict(good, ext=ext((500, bytes(1021)))))),
        ("ext types descending", ext_of((2, b"a"), (1, b"b"))), ("an ext type twice", ext_of((2, b"a"), (2, b"b"))),
        ("an ext item cut in its value", header(dict(good, ext=u16(1) + u16(4) + b"abc"))),
        ("an ext item cut in its length", header(dict(good, ext=u16(1) + b"\0"))),
    ]
    return {"accepted": [coded, header(bare), ext_of((1, b"a"), (2, b"b"))],
            "refused": [{"what": what, "header": data} for what, data in cases]}


def checkpoints():
    feed = feed_id(**ESPOO_FEED)
    rows = []
    for length in (1, 4097, 2**64 - 2):
        head = some("head %d" % length)
        message = ckpt_message(feed, length, head)
        rows.append({"feed": feed, "len": length, "head": head, "message": message,
                     "signature": ESPOO["writer"].sign(message)})
    return {"network_id": NET, "writer": ESPOO["writer"].public, "writer_seed": ESPOO["writer"].seed,
            "checkpoints": rows}


def unit(feed, first, prev, drafts, signer):
    """One batch. Each draft: {kind, record, time, ext, salt, payload, erased}."""
    n, coded, count, rows = len(drafts), b"", 0, []
    for i, d in enumerate(drafts):
        h = fields(kind=d["kind"], seq=first + i, feed=feed, prev=prev, record=d["record"], more=i + 1 < n,
                   claimed_time_ms=d.get("time", 0), ext=d.get("ext", b""), salt=d.get("salt"),
                   payload=d.get("payload"))
        data = header(h)
        held = h["has_payload"] and not d.get("erased")
        coded += data + u8(held) + (d["salt"] + d["payload"] if held else b"")
        count += len(data) + (32 + h["payload_len"] if h["has_payload"] else 0)
        prev = entry_hash(data)
        rows.append({"kind": d["kind"], "record": d["record"], "claimed_time_ms": d.get("time", 0),
                     "ext": d.get("ext", b""), "salt": d.get("salt"), "payload": d.get("payload")})
    length = first + n - 1
    end = u64(length) + prev + signer.sign(ckpt_message(feed, length, prev))
    return {"from": first, "len": length, "head": prev, "counted_bytes": count, "entries": rows,
            "unit": feed + u64(first) + u32(n) + coded + end}


def units():
    feed, signer = feed_id(**ESPOO_FEED), ESPOO["writer"]

    def draft(i, **more):
        return dict({"kind": 513, "record": some("record %d" % i, 16), "time": 1700000000000 + i,
                     "salt": some("salt %d" % i), "payload": b"set %d" % i}, **more)
    bare = {"kind": 514, "record": some("record 3", 16), "ext": ext((1, some("old feed", 16) + u64(5)))}
    one = dict(unit(feed, 1, bytes(32), [draft(1)], signer), what="one entry")
    three = dict(unit(feed, 2, one["head"], [draft(2), bare, draft(4)], signer), what="a batch of three")
    gone = dict(unit(feed, 5, three["head"], [draft(5, erased=True)], signer), what="a payload that was erased")
    one["prev"], three["prev"], gone["prev"] = bytes(32), one["head"], three["head"]
    return {"network_id": NET, "author": ESPOO_FEED, "writer_seed": signer.seed, "feed": feed,
            "verified": [one, three], "payload_missing": [gone]}


# --- Statements and the roster ---------------------------------------------------------------------------------------


def statement_message(kind, body): return tag("hansa/stmt/1") + NET + u16(kind) + sha(body)
def approval_body(kind, nonce, body): return u16(kind) + nonce + sha(body)
def statement(body, key, kind): return pb((1, body), (2, key.public), (3, key.sign(statement_message(kind, body))))
def proofs(body, keys): return [pb((1, k.public), (2, k.sign(statement_message(2, body)))) for k in keys]


def member_add(number, region, a, keys, recommended=None):
    body = application(a)
    return pb((1, number), (2, region), (3, statement(body, keys["writer"], 1)), (4, proofs(body, keys["tls"])),
              (5, recommended))


def new_incarnation(body, writer, tls, old=None):
    return pb((1, body), (2, old and old.sign(statement_message(4, body))), (3, writer.sign(statement_message(9, body))),
              (4, proofs(body, tls)))


def seal(member, collection, incarnation, writer, length):
    head = some("head of %d" % collection)
    message = ckpt_message(feed_id(member, collection, incarnation, writer.public), length, head)
    return pb((1, collection), (2, length), (3, head), (4, writer.sign(message)))


def seal_list(member, incarnation, seals, consenting=None):
    body = pb((1, member), (2, incarnation), (3, seals))
    consented = consenting and statement(tag("hansa/seal/1") + body, consenting, 4)
    return body + pb((4, consented))


def tls_update(member, writer, tls):
    body = consent(member, 0, writer.public, [k.public for k in tls])
    return pb((1, member), (2, "Espoon kaupunki"), (3, names([("sv", "Esbo stad")])), (4, "EUR"),
              (5, ["espoo.example:7401"]), (6, 1), (7, [k.public for k in tls]), (8, statement(body, writer, 4)),
              (9, proofs(body, tls)))


def roster_payload(body, kind, nonce, officers):
    approved = approval_body(kind, nonce, body)
    return pb((1, body), (2, [pb((1, k.public), (2, k.sign(statement_message(5, approved)))) for k in officers]))


def keys_of(label, tls=1):
    return {"writer": Key(label + " writer"), "tls": [Key(label + " tls%s" % (i or "")) for i in range(tls)]}


def applicant(slug, name, country, keys, **more):
    return dict({"slug": slug, "name": name, "country": country, "writer": keys["writer"].public,
                 "tls": [k.public for k in keys["tls"]], "nonce": some("nonce " + slug, 16)}, **more)


HUB, FINLAND = keys_of("hub", 2), keys_of("finland")
RIGHTS = [(0, 0, 1000000), (1, 5, 100000), (1, 8, 100000), (2, 2, 100000), (2, 7, 5), (3, 7, 100000)]
HUB_APPLIES = applicant("int-uil", "UIL", "INT", HUB, kind=1, endpoints=["hub.example:7400"])
FINLAND_APPLIES = applicant("fi-commission", "Suomi", "FIN", FINLAND, kind=3)
ESPOO_APPLIES = applicant("fi-espoo", "Espoo", "FIN", ESPOO, kind=2, names=[("sv", "Esbo"), ("ko", "\uc5d0\uc2a4\ud3ec")],
                          endpoints=["espoo.example:7400", "[2001:db8::1]:7400"], endorsement_hash=some("mayor"))
FRAMEWORK = ("unesco-gnlc-key-features", "2013", some("catalogue"))


def roster_entries():
    """(what, kind, body, officers): founding, an authority, a city, its next key by consent, another by officers."""
    body = application(ESPOO_APPLIES)
    recommended = statement(recommendation(body, "fi-espoo", "FIN", some("reason")), FINLAND["writer"], 3)
    second, third = keys_of("espoo second", 2), keys_of("espoo third")
    two = consent(11, 2, second["writer"].public, [k.public for k in second["tls"]])
    three = consent(11, 3, third["writer"].public, [k.public for k in third["tls"]])
    officer, expert = Key("finland officer"), Key("expert")
    officer_applies = application({"slug": "fi-officer", "name": "Office 4", "country": "FIN", "key_role": 3,
                                   "key_code": "FI-O-4", "writer": officer.public, "nonce": some("n3", 16)})
    expert_applies = application({"slug": "expert-17", "name": "Expert 17", "country": "INT", "key_role": 1,
                                  "key_code": "X17", "writer": expert.public, "nonce": some("n4", 16)})
    return [
        ("policy", 1, rights_policy(RIGHTS), OFFICERS[:2]),
        ("framework", 129, pb((1, FRAMEWORK[0]), (2, FRAMEWORK[1]), (3, FRAMEWORK[2])), []),
        ("network_info", 130, pb((1, "Test network"), (2, names([("ko", "\ub9dd")])), (3, ["hub.example:7400"])), []),
        ("secretariat", 2, member_add(1, "", HUB_APPLIES, HUB), []),
        ("authority", 2, member_add(10, "EUR", FINLAND_APPLIES, FINLAND), OFFICERS[1:]),
        ("city", 2, member_add(11, "EUR", ESPOO_APPLIES, ESPOO, recommended), []),
        ("incarnation_by_consent", 4, new_incarnation(two, second["writer"], second["tls"], ESPOO["writer"]), []),
        ("incarnation_by_officers", 4, new_incarnation(three, third["writer"], third["tls"]), OFFICERS[:2]),
        ("officer", 9, pb((1, 3), (2, statement(officer_applies, officer, 1)),
                          (3, statement(key_consent(officer_applies, 10), FINLAND["writer"], 4))), []),
        ("expert", 9, pb((1, 1), (2, statement(expert_applies, expert, 1))), OFFICERS[2:]),
        ("seals_by_consent", 5, seal_list(11, 1, [seal(11, c, 1, ESPOO["writer"], c) for c in (1, 2, 200)],
                                          third["writer"]), []),
        ("seals_by_officers", 5, seal_list(11, 2, [seal(11, 2, 2, second["writer"], 5)]), OFFICERS[:2]),
        ("update", 3, tls_update(11, third["writer"], [third["tls"][0], Key("espoo newest tls")]), []),
        ("suspend", 7, pb((1, 10), (2, "no word for two years")), []),
        ("resume", 8, pb((1, 10)), []),
        ("revoke", 6, pb((1, 11), (2, 2), (3, [seal(11, 2, 3, third["writer"], 4)])), OFFICERS[1:]),
        ("schema", 128, pb((1, 2570), (2, 1), (3, some("descriptors", 40)), (4, "hansa.v1.Sensor")), OFFICERS[:2]),
    ]


def roster():
    feed, drafts, rows = feed_id(0, 0, 1, ROSTER_WRITER.public), [], []
    for what, kind, body, officers in roster_entries():
        record = some("nonce " + what, 16)
        payload = roster_payload(body, kind, record, officers)
        drafts.append({"kind": kind, "record": record, "salt": some("salt " + what), "payload": payload})
        rows.append({"what": what, "kind": kind, "record": record, "body": body, "payload": payload})
    founding = unit(feed, 1, bytes(32), drafts[:4], ROSTER_WRITER)
    later, head = [], founding["head"]
    for i, draft in enumerate(drafts[4:]):
        later.append(unit(feed, 5 + i, head, [draft], ROSTER_WRITER))
        head = later[-1]["head"]
    return {"network_id": NET, "root": signed_root(BODY_1, [(0, 1, ROOTS[0]), (2, 1, ROOTS[2])])[1], "feed": feed,
            "rights": [{"kind": k, "collection": c, "entries_max": n} for k, c, n in RIGHTS],
            "framework": {"id": FRAMEWORK[0], "version": FRAMEWORK[1], "catalogue_hash": FRAMEWORK[2]},
            "applications": [dict(a, body=application(a)) for a in (HUB_APPLIES, FINLAND_APPLIES, ESPOO_APPLIES)],
            "espoo_writers": [ESPOO["writer"].public] + [Key("espoo %s writer" % n).public for n in ("second", "third")],
            "entries": rows, "units": [u["unit"] for u in [founding] + later], "len": len(rows), "head": head}


def statements():
    apply_body = application(ESPOO_APPLIES)
    second = keys_of("espoo second")
    consent_body = consent(11, 2, second["writer"].public, [second["tls"][0].public])
    approved = rights_policy(RIGHTS)
    bodies = [(1, "application", apply_body, ESPOO["writer"]), (2, "TLS possession", apply_body, ESPOO["tls"][0]),
              (3, "recommendation", recommendation(apply_body, "fi-espoo", "FIN"), FINLAND["writer"]),
              (4, "consent", consent_body, ESPOO["writer"]),
              (5, "approval", approval_body(1, some("nonce", 16), approved), OFFICERS[0]),
              (6, "rating", tag("hansa/rating/1") + b"a rating", Key("expert")),
              (7, "survey delivery", tag("hansa/survey/1") + b"a delivery", Key("agency")),
              (8, "acceptance", tag("hansa/accept/1") + b"terms", ESPOO["writer"]),
              (9, "writer possession", consent_body, second["writer"])]
    rows = [{"type": kind, "what": what, "body": body, "seed": key.seed, "signer": key.public,
             "message": statement_message(kind, body), "signature": key.sign(statement_message(kind, body))}
            for kind, what, body, key in bodies]
    tls = [k.public for k in HUB["tls"]]
    return {"network_id": NET, "statements": rows,
            "approval": {"kind": 1, "nonce": some("nonce", 16), "approved": approved, "body": bodies[4][2]},
            "bodies": [
                {"what": "recommendation", "application_hash": sha(apply_body), "slug": "fi-espoo", "country": "FIN",
                 "reason_hash": some("reason"), "body": recommendation(apply_body, "fi-espoo", "FIN", some("reason"))},
                {"what": "consent", "member": 11, "incarnation": 2, "writer": second["writer"].public, "tls": tls,
                 "body": consent(11, 2, second["writer"].public, tls)},
                {"what": "key consent", "application_hash": sha(apply_body), "authority": 10,
                 "body": key_consent(apply_body, 10)}]}


# --- Keys ------------------------------------------------------------------------------------------------------------

P = 2**255 - 19


def is_on_curve(y):
    """Whether x^2 = (y^2 - 1) / (d y^2 + 1) has a root modulo P."""
    x2 = (y * y - 1) * pow(-121665 * pow(121666, -1, P) * y * y + 1, -1, P) % P
    return x2 == 0 or pow(x2, (P - 1) // 2, P) == 1


def keys():
    eight_a = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826  # y of the points of order 8
    point = lambda y, sign=0: (y | sign << 255).to_bytes(32, "little")
    off_curve = next(y for y in range(2, 99) if not is_on_curve(y))
    whole = Key("espoo writer").public
    invalid = [("identity", point(1)), ("order 2", point(P - 1)), ("order 4", point(0)), ("order 4, other sign", point(0, 1)),
               ("order 8", point(eight_a)), ("order 8, other sign", point(eight_a, 1)),
               ("order 8, other y", point(P - eight_a)), ("order 8, both", point(P - eight_a, 1)),
               ("zero not reduced", point(P)), ("one not reduced", point(P + 1)), ("not on the curve", point(off_curve)),
               ("a good key plus a point of order 8", bindings.crypto_core_ed25519_add(whole, point(eight_a)))]
    signers = [Key(label) for label in ("espoo writer", "hub tls", "root 0")]
    return {"signers": [{"seed": k.seed, "public": k.public, "message": b"to sign", "signature": k.sign(b"to sign"),
                         "pin": spki_pin(k.public)} for k in signers],
            "invalid": [{"what": what, "key": key} for what, key in invalid],
            # R the identity, S zero: a careless verifier takes it for a small-order key and any message.
            "forged_signature": point(1) + bytes(32)}


# --- Scope -----------------------------------------------------------------------------------------------------------


def position(version, length, head): return u32(version) + u64(length) + head


def interest_hash(rows):
    return sha(tag("hansa/intrst/1") + b"".join(
        u16(r["collection"]) + u8(r["all"]) + u32(len(r["members"])) + b"".join(u32(m) for m in r["members"])
        for r in rows))


def leaf(row): return sha(u8(0) + row[0] + u64(row[1]) + row[2])[:16]
def nibble(feed, depth): return feed.hex()[depth]


def digest(rows, depth=0):
    if len(rows) <= 16:
        return sha(u8(1) + b"".join(leaf(row) for row in rows))[:16]
    children = [digest([r for r in rows if nibble(r[0], depth) == n], depth + 1) for n in "0123456789abcdef"]
    return sha(u8(2) + b"".join(children))[:16]


def scope():
    def row(feed, i): return feed, i % 5, some("head %d" % i) if i % 5 else bytes(32)
    def spread(n): return [row(some("feed %d" % i, 16), i) for i in range(n)]
    def alike(n, nibbles):
        return [row(bytes.fromhex("5" * nibbles + ("%02x" % i).ljust(32 - nibbles, "c")), i) for i in range(n)]

    sets = [("no feed", []), ("one feed", spread(1)), ("a full bucket", spread(16)), ("one more than a bucket", spread(17)),
            ("many feeds", spread(300)), ("alike in 10 nibbles", alike(20, 10)), ("alike in 30 nibbles", alike(40, 30)),
            ("alike and spread", alike(18, 30) + spread(20))]
    rows_of = lambda rows: [{"feed": f, "len": n, "head": h} for f, n, h in rows]
    trees = [{"what": what, "rows": rows_of(sorted(rows)), "root": digest(sorted(rows))} for what, rows in sets]
    one = lambda collection, *members: {"collection": collection, "all": False, "members": list(members)}
    every = lambda collection: {"collection": collection, "all": True, "members": []}
    interests = [("nothing", False, []), ("a list", False, [one(2, 10, 11, 4294967294)]), ("ALL of one", False, [every(2)]),
                 ("both", False, [every(2), one(3), one(9, 12)]),
                 ("everything", True, [every(0xFFFF)])]
    hashes = [{"what": w, "everything": e, "rows": r, "hash": interest_hash(r)} for w, e, r in interests]
    place = {"root_version": 2, "len": 515, "head": some("roster head")}
    low, high = hashes[1]["hash"], hashes[4]["hash"]
    scope_id = sha(position(*place.values()) + low + high)[:8]
    pins, root = (some("pin a"), some("pin b")), trees[4]["root"]
    forked = spread(1)[0][0]
    return {"position": dict(place, bytes=position(*place.values())), "no_roster": position(0, 0, bytes(32)),
            "interests": hashes, "scope_id": {"lower": low, "higher": high, "id": scope_id},
            "leaf": dict(rows_of(spread(2))[1], digest=leaf(spread(2)[1])),
            "forked_leaf_for_later": {"feed": forked, "digest": sha(u8(3) + forked)[:16]},
            "trees": trees,
            "predicted": {"sender": pins[0], "receiver": pins[1], "scope": scope_id, "root": root,
                          "hash": sha(tag("hansa/predict/1") + pins[0] + pins[1] + scope_id + root)}}


def reference():
    coded = header(fields(payload=b"a payload", salt=some("salt")))
    return {"member": 11, "collection": 2, "record": some("record", 16), "entry_hash": entry_hash(coded),
            "bytes": pb((1, 11), (2, 2), (3, some("record", 16)), (4, entry_hash(coded)))}


# --- Output ----------------------------------------------------------------------------------------------------------

TOPICS = {"root": roots, "feed": feeds, "entry": entries, "refused_headers": refused_headers,
          "checkpoint": checkpoints, "unit": units, "statement": statements, "roster": roster, "keys": keys,
          "scope": scope, "reference": reference}


def in_hex(value):
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return {name: in_hex(item) for name, item in value.items()}
    return [in_hex(item) for item in value] if isinstance(value, (list, tuple)) else value


def main(arguments):
    check = arguments[:1] == ["--check"]
    if len(arguments) != 1 + check:
        sys.exit(__doc__)
    differing = []
    for topic, make in TOPICS.items():
        text = json.dumps(in_hex(make()), indent=1, ensure_ascii=False) + "\n"
        path = os.path.join(arguments[-1], topic + ".json")
        if not check:
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        elif not os.path.exists(path) or open(path, encoding="utf-8").read() != text:
            differing.append(topic + ".json")
    if differing:
        sys.exit("not what this script computes: " + ", ".join(differing))
    print("%d topics %s" % (len(TOPICS), "are as computed" if check else "written"))


if __name__ == "__main__":
    main(sys.argv[1:])
