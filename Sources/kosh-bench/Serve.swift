import Glibc
import KnowledgeBase

/// A process that loads files and answers queries: one line of JSON for each line
/// `LOAD path` or `QUERY path` of standard input.
///
/// `ms` is from the text of a query in memory to the last row of its answer consumed; `value` is
/// the number in an answer of one cell.
final class Serve {
  private var knowledge = KnowledgeBase()
  /// Whether a query asked before is read and planned again.
  private let isForgetful: Bool

  private init(isForgetful: Bool) {
    self.isForgetful = isForgetful
  }

  static func run(_ arguments: [String]) -> Int32 {
    let server = Serve(isForgetful: arguments.first == "--forget")
    while let line = readLine() {
      let words = line.split(separator: " ", maxSplits: 1)
      guard words.count == 2 else { continue }
      let path = String(words[1])
      var fields: [String]
      switch words[0] {
      case "LOAD": fields = server.load(path)
      case "QUERY": fields = server.query(path)
      default: fields = failure("neither LOAD nor QUERY")
      }
      fields.append("\"rss_mb\": \(Measurement.residentByteCount() >> 20)")
      fields.append("\"peak_mb\": \(Measurement.peakByteCount() >> 20)")
      let bytes = Array("{\(fields.joined(separator: ", "))}\n".utf8)
      write(1, bytes, bytes.count)
    }
    return 0
  }

  private func load(_ path: String) -> [String] {
    let start = Measurement.seconds()
    knowledge = KnowledgeBase()
    guard FileLoad.load(path, into: knowledge) else { return Self.failure("cannot load \(path)") }
    return [Self.time(since: start), "\"rows\": \(knowledge.tripleCount)"]
  }

  private func query(_ path: String) -> [String] {
    guard let query = QueryFile(path) else { return Self.failure("cannot read \(path)") }
    let start = Measurement.seconds()
    do {
      let answer =
        isForgetful ? try query.answer(knowledge) : try query.answerAgain(knowledge)
      var fields = [Self.time(since: start), "\"rows\": \(answer.rowCount)"]
      if let value = answer.value { fields.append("\"value\": \(value)") }
      return fields
    } catch {
      return Self.failure("\(error)")
    }
  }

  private static func time(since start: Double) -> String {
    "\"ms\": \((Measurement.seconds() - start) * 1000)"
  }

  private static func failure(_ message: String) -> [String] {
    let safe = message.unicodeScalars.map { $0 == "\"" || $0 == "\\" || $0.value < 32 ? " " : $0 }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: safe)
    return ["\"ms\": null", "\"rows\": null", "\"error\": \"\(String(text))\""]
  }
}
