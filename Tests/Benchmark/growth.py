#!/usr/bin/env python3
"""How times grow with the data: Tests/Benchmark/growth.py [--first] [--runs N] BENCH QUERIES FILE...

BENCH is the built kosh-bench, QUERIES a folder of .rq files, each FILE a larger graph, all of which are loaded, each in a process of its own.
Each query is asked of one graph after the other, six times in a row, the last five of which count; all that N times (5), so that what else the
machine does meets all graphs. With --first each query is asked once, of processes that have just loaded the graphs; that N times. Prints the
medians in ms, each graph's share of the one before, and the same share of the answers: of the rows,
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
    return [statistics.median(own) for own in times], [size(of_graph[0]) for of_graph in answers]


def measure_first(program, files, query, runs):
    """The same of a query that is the first one of a process."""
    times = [[] for _ in files]
    for _ in range(runs):
        answers = []
        for own, file in zip(times, files):
            server = Server(program)
            server.ask(f"LOAD {file}")
            answers.append(server.ask(f"QUERY {query}"))
            own.append(answers[-1]["ms"])
            server.close()
    return [statistics.median(own) for own in times], [size(answer) for answer in answers]


def size(answer):
    return answer.get("value", answer["rows"])


def shown(value):
    return f"{value:,}" if isinstance(value, int) else f"{value:,.{3 if value < 1 else 2 if value < 10 else 1 if value < 100 else 0}f}"


def shares(values):
    return [f"{large / small:.1f}" if small else "" for small, large in zip(values, values[1:])]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--first", action="store_true")
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

    files = [file.absolute() for file in given.files]
    queries = sorted(given.queries.absolute().glob("*.rq"))
    if given.first:
        for query in queries:
            row(query.stem, *measure_first(given.bench, files, query, given.runs))
        return
    servers = [Server(given.bench) for _ in files]
    loads = [server.ask(f"LOAD {file}") for server, file in zip(servers, files)]
    row("triples", [load["rows"] for load in loads])
    row("load", [load["ms"] for load in loads])
    row("resident after the load, MiB", [load["rss_mb"] for load in loads])
    for query in queries:
        row(query.stem, *measure(servers, query, given.runs))
    ends = [server.ask(f"QUERY {queries[-1]}") for server in servers]
    row("resident after the queries, MiB", [end["rss_mb"] for end in ends])
    row("at most, MiB", [end["peak_mb"] for end in ends])
    for server in servers:
        server.close()


if __name__ == "__main__":
    main()
