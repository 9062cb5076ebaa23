"""A name server that knows a few names (RFC 1035)."""

import socket
import struct
import threading

import pytest

# Resolvers ask at this port and no other.
port = 53
type_a, class_internet = 1, 1


class NameServer:
    """Answers on an address of this machine's loopback that nobody else uses, while it is entered.

    asked: the names it was asked for.
    """

    address = "127.0.53.64"

    def __init__(self, addresses):
        self.addresses = addresses
        self.asked = set()
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            self.socket.bind((self.address, port))
        except PermissionError:
            self.socket.close()
            pytest.skip(f"only root may listen at port {port}")

    def __enter__(self):
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_):
        # An empty question: nobody waits any longer.
        self.socket.sendto(b"", (self.address, port))

    def _serve(self):
        with self.socket:
            while True:
                question, sender = self.socket.recvfrom(512)
                if not question:
                    return
                self.socket.sendto(self.answer(question), sender)

    def answer(self, question):
        labels, end = [], 12
        while length := question[end]:
            labels.append(question[end + 1:end + 1 + length].decode())
            end += length + 1
        kind, _ = struct.unpack_from("!HH", question, end + 1)
        name = ".".join(labels).lower()
        self.asked.add(name)
        address = self.addresses.get(name)
        answers = b""
        if address and kind == type_a:
            # 0xC00C: the name as it stands in the question, which begins at byte 12.
            answers = struct.pack("!HHHIH", 0xC00C, type_a, class_internet, 60, 4) + socket.inet_aton(address)
        # A response that knows better than anybody, or one that says that there is no such name.
        flags = 0x8580 if address else 0x8583
        head = question[:2] + struct.pack("!HHHHH", flags, 1, bool(answers), 0, 0)
        return head + question[12:end + 5] + answers
