import Diagnostics
import KnowledgeBase

/// Asks by name and completes a prefix in a graph of many labelled entities.
enum NameLookup {
  private static let families = ["Adler", "Bose", "Castro", "Dubois", "Eriksen", "Farouk", "Gupta"]

  static func run(size: Int?) -> [Measurement] {
    let count = size ?? 1_000_000
    let knowledge = KnowledgeBase()
    var text = ""
    for number in 0..<count {
      text += "\(name(number)) reports to \(name(number / 10)).\n"
    }
    var errorCount = 0
    knowledge.run(SourceText(name: "generated", text), mode: .script) { _ in
      errorCount += 1
      return .goOn
    }
    Measurement.check(errorCount == 0, "\(errorCount) errors in the generated facts")
    let asked = count / 2
    let question = SourceText(name: "question", "\(name(asked)) reports to ?boss?")
    func ask() -> String {
      var answer = ""
      knowledge.run(question, mode: .script) { result in
        if case .outcome(.answer(let rows)) = result.result, rows.rowCount == 1 {
          answer = rows.text(row: 0, column: 0) ?? ""
        }
        return .goOn
      }
      return answer
    }
    Measurement.check(ask() == name(asked / 10), "the answer by name")
    let prefix = "who reports to gupta 12"
    func complete() -> Int { knowledge.complete(prefix, at: prefix.utf8.count).items.count }
    Measurement.check(complete() > 0, "completions of a prefix")
    let short = "who reports to g"
    return [
      Measurement(
        name: "question by name among \(count) entities",
        value: Measurement.median(of: 101) { _ = ask() } * 1e6, unit: "us"),
      Measurement(
        name: "completion of a long prefix",
        value: Measurement.median(of: 21) { _ = complete() } * 1e3,
        unit: "ms"),
      Measurement(
        name: "completion of one letter",
        value: Measurement.median(of: 21) {
          _ = knowledge.complete(short, at: short.utf8.count)
        } * 1e3, unit: "ms"),
    ]
  }

  static func name(_ number: Int) -> String {
    "\(families[number % families.count]) \(number)"
  }
}
