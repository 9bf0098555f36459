"""The letters that test vectors are written in: integers, tags, hashes, keys that grow from fixed seeds, protobuf."""
import hashlib
import struct
import sys

try:
    from nacl import bindings
    from nacl.signing import SigningKey
except ImportError:
    print("SKIPPED: python3-nacl is not installed, so the vectors cannot be computed again")
    sys.exit(77)

def u8(n): return struct.pack(">B", n)
def u16(n): return struct.pack(">H", n)
def u32(n): return struct.pack(">I", n)
def u64(n): return struct.pack(">Q", n)
def sha(data): return hashlib.sha256(data).digest()
def tag(text): return text.encode("ascii").ljust(16, b"\0")
def some(label, size=32): return hashlib.shake_256(b"hansa vector: " + label.encode()).digest(size)


class Key:
    def __init__(self, label):
        self.seed = some("key " + label)
        self._signing = SigningKey(self.seed)
        self.public = bytes(self._signing.verify_key)

    def sign(self, message):
        return self._signing.sign(message).signature


def varint(n):
    out = b""
    while n > 0x7F:
        out, n = out + u8(n & 0x7F | 0x80), n >> 7
    return out + u8(n)


def pb(*fields):
    """Fields (number, value) in ascending order; None, 0 and empty are left out; a list is a repeated field."""
    out = b""
    for number, value in fields:
        for item in value if isinstance(value, list) else [value] if value else []:
            if isinstance(item, int):
                out += varint(number << 3) + varint(item)
            else:
                item = item.encode() if isinstance(item, str) else item
                out += varint(number << 3 | 2) + varint(len(item)) + item
    return out
