"""Visitors who ask a server on this machine for one page, each again as soon as it has the answer."""

import selectors
import socket
from dataclasses import dataclass, field
from itertools import cycle
from math import inf
from time import perf_counter

HOST = "127.0.0.1"
MOST_BYTES = 262_144  # read at once


@dataclass
class Visit:
    """What visitors met: the seconds that each answer took, and those from the first question to the last answer."""

    times: list[float] = field(default_factory=list)
    seconds: float = 0


class Visitor:
    """Keeps its connection as long as the server does."""

    def __init__(self, port: int, status: int):
        self.port, self.status = port, status
        self.connection = None

    def ask(self, question: bytes):
        self.question, self.answer, self.asked = question, b"", perf_counter()
        if self.connection is None:
            self.connection = socket.create_connection(("127.0.0.1", self.port), timeout=60)
            self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.connection.sendall(self.question)

    def hear(self) -> bool:
        """Reads what has come; whether the answer is complete. Raises ValueError where it isn't the one expected."""
        came = self.connection.recv(MOST_BYTES)
        self.answer += came
        if came and not is_complete(self.answer):
            return False
        if not self.answer.startswith(b"HTTP/1.1 %d " % self.status):
            raise ValueError(f"{self.question[:200]!r} was answered by {self.answer[:200]!r}")
        self.is_let_go = not came or b"\r\nconnection: close" in head_of(self.answer)
        return True

    def leave(self):
        self.connection.close()
        self.connection = None


def head_of(answer: bytes) -> bytes:
    """The line of status and the headers, in small letters."""
    return answer.partition(b"\r\n\r\n")[0].lower()


def is_complete(answer: bytes) -> bool:
    """Whether an answer that is being read has come whole; one without a length ends with its connection."""
    head, ended, body = answer.partition(b"\r\n\r\n")
    head = head.lower()
    if not ended:
        return False
    if b"\r\ncontent-length:" in head:
        return len(body) >= int(head.partition(b"\r\ncontent-length:")[2].partition(b"\r\n")[0])
    if b"\r\ntransfer-encoding: chunked" in head:
        return body.endswith(b"0\r\n\r\n")
    return b" 304 " in head.partition(b"\r\n")[0]


def question(address: str, headers: dict[str, str]) -> bytes:
    lines = [f"GET {address} HTTP/1.1", f"Host: {HOST}", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode()


def visit(port: int, questions: list[bytes], seconds=inf, answers=inf, visitors: int = 10, status: int = 200) -> Visit:
    """
    Lets visitors ask, one question after the other, until the seconds are over or so many answers have come, and waits
    for those under way. Raises ValueError where an answer has another status.
    """
    found, next_questions = Visit(), cycle(questions)
    with selectors.DefaultSelector() as waiting:

        def ask(visitor):
            visitor.ask(next(next_questions))
            waiting.register(visitor.connection, selectors.EVENT_READ, visitor)

        begun = perf_counter()
        for _number in range(visitors):
            ask(Visitor(port, status))
        while waiting.get_map():
            for key, _events in waiting.select():
                visitor = key.data
                if not visitor.hear():
                    continue
                now = perf_counter()
                found.times.append(now - visitor.asked)
                waiting.unregister(visitor.connection)
                goes_on = now - begun < seconds and len(found.times) + len(waiting.get_map()) < answers
                if visitor.is_let_go or not goes_on:
                    visitor.leave()
                if goes_on:
                    ask(visitor)
        found.seconds = perf_counter() - begun
    return found
