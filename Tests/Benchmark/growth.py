#!/usr/bin/env python3
"""How times grow with the data: Tests/Benchmark/growth.py [--runs N] BENCH QUERIES FILE...

BENCH is the built kosh-bench, QUERIES a folder of .rq files, each FILE a larger graph. Loads each file in a process of its own, asks each
query six times and takes the median of the last five, in ms; does all that N times in turn, and prints the medians of the runs, each graph's
share of the one before, and the same share of the answers: of the rows, or of the number that is the only row."""
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


def measure(program, queries, file):
    """The figures of one graph, by what they are of, and how large the answers are."""
    server = Server(program)
    load = server.ask(f"LOAD {file}")
    figures = {"triples": load["rows"], "load": load["ms"], "resident after the load, MiB": load["rss_mb"]}
    sizes = {"triples": load["rows"]}
    for query in queries:
        answers = [server.ask(f"QUERY {query}") for _ in range(6)]
        figures[query.stem] = statistics.median(answer["ms"] for answer in answers[1:])
        sizes[query.stem] = answers[0].get("value", answers[0]["rows"])
    figures["resident after the queries, MiB"] = answers[-1]["rss_mb"]
    figures["at most, MiB"] = answers[-1]["peak_mb"]
    server.close()
    return figures, sizes


def shown(value):
    return f"{value:,}" if isinstance(value, int) else f"{value:,.{3 if value < 1 else 2 if value < 10 else 1 if value < 100 else 0}f}"


def shares(values):
    return [f"{large / small:.1f}" if small else "" for small, large in zip(values, values[1:])]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("bench")
    parser.add_argument("queries", type=pathlib.Path)
    parser.add_argument("files", type=pathlib.Path, nargs="+")
    given = parser.parse_args()
    queries = sorted(given.queries.absolute().glob("*.rq"))
    files = [file.absolute() for file in given.files]
    runs = [[measure(given.bench, queries, file) for file in files] for _ in range(given.runs)]
    names = [file.stem for file in files]
    growths = [f"{large} / {small}" for small, large in zip(names, names[1:])]
    head = names + growths + [f"answer, {growth}" for growth in growths]
    print(f"| | {' | '.join(head)} |\n|---|{'---:|' * len(head)}")
    for what in runs[0][0][0]:
        values = [statistics.median(run[at][0][what] for run in runs) for at in range(len(files))]
        sizes = [size.get(what) for _, size in runs[0]]
        cells = [shown(value) for value in values] + shares(values)
        cells += shares(sizes) if sizes[0] is not None else [""] * len(growths)
        print(f"| {what} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
