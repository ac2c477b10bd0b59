#!/usr/bin/env python3
"""Tables for Documentation/performance.md: Tests/Benchmark/peers.py RESULTS

RESULTS is what the project's shared harness, run_peers.py, wrote with the hooks `kosh` and `kosh-new`. Prints a table a dataset, times in
ms; on standard error how kosh compares with the best of the others, and where it is slower."""
import json
import math
import sys

OURS = {"kosh": "kosh", "kosh-new": "kosh, anew"}
PEERS = ["duckdb", "maplib", "virtuoso", "swipl", "kuzu", "ladybug", "oxigraph"]
DATASETS = [
    "social-1m", "fb15k-237", "wn18rr", "lsqb-sf0.003", "lsqb-sfexample", "dl-chain2000", "dl-rand1000x5000", "dl-dag20000x60000",
    "dl-tree3x7", "icews14-rdf12", "social-100k",
]


def answer(result):
    return f"{result['rows']} rows" if result["value"] is None else str(result["value"])


def time(ms):
    digits = 3 if ms < 1 else 2 if ms < 10 else 1 if ms < 100 else 0
    return f"{ms:.{digits}f}"


def failure(result):
    message = str(result["error"])
    return "over" if any(sign in message for sign in ("timeout", "memory over", "code -9")) else "err"


def ratio(value):
    return f"{value:.2f}" if value >= 0.095 else f"{value:.{2 if value >= 0.0095 else 1}g}"


def geometric_mean(values):
    return math.exp(sum(map(math.log, values)) / len(values))


def table(name, engines, ratios):
    """Prints the table of a dataset and notes each engine's ratio to the best peer, by query."""
    ours = [engine for engine in OURS if engine in engines]
    shown = ours + [engine for engine in PEERS if "ms" in engines.get(engine, {}).get("load", {})]
    print(f"\n**{name}**\n\n| query | {' | '.join(OURS.get(engine, engine) for engine in shown)} | kosh / best | answer |")
    print(f"|---|{'---:|' * len(shown)}---:|---|")
    print(f"| load, s | {' | '.join(format(engines[engine]['load']['ms'] / 1000, '.2f') for engine in shown)} |  |  |")
    for query in sorted(engines["kosh"]["queries"]):
        results = {engine: engines[engine]["queries"].get(query) for engine in shown}
        answers = [answer(result) for result in results.values() if result and "ms" in result]
        agreed = max(answers, key=answers.count)
        cells = []
        for result in results.values():
            if result is None:
                cells.append("")
            elif "ms" in result:
                cells.append(time(result["ms"]) + ("" if answer(result) == agreed else "†"))
            else:
                cells.append(failure(result))
        valid = {engine: result["ms"] for engine, result in results.items() if result and "ms" in result and answer(result) == agreed}
        shares = {}
        for without in (None, "swipl"):
            best = min((ms for engine, ms in valid.items() if engine not in OURS and engine != without), default=None)
            for engine in ours:
                if best is not None:
                    shares[engine, without] = valid[engine] / best
                    ratios.setdefault((engine, without), {})[name, query] = valid[engine] / best
        share = ratio(shares["kosh", None]) if shares else ""
        print(f"| {query} | {' | '.join(cells)} | {share} | {agreed} |")


def main():
    with open(sys.argv[1]) as file:
        results = json.load(file)
    ratios = {}
    for name in DATASETS:
        if name in results:
            table(name, results[name], ratios)
    for (engine, without), shares in ratios.items():
        slower = {f"{name} {query}": f"{share:.2f}" for (name, query), share in shares.items() if share > 1}
        beside = f" without {without}" if without else ""
        print(f"{OURS[engine]}{beside}: {geometric_mean(shares.values()):.3f} of the best in {len(shares)} queries", file=sys.stderr)
        print(f"  slower in {len(slower)}: {slower}", file=sys.stderr)


if __name__ == "__main__":
    main()
