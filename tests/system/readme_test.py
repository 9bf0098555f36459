"""The README's story, typed as it stands there: every command is run, and what it prints has the shape of what the README
shows. A shape is the text with its numbers, times, hashes and ids left open; ids that the README shows stand for those that
came out here, in later commands too. A line `…` in the README stands for any number of lines.
"""

import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import unittest

import support  # makes demo_network importable

from demo_network.programs import ROOT, plain_environment, programs_of_this_build

README = ROOT / "README.md"
PATIENCE_S = 30.0
# Commands that only look may be typed again until they show what has arrived.
LOOKING = ("status", "news", "list", "show", "verify", "partnerships", "members", "following", "peers", "history", "feeds")
OPEN = re.compile(r"\b[0-9a-f]{8,64}\b|\b\d[\d,.:-]*\b")


def steps_of(text):
    """[(command, [lines it prints])] of the indented blocks with `$ `, in their order."""
    steps, here_ends = [], None
    for line in text.splitlines():
        if here_ends is not None:
            steps[-1][0] += "\n" + line[4:]
            here_ends = None if line.strip() == here_ends else here_ends
        elif line.startswith("    $ "):
            steps.append([line[6:], []])
            found = re.search(r"<<'?(\w+)'?", line)
            here_ends = found.group(1) if found else None
        elif line.startswith("    ") and steps and steps[-1][0]:
            steps[-1][1].append(line[4:])
        elif line.strip() and steps:
            steps.append(["", []])  # prose ends what the last command printed
    return [(command, lines) for command, lines in steps if command]


def shape(line):
    line = re.sub(r"; (held by .*|nobody else is known .*|no other member has .*)$", "; held by …", line)
    return re.sub(r"\s+", " ", OPEN.sub("#", line)).strip()


def fits(shown, printed):
    """Whether `printed` has the shape of the lines `shown`."""
    if not shown:
        return not printed
    if shown[0].strip() == "…":
        return any(fits(shown[1:], printed[at:]) for at in range(len(printed) + 1))
    return bool(printed) and shape(shown[0]) == shape(printed[0]) and fits(shown[1:], printed[1:])


class ReadmeTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="hansa-readme-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        (self.folder / "deploy").symlink_to(ROOT / "deploy")
        self.nodes = []  # processes, in the order of their start
        self.addCleanup(self.end_nodes)
        self.stands_for = {}  # what the README says → what it is here
        programs = programs_of_this_build()
        self.environment = plain_environment()
        self.environment["PATH"] = f"{programs.hansa.parent}:{os.environ['PATH']}"

    def end_nodes(self):
        for process in self.nodes:
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
            process.wait()

    def here(self, text):
        """`text` with the ports and ids of this run."""
        for port in set(re.findall(r"127\.0\.0\.1:(\d+)", text)):
            if port not in self.stands_for:
                with socket.socket() as free:
                    free.bind(("127.0.0.1", 0))
                    self.stands_for[port] = str(free.getsockname()[1])
        for shown in sorted(self.stands_for, key=len, reverse=True):
            text = re.sub(rf"\b{shown}\b", self.stands_for[shown], text)
        # An id may be typed by its beginning.
        for word in set(re.findall(r"\b[0-9a-f]{6,64}\b", text)):
            for shown, real in self.stands_for.items():
                if len(shown) > len(word) and shown.startswith(word):
                    text = text.replace(word, real[: len(word)])
        return text

    def learn(self, shown, printed):
        """Ids on lines of the same shape stand for one another."""
        by_shape = {shape(line): line for line in printed}
        for line in shown:
            real = by_shape.get(shape(line), "")
            for left, right in zip(OPEN.findall(line), OPEN.findall(real)):
                if re.fullmatch(r"[0-9a-f]{8,64}", left):
                    self.stands_for[left] = right

    def run_once(self, command):
        done = subprocess.run(["bash", "-c", command], cwd=self.folder, env=self.environment, timeout=120,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        return [line for line in done.stdout.splitlines() if line.strip()]  # blank ones are the page's own

    def start_node(self, command):
        with open(self.folder / f"node-{len(self.nodes)}.txt", "wb") as output:
            process = subprocess.Popen(command.rstrip("& ").split(), cwd=self.folder, env=self.environment,
                                       stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        self.nodes.append(process)
        endpoints = self.folder / re.search(r"--data (\S+)", command).group(1) / "run" / "endpoints.json"
        deadline = time.monotonic() + PATIENCE_S
        while not endpoints.exists():
            self.assertIsNone(process.poll(), f"{command} ended as it started")
            self.assertLess(time.monotonic(), deadline, f"{command} did not start")
            time.sleep(0.02)

    def type(self, command, shown):
        command = self.here(command)
        if command.endswith("&"):
            return self.start_node(command)
        if command.startswith("kill %"):
            process = self.nodes[int(command[6:]) - 1]
            process.send_signal(signal.SIGTERM)
            return self.assertEqual(process.wait(PATIENCE_S), 0)
        looks = any(f" {word}" in command for word in LOOKING)
        deadline = time.monotonic() + PATIENCE_S
        while True:
            printed = self.run_once(command)
            if fits([self.here(line) for line in shown], printed):
                return self.learn(shown, printed)
            if not looks or time.monotonic() > deadline:
                self.fail(f"$ {command}\n" + "\n".join(printed) + "\n\nthe README shows:\n" + "\n".join(shown))

    def test_every_command_does_what_the_readme_shows(self):
        steps = steps_of(README.read_text(encoding="utf-8"))
        self.assertGreater(len(steps), 25)
        for command, shown in steps:
            with self.subTest(command=command):
                self.type(command, shown)


class ShapesTest(unittest.TestCase):
    def test_a_shape_leaves_open_what_differs_from_run_to_run(self):
        self.assertEqual(shape("record 8d1366908b71, entry 16"), shape("record  0a1b2c3d4e5f, entry 3"))
        self.assertNotEqual(shape("published 5 values"), shape("taken back 5 values"))

    def test_three_points_stand_for_any_lines(self):
        self.assertTrue(fits(["a", "…", "d"], ["a", "b", "c", "d"]))
        self.assertTrue(fits(["a", "…"], ["a"]))
        self.assertFalse(fits(["a", "d"], ["a", "b", "d"]))
        self.assertFalse(fits([], ["a"]))

    def test_commands_and_what_they_print_are_told_apart(self):
        text = "Say:\n\n    $ one 'two'\n    prints\n\nThen:\n\n    not a command\n    $ cat <<'END'\n    x\n    END\n"
        self.assertEqual(steps_of(text), [("one 'two'", ["prints"]), ("cat <<'END'\nx\nEND", [])])


if __name__ == "__main__":
    unittest.main(verbosity=2)
