"""Bad input to every command and file: the right exit code, one line that says what to do, and nothing changed.

The tables are bad_inputs.py and bad_records.py. Each case is run as people see it, in English and in Korean, and with --json.
"""

import json
import re
import shutil
import unittest

from support import fresh_folder
from bad_inputs import PROXY, TABLES, all_cases, altered_json
from bad_records import OFFER, PRACTICE, RECORD_FILES, record

from demo_network.figures import rows_of, table_of
from demo_network.network import Network
from demo_network.node import Place
from demo_network.programs import USAGE, programs_of_this_build, run

# A line that says what to do has one of these: a clause of its own, a question, or a command.
ADVICE = ("; ", ": give ", "did you mean", "`hansa", "Say ", "run ")
# The same in Korean: a clause of its own, a request, the question what was meant, or a command.
KOREAN_ADVICE = ("; ", "십시오", "까?", "`hansa")
KOREAN = {"LC_ALL": "ko_KR.UTF-8"}
HANGUL = re.compile("[가-힣]")
# What is no sentence of ours, in whatever language: what stands in quotation marks, files, options, commands, values.
NOT_OURS = re.compile(r"'[^']*'|`[^`]*`|\"[^\"]*\"|\S*/\S*|--?[a-z-]+|[A-Z]{2,}[A-Z:]*|hansad?( [a-z]+)*( [A-Z]+)*|[a-z_]+ = \S+|## [^,;]+")
THREE_WORDS = re.compile(r"\b[a-z']{2,} [a-z']{2,} [a-z']{2,}\b")
# Files that change by themselves while a node runs.
LIVELY = ("db", "high_water", "log", "outputs", "run")


class BadInputTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = fresh_folder("bad-input")
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.network = Network(programs_of_this_build(), cls.folder / "net")
        cls.addClassCleanup(cls.network.end)
        cls.names = {}
        cls.make_network()
        cls.make_files()

    @classmethod
    def make_network(cls):
        """Hub, two authorities that are offline, a city with drafts and published years, a partner, an applicant."""
        network = cls.network
        network.found()
        network.start([network.hub])
        british = network.admit_authority("GBR", "gb-authority")
        german = network.admit_authority("DEU", "de-authority")
        bristol = network.admit_city(british, "gb-bristol", "Bristol")
        cls.stopped = network.admit_city(british, "gb-derby", "Derby")
        partner = network.init(Place("partner", "gb-partner", "A partner", "GBR"))
        network.hub.do("admit", network.application_of("gb-partner"))
        leeds = network.init(Place("city", "gb-leeds", "Leeds", "GBR"))
        for slug, name in (("de-bonn", "Bonn"), ("de-dresden", "Dresden")):
            network.init(Place("city", slug, name, "DEU"))
            network.recommend(german, slug)
        network.init(Place("authority", "fr-authority", "Authority of France", "FRA"))
        network.init(Place("authority", "es-authority", "Authority of Spain", "ESP"))
        german.do("defer", network.application_of("de-bonn"), "--reason", "later", "-o", network.files / "deferral.json")
        network.start([bristol, partner, leeds])
        network.wait_in_step([network.hub, bristol, partner])
        rows = [row for row in rows_of("gb-bristol") if row["year"] in ("2018", "2019")]
        bristol.ask("indicators", "import", "-", stdin=table_of(rows))
        bristol.ask("indicators", "publish", "--year", 2019)
        bristol.ask("indicators", "import", "-", stdin=PROXY)
        leeds.ask("indicators", "import", "-", stdin=PROXY.replace(b"Bristol", b"Leeds").replace(b"2001", b"2020"))
        cls.make_records(bristol, partner)

    @classmethod
    def make_records(cls, bristol, partner):
        """A practice of each, offers of Bristol in several states, and a partnership of both."""

        def publish(**changes):
            return bristol.ask("offers", "publish", "-", stdin=record(OFFER, **changes))["id"]

        cls.names["practice"] = bristol.ask("practices", "add", "-", stdin=record(PRACTICE))["id"]
        cls.names["theirs"] = partner.ask("practices", "add", "-", stdin=record(PRACTICE, title="Another"))["id"]
        cls.names["offer"] = publish()
        cls.names["past"] = publish(title="Of the past", status="historical")
        cls.names["closed"] = publish(title="Closed", deadline="2020-01-31")
        cls.names["for_one"] = publish(title="For one", partners="one")
        cls.network.wait_in_step([cls.network.hub, bristol, partner])
        for node in (partner, bristol):
            cls.names["partnership"] = node.ask("offers", "accept", cls.names["offer"])["partnership"]
        cls.network.wait_in_step([cls.network.hub, bristol, partner])

    @classmethod
    def write(cls, name, content):
        path = cls.folder / "inputs" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        path.chmod(0o600)
        cls.names[name] = path
        return path

    @classmethod
    def make_files(cls):
        network, names = cls.network, cls.names
        for name, content in {**TABLES, **RECORD_FILES, "proxy": PROXY, "sound": record(PRACTICE, title="Sound")}.items():
            cls.write(name, content)
        cls.write("empty_file", b"")
        cls.write("not_json", b"this is no JSON\n")
        cls.write("binary_file", bytes(range(256)))
        cls.write("odd_config", b'colour = "red"\n')
        cls.write("not_a_key", b"this is no key\n")
        cls.write("open_key", network.officer_key.read_bytes()).chmod(0o644)
        with open(cls.write("huge", b""), "ab") as huge:
            huge.truncate(100 * 1024 * 1024)
        folder = cls.folder / "inputs" / "folder"
        folder.mkdir()
        names.update(
            folder=folder, missing=cls.folder / "inputs" / "missing", new=cls.folder / "new", out=cls.folder / "out.json",
            nothing="", long_text="r" * 5000, charter=network.charter, network=network.folder / "network",
            officer=network.officer_key, bonn_application=network.application_of("de-bonn"),
            bonn_recommendation=network.recommendation_of("de-bonn"), bonn_deferral=network.files / "deferral.json",
            dresden_recommendation=network.recommendation_of("de-dresden"),
            partner_application=network.application_of("gb-partner"),
            france_application=network.application_of("fr-authority"), hub_address=network.hub.address,
            stopped=cls.stopped.folder, bristol=network.nodes["gb-bristol"].folder,
            bristol_pid=network.nodes["gb-bristol"].process.pid,
        )
        cls.make_altered_files()

    @classmethod
    def make_altered_files(cls):
        network = cls.network
        application = network.application_of("de-bonn").read_text()
        flip = lambda text: ("0" if text[0] != "0" else "1") + text[1:]  # noqa: E731
        swap = lambda text: text[:-8] + ("A" if text[-8] != "A" else "B") + text[-7:]  # noqa: E731
        for key, change in (("signature", flip), ("body", swap), ("slug", lambda _: "de-berlin"),
                            ("name", lambda _: "Berlin"), ("country", lambda _: "AUT")):
            cls.write(f"altered_{key}", altered_json(application, key, change))
        recommendation = network.recommendation_of("de-bonn").read_text()
        cls.write("altered_recommendation", altered_json(recommendation, "signature", flip))
        cls.write("altered_charter", altered_json(network.charter.read_text(), "root", cls.alter_root))
        other = Network(network.programs, cls.folder / "other")
        other.found()
        other.init(Place("city", "de-bonn", "Bonn", "DEU"))
        cls.names["foreign_application"] = other.application_of("de-bonn")
        hub, proposal = network.hub, cls.folder / "inputs" / "proposal"
        hub.do("admit", network.application_of("fr-authority"), "-o", proposal)
        cls.names["proposal"] = proposal
        cls.write("altered_proposal", altered_json(proposal.read_text(), "what", lambda text: text + "."))
        elsewhere = cls.folder / "inputs" / "other_proposal"
        hub.do("admit", network.application_of("es-authority"), "-o", elsewhere)
        cls.names["other_approval"] = cls.folder / "inputs" / "other_approval"
        hub.do("approve", elsewhere, "--key", network.officer_key, "-o", cls.names["other_approval"])
        cls.names["careless"] = cls.stopped.copy_to(cls.folder / "careless")
        (cls.names["careless"] / "keys" / "writer.key").chmod(0o644)
        cls.names["expert"] = cls.folder / "expert"
        run([network.programs.hansa, "--data", cls.names["expert"], "init", "--charter", network.charter, "--kind",
             "expert", "--slug", "int-expert-1", "--name", "An expert", "--country", "INT"]).expecting(0)

    @staticmethod
    def alter_root(root):
        """One character in the middle of the root document's base64."""
        body = root["body"]
        middle = len(body) // 2
        return {**root, "body": body[:middle] + ("A" if body[middle] != "A" else "B") + body[middle + 1:]}

    # What must not change.

    QUESTIONS = (("int-uil", "feeds"), ("int-uil", "members"), ("gb-bristol", "feeds"), ("gb-bristol", "indicators show"),
                 ("gb-leeds", "indicators show"), ("gb-bristol", "following"), ("gb-bristol", "keep"),
                 ("gb-partner", "feeds"))

    def state(self):
        """What those concerned answer, and which files there are."""
        told = dict(zip(self.QUESTIONS, self.network.of_all(
            lambda asked: self.network.nodes[asked[0]].ask(*asked[1].split()), self.QUESTIONS)))
        files = sorted(str(path.relative_to(self.folder)) for path in self.folder.rglob("*")
                       if not set(path.relative_to(self.folder).parts) & set(LIVELY))
        return told, files

    @staticmethod
    def changes(before, after):
        """In words, what is not as it was."""
        told = [f"{slug} answers `{question}` otherwise" for (slug, question), answer in before[0].items()
                if after[0][slug, question] != answer]
        return told + [f"made {path}" for path in sorted(set(after[1]) - set(before[1]))] + [
            f"removed {path}" for path in sorted(set(before[1]) - set(after[1]))]

    def words_of(self, case):
        words = [word.format(**self.names) for word in case.words.split()]
        if case.program == "hansad":
            return [self.network.programs.hansad, *words]
        data = ["--data", self.network.nodes[case.node].folder] if case.node else []
        return [self.network.programs.hansa, *data, *words]

    def check_line(self, case, answer):
        """Exactly one line on standard error, that says what to do."""
        self.assertEqual(answer.err.count("\n"), 1, f"not one line: {answer.err!r}")
        self.assertTrue(answer.err.startswith(f"{case.program}: "), answer.err)
        self.assertIn(case.says.format(**self.names), answer.out if case.lists else answer.err)
        self.assertNotIn("\x1b", answer.err)
        self.assertTrue(any(mark in answer.err for mark in ADVICE), f"it does not say what to do: {answer.err}")

    def check_korean(self, case):
        """The same in Korean, whole: no sentence is left in English."""
        answer = run(self.words_of(case), stdin=case.stdin, environment=KOREAN)
        self.assertEqual(answer.code, case.code)
        self.assertEqual(answer.err.count("\n"), 1, f"not one line: {answer.err!r}")
        self.assertRegex(answer.err, HANGUL)
        self.assertTrue(any(mark in answer.err for mark in KOREAN_ADVICE), f"it does not say what to do: {answer.err}")
        for line in (answer.err + answer.out).splitlines():
            self.assertIsNone(THREE_WORDS.search(NOT_OURS.sub(" ", line)), f"English is left: {line}")

    def check_case(self, case):
        self.check_korean(case)
        answer = run(self.words_of(case), stdin=case.stdin)
        self.assertEqual(answer.code, case.code, f"it said: {answer.err or answer.out}")
        self.check_line(case, answer)
        if not case.lists:
            self.assertEqual(answer.out, "")
        if not case.json:
            return
        answer = run([*self.words_of(case), "--json"], stdin=case.stdin)
        self.assertEqual(answer.code, case.code, f"with --json it said: {answer.out}")
        told = json.loads(answer.out)
        self.assertIsInstance(told, dict)
        if "error" in told:
            self.assertEqual(told["error"]["exit"], case.code)
            self.assertTrue(told["error"]["message"])
        else:  # a report that lists what is wrong
            self.assertFalse(told["ok"])
            self.assertTrue(told["errors"])
            for problem in told["errors"]:
                self.assertTrue(problem["what"] and problem["do"] and problem["rule"], problem)

    def test_every_bad_input_is_told_in_one_line_and_changes_nothing(self):
        cases = list(all_cases())
        self.assertGreaterEqual(len(cases), 150)
        self.assertEqual(len({case.name for case in cases}), len(cases), "two cases have one name")
        before = self.state()
        for case in cases:
            with self.subTest(case.name):
                try:
                    self.check_case(case)
                finally:
                    earlier, before = before, self.state()
                    self.assertEqual(self.changes(earlier, before), [])
        print(f"{len(cases)} bad inputs, each in English and in Korean")

    def test_an_ambiguous_beginning_is_no_name(self):
        """Members are named in full; nothing is guessed."""
        answer = self.network.nodes["gb-bristol"].hansa("member", "gb-")
        self.assertNotEqual(answer.code, 0)
        self.assertIn("gb-", answer.err)
        self.assertNotEqual(answer.code, USAGE)


if __name__ == "__main__":
    unittest.main(verbosity=2)
