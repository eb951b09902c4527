"""
What servers cost with the portal behind them: milliseconds of the processor a request (all processes together),
requests a second, the median and the slowest hundredth of the answers' times for ten visitors at once, and memory.

    .venv/bin/python manage.py collectstatic --noinput     # with DEBUG=false, as for production
    .venv/bin/python benchmarks/serving.py                 # on the configured database, which should hold the demo
    .venv/bin/python benchmarks/serving.py --rounds 2 "2 × 2 threads" granian

Rounds are interleaved and medians shown: other work on the machine disturbs all but the processor's time and memory.
The visitors come from this process, on the same machine. Memory is what all processes of the server take, after the
load (PSS). The last page is a small one asked for by one visitor while two others ask for a large one over and over.
Granian takes part where it is installed.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from math import nan
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
PORT = 8741
VISITORS = 10
SMALL, LARGE = "/robots.txt", "/en/projects/inno-industry/"
PAGES = {SMALL: 1000, "/en/projects/": 60, LARGE: 60}  # how often each is asked for
BESIDE = f"{SMALL} beside {LARGE}"
PRODUCTION = {"DEBUG": "false", "HTTPS": "false", "ALLOWED_HOSTS": "127.0.0.1", "WEB_ADDRESS": f"127.0.0.1:{PORT}"}
GUNICORN = [BIN / "gunicorn"]
BARE = ["--config=/dev/null", f"--bind=127.0.0.1:{PORT}", "--workers=2", "--threads=2", "interreg_portal.wsgi"]
GRANIAN = [BIN / "granian", "--interface=wsgi", f"--port={PORT}", "--workers=2", "--no-ws", "--blocking-threads=1"]
# By name, processes × threads: the command, and what it finds in the environment.
SERVERS = {
    "2 × 1 thread": (GUNICORN, {"WEB_THREADS": "1"}),
    "2 × 2 threads": (GUNICORN, {"WEB_THREADS": "2"}),
    "2 × 4 threads": (GUNICORN, {"WEB_THREADS": "4"}),
    "2 × 2 threads, each process loads the portal": ([*GUNICORN, "--no-control-socket", *BARE], {}),
    "2 sync processes": ([*GUNICORN, "--worker-class=sync"], {"WEB_THREADS": "1"}),
    "granian": ([*GRANIAN, "interreg_portal.wsgi:application"], {}),
}


def family(pid: int) -> list[int]:
    """The process and all below it."""
    lists = [(task / "children").read_text().split() for task in Path(f"/proc/{pid}/task").iterdir()]
    return [pid, *(each for children in lists for child in children for each in family(int(child)))]


def processor(pid: int) -> float:
    """Seconds that the processes took so far, those that ended included."""
    stats = [Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split() for each in family(pid)]
    return sum(int(ticks) for stat in stats for ticks in stat[11:15]) / os.sysconf("SC_CLK_TCK")


def memory(pid: int) -> float:
    """MB"""
    tellings = [Path(f"/proc/{each}/smaps_rollup").read_text() for each in family(pid)]
    return sum(int(re.search(r"^Pss:\s+(\d+)", told, re.MULTILINE)[1]) for told in tellings) / 1024


def visit(page: str, times: int) -> list[float]:
    """Ask for a page so often, over one connection while the server keeps it; how long each answer took, in ms."""
    connection, took = HTTPConnection("127.0.0.1", PORT, timeout=60), []
    for _ in range(times):
        start = time.perf_counter()
        connection.request("GET", page, headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200, (page, answer.status)  # noqa: S101
        took.append((time.perf_counter() - start) * 1000)
    connection.close()
    return took


def crowd(page: str, times: int) -> list[float]:
    with ThreadPoolExecutor(VISITORS) as visitors:
        shares = visitors.map(visit, [page] * VISITORS, [times // VISITORS] * VISITORS)
        return [each for took in shares for each in took]


def beside() -> list[float]:
    """How long a small page takes while two visitors ask for a large one, each over a new connection, in ms."""
    with ThreadPoolExecutor(2) as others:
        large = [others.submit(lambda: [visit(LARGE, 1) for _ in range(15)]) for _ in range(2)]
        took = []
        while not all(each.done() for each in large):
            took += visit(SMALL, 1)
    return took


def wait_for_the_server():
    for _ in range(300):
        try:
            visit("/robots.txt", 1)
        except (OSError, HTTPException):
            time.sleep(0.1)
        else:
            return
    raise SystemExit("The server doesn't start.")


def measure(command, environment) -> dict[str, list[float]]:
    """By page: processor in ms, requests a second, median and 99th percentile in ms; under "memory" the MB."""
    server = subprocess.Popen(command, cwd=ROOT, env=os.environ | PRODUCTION | environment, stderr=subprocess.DEVNULL)
    found = {}
    try:
        wait_for_the_server()
        for page, times in PAGES.items():
            crowd(page, 4 * VISITORS)
            before, start = processor(server.pid), time.perf_counter()
            took = crowd(page, times)
            seconds = time.perf_counter() - start
            cost = (processor(server.pid) - before) * 1000 / len(took)
            found[page] = [cost, len(took) / seconds, median(took), quantiles(took, n=100)[98]]
        took = beside()
        found[BESIDE] = [nan, nan, median(took), quantiles(took, n=100)[98]]
        found["memory"] = [memory(server.pid)]
    finally:
        server.terminate()
        server.wait(60)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("servers", nargs="*", help=", ".join(SERVERS))
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    found = defaultdict(list)
    for _ in range(chosen.rounds):
        for name in chosen.servers or SERVERS:
            command, environment = SERVERS[name]
            if shutil.which(command[0]):
                for what, figures in measure(command, environment).items():
                    found[name, what].append(figures)
    print("| server | page | ms of the processor | requests/s | median, ms | 99 %, ms | MB |")
    print("|---|---|--:|--:|--:|--:|--:|")
    for (name, page), rounds in found.items():
        if page != "memory":
            cost, rate, middle, slow = (median(figures) for figures in zip(*rounds, strict=True))
            used = median(figures[0] for figures in found[name, "memory"])
            row = f"| {name} | {page} | {cost:.2f} | {rate:.0f} | {middle:.0f} | {slow:.0f} | {used:.0f} |"
            print(row.replace("nan", ""))


if __name__ == "__main__":
    main()
