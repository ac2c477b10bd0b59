#!/usr/bin/env python3
"""How times grow with the data: Tests/Benchmark/growth.py BENCH QUERIES FILE...

BENCH is the built kosh-bench, QUERIES a folder of .rq files, each FILE a larger graph. Loads each file in a process of its own, asks each
query six times and prints the medians of the last five, in ms, and each graph's share of the one before."""
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
    """The figures of one graph, by what they are of."""
    server = Server(program)
    load = server.ask(f"LOAD {file}")
    figures = {"triples": load["rows"], "load": load["ms"], "resident after the load, MiB": load["rss_mb"]}
    for query in queries:
        answers = [server.ask(f"QUERY {query}") for _ in range(6)]
        figures[query.stem] = statistics.median(answer["ms"] for answer in answers[1:])
    figures["resident after the queries, MiB"] = answers[-1]["rss_mb"]
    figures["at most, MiB"] = answers[-1]["peak_mb"]
    server.close()
    return figures


def shown(value):
    return f"{value:,}" if isinstance(value, int) else f"{value:,.{3 if value < 1 else 2 if value < 10 else 1 if value < 100 else 0}f}"


def main():
    program, folder, *files = sys.argv[1:]
    queries = sorted(pathlib.Path(folder).absolute().glob("*.rq"))
    columns = [measure(program, queries, pathlib.Path(file).absolute()) for file in files]
    names = [pathlib.Path(file).stem for file in files]
    growths = [f"{large} / {small}" for small, large in zip(names, names[1:])]
    print(f"| | {' | '.join(names + growths)} |\n|---|{'---:|' * (len(names) + len(growths))}")
    for what in columns[0]:
        values = [figures[what] for figures in columns]
        shares = [f"{large / small:.1f}" for small, large in zip(values, values[1:])]
        print(f"| {what} | {' | '.join([shown(value) for value in values] + shares)} |")


if __name__ == "__main__":
    main()
