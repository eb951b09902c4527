"""
What the portal's pages cost beside plain pages of Django, and how that grows with its content: `make bench`.

It makes portals of its own, with 100, 1,000 and 10,000 projects and ten times the articles, in SQLite files and, where
BENCH_DATABASE_URL or TEST_DATABASE_URL names a server, in databases beside the one named; starts the production server
upon them, measures, and takes everything away again. What it found goes to the terminal and to var/bench/.
"""

import argparse
import os
import signal
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from benchmarks.speed.databases import database, environment, fill
from benchmarks.speed.portal import Plan, Portals
from benchmarks.speed.publishing import circumstances, keep, publish
from benchmarks.speed.tables import tables

FULL = Plan(sizes=[100, 1000, 10_000], rounds=9, seconds=0.4, answers=20_000)
QUICK = Plan(sizes=[30, 100], rounds=3, seconds=0.2, answers=1000)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("server", help="the line that starts a server, with {port} for its port")
    parser.add_argument("--quick", action="store_true", help="small portals and few rounds: 2 minutes")
    parser.add_argument("--publish", action="store_true", help="write docs/performance.md and its charts anew")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was made is taken away
    began = time.monotonic()

    def say(text):
        print(f"\r{time.monotonic() - began:4.0f} s  {text:60}", end="", file=sys.stderr, flush=True)

    found = circumstances(options.server)
    found["databases"] = measured(QUICK if options.quick else FULL, options.server, say)
    found["minutes"] = round((time.monotonic() - began) / 60, 1)
    say("\n")
    print("\n\n".join(table.plain() for table in tables(found["databases"])))
    print(f"\nKept in {keep(found)}, after {found['minutes']} minutes.")
    if options.publish:
        publish(found)


def measured(plan: Plan, line: str, say) -> dict[str, dict]:
    """What was found, by the name of the database."""
    servers = {"SQLite": ""}
    if address := os.environ.get("BENCH_DATABASE_URL") or os.environ.get("TEST_DATABASE_URL"):
        servers["PostgreSQL"] = address
    with ExitStack() as kept:
        folder = Path(kept.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        portals = {}
        for name, server in servers.items():
            for size in plan.sizes:
                own = folder / f"{name}-{size}"
                own.mkdir()
                address = kept.enter_context(database(server, own, f"{size}"))
                portals[name, size] = environment(address, own)
        say(f"filling {len(portals)} portals")
        with ThreadPoolExecutor(os.cpu_count()) as pool:  # the largest ones first
            jobs = [
                pool.submit(fill, variables, size, 10 * size)
                for (name, size), variables in sorted(portals.items(), key=lambda each: -each[0][1])
            ]
            for job in jobs:
                job.result()
        return {
            name: Portals(
                plan,
                line,
                {size: portals[name, size] for size in plan.sizes},
                lambda text, name=name: say(f"{name}: {text}"),
            ).measured()
            for name in servers
        }


if __name__ == "__main__":
    main()
