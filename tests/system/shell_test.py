"""What goes with the program on a machine holds in real shells and real readers of manuals: completion in bash (with and
without the package bash-completion) and zsh, and every manual page in both languages."""

import os
import re
import shutil
import unittest

from support import NetworkTest, fresh_folder
from terminal import Terminal

from demo_network.programs import plain_environment, programs_of_this_build, run

PROGRAMS = programs_of_this_build()
SHARE = PROGRAMS.build / "share"
BASH = SHARE / "bash-completion" / "completions" / "hansa"
ZSH = SHARE / "zsh" / "site-functions" / "_hansa"

# Calls the function as bash would, and prints what it leaves: what readline is asked to do itself, and the offers.
ASK_BASH = r"""
source "$1"; shift
compopt() { echo "readline: $*"; }
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_hansa "$1" "${@: -1}" "${@: -2:1}"
for offer in "${COMPREPLY[@]}"; do printf '%s\n' "$offer"; done
"""

FOLDERS = ["readline: -o dirnames"]
FILES = ["readline: -o default"]
EVERYWHERE = {"--data", "--socket", "--json", "--quiet", "--verbose", "--lang", "--help"}


def environment(**more):
    """That of a shell in which `hansa` is the one of this build, and no node is at hand."""
    path = f"{PROGRAMS.hansa.parent}:{os.environ['PATH']}"
    return {**plain_environment(), "PATH": path, "HANSA_DATA": "/nonexistent", **more}


def offers(line, **more):
    """What bash is offered where `line` ends, which it splits at blanks, = and :."""
    words = re.findall(r"[=:]+|[^\s=:]+", line)
    if line.endswith(" "):
        words.append("")
    answer = run(["bash", "--noprofile", "--norc", "-c", ASK_BASH, "bash", BASH, *words], environment=environment(**more))
    if answer.err:
        raise AssertionError(f"{line!r}: {answer.err}")
    return answer.expecting(0).out.splitlines()


class BashTest(unittest.TestCase):
    def test_the_script_is_sound(self):
        answer = run(["bash", "-n", BASH])
        self.assertEqual((answer.code, answer.err), (0, ""))

    def test_what_is_offered(self):
        for line, expected in {
            "hansa indi": ["indicators"],
            "hansa indicators i": ["import"],
            "hansa --json indicators --quiet im": ["import"],
            "hansa --data /x peer ": ["add", "remove"],
            "hansa --data=/x peer ": ["add", "remove"],
            "hansa statsu ": [],
            "hansa statsu --": [],
            "hansa indicators imprt --": [],
            "hansa indicators import --e": ["--encoding"],
            "hansa indicators import x.csv --year 2024 --sk": ["--skip-others"],
            "hansa indicators import ": FILES,
            "hansa indicators import --year ": [],
            "hansa indicators import --encoding CP949 ": FILES,
            "hansa network found --out ": FOLDERS,
            "hansa --data ": FOLDERS,
            "hansa --data=": FOLDERS,
            "hansa status --socket=/r": FILES,
            "hansa admit a.json --recommendation ": FILES,
            "hansa keep ": ["all", "followed"],
            "hansa keep f": ["followed"],
            "hansa init --kind s": ["survey-agency", "secretariat"],
            "hansa init --country KO": ["KOR"],
            "hansa offers list --state=wi": ["withdrawn"],
            "hansa offers conclude 5f0c2a --how e": ["ended\\ early"],
            "hansa follow gb-x practices of": ["offers"],
            "hansa catalogue 1.1.1/adult-literacy-rate#f": ["1.1.1/adult-literacy-rate#female"],
            "hansa practices list --feature 3.3.1": ["3.3.1"],
            "hansa practices list --lang ": [],
            "hansa --lang ": ["en", "ko"],
            "hansa completion ": ["bash", "zsh"],
            "hansa help exit": ["exit-codes"],
            "hansa help indicators pub": ["publish"],
            "hansa peer add hub.example.org:74": [],
            "hansa member ": [],
        }.items():
            with self.subTest(line):
                self.assertEqual(offers(line), expected)

    def test_options_of_all_commands_are_offered_with_those_of_the_command(self):
        self.assertEqual(set(offers("hansa -")), EVERYWHERE | {"--version"})
        self.assertEqual(set(offers("hansa status -")), EVERYWHERE | {"--check"})
        self.assertEqual(set(offers("hansa status ")), EVERYWHERE | {"--check"})
        self.assertEqual(sorted(offers("hansa practices list --l")), ["--lang"])

    def test_who_lets_equals_break_no_words_gets_whole_ones(self):
        words = ["hansa", "offers", "list", "--state=wi"]
        script = f"COMP_WORDBREAKS=' '\n{ASK_BASH}"
        answer = run(["bash", "--noprofile", "--norc", "-c", script, "bash", BASH, *words], environment=environment())
        self.assertEqual(answer.out.split(), ["--state=withdrawn"])

    def check_at_a_terminal(self, terminal):
        folder = fresh_folder("bash")
        self.addCleanup(shutil.rmtree, folder)
        (folder / "two words.csv").touch()
        terminal.do(f"cd {folder}")
        self.assertEqual(terminal.completed("hansa indi\timp\ttwo\t"), "hansa indicators import two\\ words.csv ")
        conclude = "hansa offers conclude x --how wit"
        self.assertEqual(terminal.completed(f"{conclude}\t"), f"{conclude}hout\\ result ")
        self.assertEqual(terminal.completed("hansa offers list --state=pa\t"), "hansa offers list --state=past ")
        self.assertEqual(terminal.completed("hansa statsu --ch\t"), "hansa statsu --ch")
        terminal.listed("hansa peer \t\t", r"add\s+remove")

    def test_at_a_terminal_without_the_package(self):
        with Terminal("bash", environment()) as terminal:
            terminal.do(f"source {BASH}")
            self.check_at_a_terminal(terminal)

    def test_at_a_terminal_where_the_package_loads_it(self):
        with Terminal("bash", environment(XDG_DATA_DIRS=str(SHARE))) as terminal:
            terminal.do("source /usr/share/bash-completion/bash_completion")
            self.check_at_a_terminal(terminal)


class ZshTest(unittest.TestCase):
    def test_the_script_is_sound(self):
        answer = run(["zsh", "-f", "-n", ZSH])
        self.assertEqual((answer.code, answer.err), (0, ""))

    def check_at_a_terminal(self, terminal):
        folder = fresh_folder("zsh")
        self.addCleanup(shutil.rmtree, folder)
        (folder / "two words.csv").touch()
        terminal.do(f"cd {folder}")
        for typed, expected in {
            "hansa indi\t": "hansa indicators ",
            "hansa indicators imp\t": "hansa indicators import ",
            "hansa --json indicators --quiet imp\t": "hansa --json indicators --quiet import ",
            "hansa indicators import --sk\t": "hansa indicators import --skip-others ",
            "hansa indicators import two\t": "hansa indicators import two\\ words.csv ",
            "hansa statsu --ch\t": "hansa statsu --ch",
            "hansa keep fo\t": "hansa keep followed ",
            "hansa --data . keep fo\t": "hansa --data . keep followed ",
            "hansa init --kind surv\t": "hansa init --kind survey-agency ",
            "hansa follow gb-x practices of\t": "hansa follow gb-x practices offers ",
            "hansa offers conclude x --how wit\t": "hansa offers conclude x --how without\\ result ",
            "hansa indicators history 1.1.1/adult-literacy-rate#f\t":
                "hansa indicators history 1.1.1/adult-literacy-rate\\#female ",
            "hansa practices list --lang k\t": "hansa practices list --lang k",
            "hansa --lang k\t": "hansa --lang ko ",
            "hansa help indicators pub\t": "hansa help indicators publish ",
        }.items():
            with self.subTest(typed):
                self.assertEqual(terminal.completed(typed), expected)
        terminal.listed("hansa indicators \t", r"import\s+-- read a CSV or XLSX file into the draft: all of it or nothing\s")
        terminal.listed("hansa status --\t", r"--data\s+-- the node's data folder; else \$HANSA_DATA, else the one found\s")

    def test_at_a_terminal_where_it_is_found_by_its_name(self):
        with Terminal("zsh", environment()) as terminal:
            terminal.do(f"fpath=({ZSH.parent} $fpath); autoload -Uz compinit; compinit -u -D")
            self.check_at_a_terminal(terminal)

    def test_at_a_terminal_where_it_is_read_from_the_program(self):
        with Terminal("zsh", environment()) as terminal:
            terminal.do("autoload -Uz compinit; compinit -u -D; source <(hansa completion zsh --lang en)")
            self.check_at_a_terminal(terminal)

    def test_it_speaks_korean(self):
        answer = run([PROGRAMS.hansa, "completion", "zsh", "--lang", "ko"]).expecting(0)
        self.assertNotEqual(answer.out, ZSH.read_text(encoding="utf-8"))
        checked = run(["zsh", "-f", "-n", "/dev/stdin"], stdin=answer.out)
        self.assertEqual((checked.code, checked.err), (0, ""))


class MembersTest(NetworkTest):
    cities = ()

    def test_members_are_those_that_the_running_node_knows(self):
        folder = self.hub.folder
        at_hand = {"HANSA_DATA": str(folder)}
        self.assertEqual(offers("hansa member in", **at_hand), ["int-uil"])
        self.assertEqual(offers("hansa indicators show --member ", **at_hand), ["int-uil"])
        self.assertEqual(offers(f"hansa --data {folder} follow "), ["int-uil"])
        self.assertEqual(offers(f"hansa feeds --socket={folder}/run/hansa.sock "), ["int-uil"])
        with Terminal("zsh", environment()) as terminal:
            terminal.do(f"fpath=({ZSH.parent} $fpath); autoload -Uz compinit; compinit -u -D")
            typed = f"hansa --data {folder} feeds "
            self.assertEqual(terminal.completed(f"{typed}int\t"), f"{typed}int-uil ")
        self.hub.stop()
        self.assertEqual(offers("hansa member in", **at_hand), [])


class ManualTest(unittest.TestCase):
    def pages(self, language):
        return sorted((SHARE / "man" / language).glob("man[0-9]/*.[0-9]"))

    def test_both_languages_have_a_page_on_everything(self):
        english = [page.name for page in self.pages("")]
        self.assertEqual(english, [page.name for page in self.pages("ko")])
        for name in ("hansa.1", "hansad.8", "hansa-indicators-import.1", "hansa-status.1", "hansa-help.1"):
            self.assertIn(name, english)

    def test_the_form_is_sound(self):
        pages = self.pages("") + self.pages("ko")
        answer = run(["mandoc", "-T", "lint", "-W", "warning", *pages])
        self.assertEqual((answer.code, answer.out, answer.err), (0, "", ""))

    def test_every_page_can_be_read(self):
        for page in self.pages("") + self.pages("ko"):
            with self.subTest(str(page.relative_to(SHARE))):
                answer = run(["mandoc", "-T", "utf8", page]).expecting(0)
                shown = re.sub(r".\x08", "", answer.out)
                self.assertRegex(shown, rf"\n +{re.escape(page.stem)} - \S")
                self.assertNotIn("\\", shown.replace("\\ ", ""))

    def test_korean_pages_are_in_korean(self):
        shown = run(["mandoc", "-T", "utf8", SHARE / "man" / "ko" / "man1" / "hansa.1"]).expecting(0).out
        self.assertGreater(len(re.findall("[가-힣]", re.sub(r".\x08", "", shown))), 500)


if __name__ == "__main__":
    unittest.main(verbosity=2)
