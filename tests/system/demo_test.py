"""The demo as a test: the whole story comes true, and no process outlives it however it ends."""

import os
import pathlib
import shutil
import signal
import subprocess
import sys
import unittest

from support import SOURCES, fresh_folder

from demo_network.programs import programs_of_this_build
from demo_network.waiting import wait_until

STORY_S = 300


def processes_on(folder):
    """Process ids of nodes whose data folder is below `folder`."""
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            words = (entry / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if words[0].endswith(b"hansad") and any(word.startswith(os.fsencode(folder)) for word in words):
            found.append(int(entry.name))
    return found


class DemoTest(unittest.TestCase):
    def setUp(self):
        self.folder = fresh_folder("demo") / "kept"
        self.addCleanup(shutil.rmtree, self.folder.parent, ignore_errors=True)

    def tell(self, *options):
        environment = {**os.environ, "PYTHONPATH": str(SOURCES / "deploy"),
                       "HANSA_BUILD": str(programs_of_this_build().build)}
        words = [sys.executable, "-B", "-m", "demo_network.story", "--keep", str(self.folder), *options]
        return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment)

    def test_the_whole_story_comes_true(self):
        story = self.tell("--check")
        told, _ = story.communicate(timeout=STORY_S)
        print(told)
        self.assertEqual(story.returncode, 0)
        self.assertNotIn("FAILED", told)
        self.assertIn("19 of 19", told)
        self.assertEqual(processes_on(self.folder), [])

    def test_an_interrupted_story_leaves_no_process(self):
        for ending in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(signal=ending):
                story = self.tell()
                with story:
                    wait_until("the first node", lambda: processes_on(self.folder), explain=lambda: story.poll())
                    story.send_signal(ending)
                    told, _ = story.communicate(timeout=60)
                self.assertNotIn("Traceback", told)
                self.assertEqual(processes_on(self.folder), [])
                shutil.rmtree(self.folder)


if __name__ == "__main__":
    unittest.main(verbosity=2)
