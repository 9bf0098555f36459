"""Prometheus, as Debian has it: promtool finds nothing to say against the metrics of a node, and a server that scrapes the
node finds it up, with its figures."""

import json
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import unittest
import urllib.parse
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "deploy"))

from demo_network.network import Network  # noqa: E402
from demo_network.programs import programs_of_this_build  # noqa: E402
from demo_network.waiting import wait_until  # noqa: E402

CONFIGURATION = """
global: {{scrape_interval: 1s, scrape_timeout: 1s}}
scrape_configs:
  - job_name: hansa
    static_configs: [{{targets: ['{address}']}}]
"""


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


class PrometheusTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="hansa-prometheus-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        network = Network(programs_of_this_build(), self.folder / "network", options=("--http", "127.0.0.1:0"))
        self.addCleanup(network.end)
        network.found()
        network.start([network.hub])
        self.address = network.hub.endpoints()["http"]

    def test_promtool_finds_nothing_to_say(self):
        with urllib.request.urlopen(f"http://{self.address}/metrics", timeout=60) as answer:
            metrics = answer.read()
        self.assertIn(b"hansa_", metrics)
        checked = subprocess.run(["promtool", "check", "metrics"], input=metrics, capture_output=True, timeout=60)
        self.assertEqual((checked.returncode, checked.stdout, checked.stderr), (0, b"", b""))
        broken = metrics.replace(b"# TYPE", b"# TIPO", 1) + b"hansa_nothing{\n"
        self.assertNotEqual(subprocess.run(["promtool", "check", "metrics"], input=broken, capture_output=True,
                                           timeout=60).returncode, 0)

    def test_a_server_finds_the_node_up_and_its_figures(self):
        configuration = self.folder / "prometheus.yml"
        configuration.write_text(CONFIGURATION.format(address=self.address))
        server = f"127.0.0.1:{free_port()}"
        output = self.folder / "prometheus.txt"
        with open(output, "wb") as written:
            prometheus = subprocess.Popen(
                ["prometheus", f"--config.file={configuration}", f"--storage.tsdb.path={self.folder / 'series'}",
                 f"--web.listen-address={server}"], stdin=subprocess.DEVNULL, stdout=written, stderr=written)
        try:
            def value_of(metric):
                query = urllib.parse.urlencode({"query": metric})
                try:
                    with urllib.request.urlopen(f"http://{server}/api/v1/query?{query}", timeout=60) as answer:
                        found = json.load(answer)["data"]["result"]
                except OSError:
                    self.assertIsNone(prometheus.poll(), output.read_text("utf-8", "replace"))
                    return None
                return found[0]["value"][1] if found else None

            wait_until("the node to be up", lambda: value_of("up") == "1", 120, explain=lambda: output.read_text())
            self.assertEqual(value_of("hansa_peers_connected"), "0")
            self.assertEqual(value_of("hansa_info"), "1")
        finally:
            prometheus.terminate()
            prometheus.wait(60)


if __name__ == "__main__":
    unittest.main(verbosity=2)
