"""A key that was never listed never reaches HTTP/2 on the running node. Looked at by OpenSSL from outside: after the
handshake a listed key gets HTTP/2's first frame, any other gets no byte at all."""

import shutil
import socket
import ssl
import unittest

from support import NetworkTest

from demo_network.forger import knock
from demo_network.node import Place
from demo_network.programs import run
from demo_network.waiting import wait_until

# PKCS #8 of an Ed25519 key is this and the 32 bytes of the seed.
PKCS8 = bytes.fromhex("302e020100300506032b657004220420")
HTTP2_OPENING = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes([0, 0, 0, 4, 0, 0, 0, 0, 0])
SETTINGS = 4
# A few of each: the door turns away an address that comes too often, before any handshake.
TRIES = 3


class UnlistedKeyTest(NetworkTest):
    cities = ("gb-bristol",)

    def setUp(self):
        super().setUp()
        self.assertIsNotNone(shutil.which("openssl"), "openssl is missing: deploy/packages/install system")

    def certificate(self, name, key_options=None, seed=None):
        """Paths of a key and of a certificate around it: from a seed, or made by openssl with `key_options`."""
        key, certificate = self.folder / f"{name}.key", self.folder / f"{name}.pem"
        if seed is None:
            run(["openssl", "genpkey", *key_options, "-out", key]).expecting(0)
        else:
            der = self.folder / f"{name}.der"
            der.write_bytes(PKCS8 + seed)
            run(["openssl", "pkey", "-inform", "DER", "-in", der, "-out", key]).expecting(0)
        run(["openssl", "req", "-x509", "-new", "-key", key, "-subj", "/CN=nobody", "-days", "1", "-out", certificate]
            ).expecting(0)
        return key, certificate

    def first_bytes(self, address, certificate=None):
        """What the node says first after the handshake; empty if it hangs up instead.

        None if it hung up before it showed its own key: then the handshake decided nothing.
        """
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        context.set_alpn_protocols(["h2"])
        if certificate:
            context.load_cert_chain(certificate[1], certificate[0])
        host, port = address.rsplit(":", 1)
        secret = None
        try:
            with socket.create_connection((host, int(port)), 30) as plain, context.wrap_socket(plain) as secret:
                secret.sendall(HTTP2_OPENING)
                return secret.recv(4096)
        except TimeoutError:
            self.fail("the node neither answered nor hung up within 30 s")
        except OSError:  # an alert, or a connection cut short
            return None if secret is None else b""

    def after_handshake(self, address, certificate=None):
        """As first_bytes, once the door has let us as far as a handshake."""
        def said():
            answer = self.first_bytes(address, certificate)
            return None if answer is None else [answer]

        return wait_until("the door to let us try", said)[0]

    def assert_no_byte(self, address, certificate=None):
        for _ in range(TRIES):
            self.assertEqual(self.after_handshake(address, certificate), b"")

    def test_only_a_listed_key_hears_http2(self):
        bristol = self.node("gb-bristol")
        seed = bytes.fromhex((bristol.folder / "keys" / "tls.key").read_text().strip())
        listed = self.certificate("listed", seed=seed)
        opening = self.after_handshake(self.hub.address, listed)
        self.assertGreaterEqual(len(opening), 9, "a listed key is not let in: this test would pass whatever happens")
        self.assertEqual(opening[3], SETTINGS)

        ed25519 = self.certificate("ed25519", ["-algorithm", "ED25519"])
        p256 = self.certificate("p256", ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"])
        rsa = self.certificate("rsa", ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"])
        for name, certificate in (("ed25519", ed25519), ("p256", p256), ("rsa", rsa), ("none at all", None)):
            with self.subTest(key=name):
                self.assert_no_byte(self.hub.address, certificate)
        # The node is none the worse for it.
        self.assertEqual(self.after_handshake(self.hub.address, listed)[3], SETTINGS)

    def test_an_applicants_key_is_let_in_once_it_is_admitted_and_not_before(self):
        newcomer = self.network.init(Place("city", "gb-leeds", "Leeds", "GBR"))
        seed = bytes.fromhex((newcomer.folder / "keys" / "tls.key").read_text().strip())
        certificate = self.certificate("newcomer", seed=seed)
        self.assert_no_byte(self.hub.address, certificate)
        self.network.recommend(self.authority, "gb-leeds")
        self.hub.do("admit", self.network.application_of("gb-leeds"),
                    "--recommendation", self.network.recommendation_of("gb-leeds"))
        wait_until("the newcomer to be let in", lambda: self.first_bytes(self.hub.address, certificate))

    def test_a_stranger_that_speaks_the_protocol_is_turned_away(self):
        self.start_all()
        for node in self.network.running():
            answer = knock(self.network.programs, node.address)
            self.assertFalse(answer["ok"], f"{node.slug} let a stranger in")
            self.assertIn("refused us", answer["why"])
        self.network.wait_in_step()


if __name__ == "__main__":
    unittest.main(verbosity=2)
