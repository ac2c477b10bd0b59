#!/usr/bin/env python3
"""How times grow with the data: Tests/Benchmark/growth.py [--runs N] BENCH QUERIES FILE...

BENCH is the built kosh-bench, QUERIES a folder of .rq files, each FILE a larger graph, all of which are loaded, each in a process of its own.
Each query is asked of one graph after the other, six times in a row, the last five of which count; all that N times (5), so that what else the
machine does meets all graphs. Prints the medians in ms, each graph's share of the one before, and the same share of the answers: of the rows,
or of the number that is the only row."""
import argparse
import json
import pathlib
import statistics
import subprocess
import sys


class Server:
    def __init__(self, program):
        self.process = subprocess.Popen([program, "serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if answer["ms"] is None:
            sys.exit(f"{line}: {answer['error']}")
        return answer

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def measure(servers, query, runs):
    """The median time of each graph, and how large its answer is."""
    times = [[] for _ in servers]
    for _ in range(runs):
        answers = [[server.ask(f"QUERY {query}") for _ in range(6)] for server in servers]
        for own, of_graph in zip(times, answers):
            own += [answer["ms"] for answer in of_graph[1:]]
    sizes = [of_graph[0].get("value", of_graph[0]["rows"]) for of_graph in answers]
    return [statistics.median(own) for own in times], sizes


def shown(value):
    return f"{value:,}" if isinstance(value, int) else f"{value:,.{3 if value < 1 else 2 if value < 10 else 1 if value < 100 else 0}f}"


def shares(values):
    return [f"{large / small:.1f}" if small else "" for small, large in zip(values, values[1:])]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("bench")
    parser.add_argument("queries", type=pathlib.Path)
    parser.add_argument("files", type=pathlib.Path, nargs="+")
    given = parser.parse_args()
    names = [file.stem for file in given.files]
    growths = [f"{large} / {small}" for small, large in zip(names, names[1:])]
    head = names + growths + [f"answer, {growth}" for growth in growths]
    print(f"| | {' | '.join(head)} |\n|---|{'---:|' * len(head)}")

    def row(what, values, sizes=None):
        cells = [shown(value) for value in values] + shares(values) + (shares(sizes) if sizes else [""] * len(growths))
        print(f"| {what} | {' | '.join(cells)} |", flush=True)

    servers = [Server(given.bench) for _ in given.files]
    loads = [server.ask(f"LOAD {file.absolute()}") for server, file in zip(servers, given.files)]
    row("triples", [load["rows"] for load in loads])
    row("load", [load["ms"] for load in loads])
    row("resident after the load, MiB", [load["rss_mb"] for load in loads])
    last = None
    for query in sorted(given.queries.absolute().glob("*.rq")):
        row(query.stem, *measure(servers, query, given.runs))
        last = query
    ends = [server.ask(f"QUERY {last}") for server in servers]
    row("resident after the queries, MiB", [end["rss_mb"] for end in ends])
    row("at most, MiB", [end["peak_mb"] for end in ends])
    for server in servers:
        server.close()


if __name__ == "__main__":
    main()
