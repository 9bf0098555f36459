"""`hansa doctor` on real processes: nothing to find on a healthy network, and for each breakage its own finding."""

import os
import pathlib
import re
import shutil
import socket
import ssl
import threading
import unittest

from support import NetworkTest

from demo_network.programs import DONE, FAILED, NOT_FOUND, run
from demo_network.waiting import wait_until

CHECKS = {"node", "disk", "space", "files", "clock", "format", "chain", "index", "peers", "hub", "set-aside", "fence"}
OF_A_RUNNING_NODE = {"index", "peers", "fence"}
# How quick its disk is, is the machine's own affair: it may well be one that gives a finding.
OF_THE_MACHINE = {"disk"}


class Proxy:
    """Whoever opens connections on the way: takes those to one address, and shows a key of its own."""

    def __init__(self, address, certificate, key):
        host, port = address.rsplit(":", 1)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate, key)
        self.listener = socket.create_server((host, int(port)))
        self.thread = threading.Thread(target=self.serve)
        self.thread.start()

    def serve(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            try:
                connection.settimeout(30)
                self.context.wrap_socket(connection, server_side=True).close()
            except OSError:
                connection.close()  # it did not like the key

    def end(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.thread.join()


class DoctorTest(NetworkTest):
    cities = ("gb-bristol", "gb-derby")

    def setUp(self):
        super().setUp()
        self.start_all()
        self.bristol = self.node("gb-bristol")
        (year,) = self.years(self.bristol, 1)
        self.import_years(self.bristol, [year])
        self.publish(self.bristol, year)
        self.network.wait_in_step()
        wait_until("Bristol to be confirmed", lambda: self.bristol.ask("status")["fence"] == "open")

    def examine(self, node):
        """What the doctor says in JSON, held to its form."""
        answer = node.hansa("doctor", "--json")
        report = answer.json()
        self.assertEqual(set(report), {"ok", "checks", "findings"})
        self.assertEqual(report["ok"], not [each for each in report["findings"] if each["level"] != "note"])
        self.assertEqual(answer.code, DONE if report["ok"] else FAILED)
        self.assertEqual({check["name"] for check in report["checks"]}, CHECKS)
        self.assertEqual(len(report["checks"]), len(CHECKS))
        for check in report["checks"]:
            self.assertEqual(set(check), {"name", "done", "why_not"})
            self.assertEqual(check["why_not"] is None, check["done"], check)
        for finding in report["findings"]:
            self.assertEqual(set(finding), {"check", "level", "what", "do"})
            self.assertIn(finding["level"], ("problem", "doubt", "note"))
            self.assertTrue(finding["what"] and finding["do"], finding)
        return report

    def found(self, node):
        """{check: [what]} of what was found, but for what is the machine's own."""
        found = {}
        for finding in self.examine(node)["findings"]:
            if finding["check"] not in OF_THE_MACHINE:
                found.setdefault(finding["check"], []).append(finding["what"])
        return found

    def not_made(self, node):
        return {check["name"]: check["why_not"] for check in self.examine(node)["checks"] if not check["done"]}

    def only(self, node, check):
        """The one finding there is, of that check."""
        found = self.found(node)
        self.assertEqual(list(found), [check], found)
        self.assertEqual(len(found[check]), 1, found)
        return found[check][0]

    def test_a_healthy_network_gives_no_finding(self):
        for node in self.network.running():
            self.assertEqual(self.found(node), {}, node.slug)
        self.assertEqual(self.not_made(self.bristol), {})
        self.assertEqual(list(self.not_made(self.hub)), ["hub"])  # it is the only one
        said = self.bristol.hansa("doctor")
        found = re.findall(r"^(?:problem|doubt) \((\w+)\)", said.out, re.MULTILINE)
        self.assertLessEqual(set(found), set(OF_THE_MACHINE), said.out)
        self.assertEqual("nothing was found" in said.out, not found, said.out)
        self.assertIn("looked at: node, chain, index, peers", said.out)
        self.assertNotIn("not looked at", said.out)

    def test_what_others_may_read(self):
        key = self.bristol.folder / "keys" / "writer.key"
        key.chmod(0o644)
        self.assertIn(f"may read the secret key {key} (mode 0644)", self.only(self.bristol, "files"))
        key.chmod(0o600)
        self.bristol.folder.chmod(0o755)
        self.assertIn(f"may look into {self.bristol.folder} (mode 0755)", self.only(self.bristol, "files"))
        self.bristol.folder.chmod(0o700)
        (self.bristol.folder / "run" / "hansa.sock").chmod(0o666)
        self.assertIn("every user of this machine may give orders", self.only(self.bristol, "files"))

    def test_a_file_of_somebody_else(self):
        if os.geteuid() != 0:
            print("SKIPPED: only root can give a file away")
            self.skipTest("only root can give a file away")
        given = self.bristol.folder / "charter.json"
        os.chown(given, 65534, -1)
        self.assertIn(f"{given} belongs to", self.only(self.bristol, "files"))

    def test_the_hub_is_off(self):
        self.hub.stop()
        found = self.found(self.bristol)
        self.assertEqual(found["hub"], [f"nobody listens at {self.hub.address}, the address of the hub"])
        self.assertLessEqual(set(found), {"hub", "peers", "fence"})  # no hub confirms it any more

    def test_somebody_opens_the_connection_to_the_hub(self):
        self.assertIsNotNone(shutil.which("openssl"), "openssl is missing: deploy/packages/install system")
        key, certificate = self.folder / "proxy.key", self.folder / "proxy.pem"
        run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-subj", "/CN=proxy", "-days",
             "1", "-out", certificate]).expecting(0)
        self.hub.stop()
        proxy = Proxy(self.hub.address, certificate, key)
        self.addCleanup(proxy.end)
        found = self.found(self.bristol)
        self.assertEqual(len(found["hub"]), 1)
        self.assertIn("somebody between here and the hub opens the connection", found["hub"][0])
        self.assertIn(self.hub.address, found["hub"][0])
        # With the node off too, by the charter and the list of members that the folder holds.
        self.bristol.stop()
        self.assertEqual(self.found(self.bristol)["hub"], found["hub"])

    def test_a_stopped_node(self):
        self.bristol.stop()
        before = self.files_of(self.bristol)
        self.assertIn(f"no node answers in {self.bristol.folder}", self.only(self.bristol, "node"))
        self.assertEqual(set(self.not_made(self.bristol)), OF_A_RUNNING_NODE)
        self.assertEqual(self.files_of(self.bristol), before)  # it looked, and changed nothing
        said = self.bristol.do("doctor", code=FAILED)
        self.assertIn("not looked at: index (only a running node can tell)", said.out)
        self.assertIn("the doctor found", said.err)
        self.restart(self.bristol)
        self.network.wait_in_step()
        wait_until("Bristol to be confirmed", lambda: self.bristol.ask("status")["fence"] == "open")
        self.assertEqual(self.found(self.bristol), {})

    def files_of(self, node):
        """What the store of a stopped node consists of, but for its diary and lock."""
        store = node.folder / "db"
        return {str(path.relative_to(store)): path.read_bytes() for path in sorted(store.rglob("*"))
                if path.is_file() and not path.name.startswith("rocksdb.log") and path.name not in ("lock", "LOCK")}

    def test_a_flipped_byte_in_a_table(self):
        self.bristol.stop()
        tables = sorted((self.bristol.folder / "db" / "rocksdb").glob("*.sst"), key=lambda path: path.stat().st_size)
        table = pathlib.Path(tables[-1])
        content = bytearray(table.read_bytes())
        content[len(content) // 3] ^= 0x01
        table.write_bytes(content)
        found = self.found(self.bristol)
        self.assertEqual(set(found), {"node", "chain"}, found)

    def test_a_lost_end_of_what_was_signed(self):
        self.bristol.stop()
        copy = self.bristol.copy_to(self.folder / "copy")
        self.restart(self.bristol)
        self.network.wait_in_step()
        record = b'{"title": "Not in the copy", "language": "en", "summary": "invented for a test"}'
        self.bristol.do("practices", "add", "-", stdin=record)
        self.bristol.stop()
        shutil.rmtree(self.bristol.folder / "db")
        shutil.copytree(copy / "db", self.bristol.folder / "db")
        found = self.found(self.bristol)
        self.assertEqual(set(found), {"node", "fence"}, found)
        self.assertIn("something that was signed here is not in the store", found["fence"][0])
        self.restart(self.bristol)
        wait_until("Bristol to see what it lost", lambda: self.bristol.ask("status")["fence"] == "recover")
        self.assertIn("its store is behind what it signed", self.found(self.bristol)["fence"][0])

    def test_what_was_set_aside(self):
        aside = self.bristol.folder / "db" / "quarantine" / "1"
        aside.mkdir(parents=True)
        (aside / "000012.log").write_bytes(bytes(1 << 20))
        self.assertIn(f"lies in {aside}, 1.0 MiB in 1 files", self.only(self.bristol, "set-aside"))

    def test_a_file_that_is_spoilt(self):
        self.bristol.stop()
        charter = self.bristol.folder / "charter.json"
        charter.write_text("{}")
        found = self.found(self.bristol)
        self.assertIn(str(charter), found["format"][0])
        self.assertEqual(set(self.not_made(self.bristol)), OF_A_RUNNING_NODE | {"chain", "hub"})

    def test_the_charter_of_another_network(self):
        self.bristol.stop()
        run([self.network.programs.hansa, "network", "found", "--name", "Other network", "--out", self.folder / "other",
             "--hub", self.hub.address]).expecting(0)
        shutil.copyfile(self.folder / "other" / "charter.json", self.bristol.folder / "charter.json")
        found = self.found(self.bristol)
        self.assertEqual(set(found), {"node", "format", "hub"}, found)
        self.assertIn("is that of the network 'Other network'", found["format"][0])
        self.assertIn("store beside it is of the network 'Test network'", found["format"][0])
        refused = run([self.network.programs.hansad, "--data", self.bristol.folder]).expecting(FAILED)
        self.assertIn("is that of the network 'Other network'", refused.err)
        self.assertIn("store beside it is of the network 'Test network'", refused.err)
        self.assertIn("put back the charter.json that the store belongs to", refused.err)
        self.assertEqual(len(refused.err.strip().splitlines()), 1, refused.err)
        shutil.copyfile(self.network.charter, self.bristol.folder / "charter.json")
        self.restart(self.bristol)

    def test_in_korean(self):
        key = self.bristol.folder / "keys" / "writer.key"
        key.chmod(0o644)
        said = self.bristol.do("--lang", "ko", "doctor", code=FAILED)
        self.assertIn(f"이 컴퓨터의 다른 사용자가 비밀 키 {key}을(를) 읽을 수 있습니다(권한 0644)", said.out)
        self.assertIn("할 일: `chmod 600", said.out)
        self.assertIn("살펴본 것: 노드, 서명 사슬, 뷰 색인, 이웃", said.out)
        self.assertNotIn("may read", said.out)

    def test_no_folder_at_all(self):
        missing = self.folder / "nowhere"
        answer = run([self.network.programs.hansa, "--data", missing, "doctor", "--json"]).expecting(NOT_FOUND)
        self.assertIn(str(missing), answer.json()["error"]["message"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
