import Engine
import Glibc

/// The benchmarks by name; each checks its results before it believes a time.
enum Benchmarks {
  private struct Benchmark: Sendable {
    var name: String
    var usage: String
    /// Gives a size, or nil for the usual one.
    var run: @Sendable (Int?) -> [Measurement]
  }

  private static let all = [
    Benchmark(
      name: "engine", usage: "a generated graph of a million triples: load, memory, queries",
      run: GraphQueries.run),
    Benchmark(
      name: "sentences", usage: "facts written as sentences: load, and an error in a late line",
      run: SentenceLoad.run),
    Benchmark(
      name: "names", usage: "a question and completions among many labelled entities",
      run: NameLookup.run),
    Benchmark(
      name: "sparql", usage: "queries read: a small one, and VALUES of many rows",
      run: QueryParsing.run),
  ]

  /// Runs the benchmark named first, with its size if given; without a name, all of them.
  static func run(_ arguments: [String]) -> Int32 {
    ProcessMemory.keepForReuse()
    guard let name = arguments.first else {
      for benchmark in all { Measurement.show(benchmark.run(nil)) }
      return 0
    }
    switch name {
    case "load": return FileLoad.run(Array(arguments.dropFirst()))
    case "queries": return QuerySet.run(Array(arguments.dropFirst()))
    case "serve": return Serve.run(Array(arguments.dropFirst()))
    case "prompt": return PromptLatency.run(Array(arguments.dropFirst()))
    default: break
    }
    guard let benchmark = all.first(where: { $0.name == name }) else {
      var usage = "usage: kosh-bench [NAME [SIZE]]\n"
      for benchmark in all { usage += "  \(benchmark.name)  \(benchmark.usage)\n" }
      usage += "  load FILE ...  files of RDF or sentences, with indexes ready to ask\n"
      usage += "  queries DIRECTORY DATA  every query of a directory, asked of a file of RDF\n"
      usage +=
        "  prompt [NAMES [MILLISECONDS]]  keys, Tab and pastes at a terminal, through a slow line\n"
      usage += "  serve [--forget]  a process that answers LOAD and QUERY lines, for comparisons;\n"
      usage += "                    a plan is kept for the next time unless --forget\n"
      Measurement.complain(usage)
      return 2
    }
    Measurement.show(benchmark.run(arguments.dropFirst().first.flatMap { Int($0) }))
    return 0
  }
}
