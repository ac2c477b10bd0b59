import Engine
import Glibc
import KnowledgeBase

/// Asks every query of a directory of a graph, and prints a line for each: the time from its text
/// to the last term of its answer, and the processor time of all threads meanwhile, which other
/// programs disturb little.
enum QuerySet {
  private static let usage = "usage: kosh-bench queries DIRECTORY DATA [PART OF A NAME] [--plan]"

  static func run(_ arguments: [String]) -> Int32 {
    let words = arguments.filter { $0 != "--plan" }
    guard words.count == 2 || words.count == 3 else {
      Measurement.complain(usage + "\n")
      return 2
    }
    let knowledge = KnowledgeBase()
    guard FileLoad.load(words[1], into: knowledge) else { return 1 }
    for name in names(in: words[0]) where words.count < 3 || name.contains(words[2]) {
      guard let query = QueryFile(words[0] + "/" + name) else { continue }
      do {
        try measure(query, named: name, knowledge)
        if arguments.contains("--plan") { try showPlan(query, knowledge) }
      } catch {
        print("\(name)  \(error)")
      }
    }
    return 0
  }

  private static func names(in directory: String) -> [String] {
    guard let stream = opendir(directory) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.hasSuffix(".rq") { names.append(name) }
    }
    return names.sorted()
  }

  private static func measure(
    _ query: QueryFile, named name: String, _ knowledge: KnowledgeBase
  ) throws {
    let answer = try query.answer(knowledge)
    var processor: [Double] = []
    let seconds = Measurement.median(of: 7) {
      let start = Measurement.seconds(CLOCK_PROCESS_CPUTIME_ID)
      Measurement.check((try? query.answer(knowledge)) == answer, name)
      processor.append(Measurement.seconds(CLOCK_PROCESS_CPUTIME_ID) - start)
    }
    let used = Measurement.text(processor.sorted()[processor.count / 2] * 1e3)
    let shown = answer.value.map { "= \($0)" } ?? "\(answer.rowCount) rows"
    let padding = String(repeating: " ", count: max(1, 20 - name.utf8.count))
    let whole = Measurement.text(seconds * 1e3)
    print("\(name)\(padding)\(whole) ms, \(used) ms of processors  \(shown)")
  }

  private static func showPlan(_ query: QueryFile, _ knowledge: KnowledgeBase) throws {
    for step in try query.evaluated(knowledge, profile: true).plan {
      let indent = String(repeating: "  ", count: step.depth + 1)
      let detail = step.detail {
        "\($0)".split(whereSeparator: { "/#".contains($0) }).last.map(String.init) ?? ""
      }
      let time = Measurement.text(step.seconds * 1e3)
      print(
        "\(indent)\(step.name) \(detail): \(Int(min(step.estimatedRowCount, 1e15))) ~ \(step.rowCount) rows, \(time) ms"
      )
    }
  }
}
