"""Servers that are started for the measurement, and what they take of the machine, as /proc tells it."""

import os
import re
import shlex
import socket
import subprocess
import time
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryFile
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from benchmarks.speed.visitors import HOST

TICKS = os.sysconf("SC_CLK_TCK")  # a second
PROC = Path("/proc")
STARTS_WITHIN = 180  # seconds; a machine may have other work


class Server:
    """
    A server that is started by a line as a shell takes it, in which `{port}` stands for its port, as
    `LISTEN=127.0.0.1:{port} gunicorn`. Leaving the block ends it.

    Raises TimeoutError where it doesn't answer in that time.
    """

    def __init__(self, line: str, environment: dict[str, str], folder: Path):
        self.line, self.environment, self.folder = line, environment, folder

    def __enter__(self):
        self.port = free_port()
        self.log = TemporaryFile()
        self.process = subprocess.Popen(
            ["/usr/bin/env", *shlex.split(self.line.replace("{port}", str(self.port)))],
            env=self.environment,
            cwd=self.folder,
            stdout=self.log,
            stderr=self.log,
        )
        try:
            self.wait()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *error):
        self.stop()

    def wait(self):
        last = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < last and self.process.poll() is None:
            try:
                return self.get("/")
            except HTTPError:  # that is an answer
                return None
            except OSError:
                time.sleep(0.1)
        self.log.seek(0)
        raise TimeoutError(f"No answer from {self.line}: {self.log.read().decode()}")

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()

    def get(self, address: str, **headers) -> tuple[bytes, dict]:
        """The body of an answer as it is sent, and its headers, for the host that visitors ask, as pages name it."""
        request = Request(f"http://127.0.0.1:{self.port}{address}", headers=headers | {"Host": HOST})
        with urlopen(request, timeout=120) as answer:
            return answer.read(), dict(answer.headers)

    def cpu(self) -> float:
        """The seconds of processor, user and system, that all of its processes have taken so far."""
        return sum(cpu_of(pid) for pid in family(self.process.pid))

    def memory(self) -> dict[str, int]:
        """Bytes of the worker that holds most; `held` and `share` as memory_of() has them."""
        workers = family(self.process.pid)[1:] or [self.process.pid]
        return max((memory_of(pid) for pid in workers), key=itemgetter("held"))


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def status_of(pid: int) -> list[str]:
    """What /proc/PID/stat holds after the name of the program, from the state on; empty where the process has ended."""
    try:
        return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def family(pid: int) -> list[int]:
    """A process, its children, and theirs."""
    parents = {int(each.name): status_of(each.name) for each in PROC.iterdir() if each.name.isdigit()}
    found = [pid]
    for parent in found:  # it grows while it is gone through
        found += [child for child, status in parents.items() if status and int(status[1]) == parent]
    return found


def cpu_of(pid: int) -> float:
    """Seconds of processor, user and system, with those of its children that have ended."""
    return sum(map(int, status_of(pid)[11:15])) / TICKS


def memory_of(pid: int) -> dict[str, int]:
    """
    Bytes: `held` is all that a process has in memory (RSS); in `share`, what it shares counts only in part (PSS).
    """
    told = dict(re.findall(r"^(Rss|Pss): +(\d+) kB", (PROC / str(pid) / "smaps_rollup").read_text(), re.MULTILINE))
    return {"held": int(told["Rss"]) * 1024, "share": int(told["Pss"]) * 1024}
