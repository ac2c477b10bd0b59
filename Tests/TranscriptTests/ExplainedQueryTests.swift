import Diagnostics
import Foundation
import KnowledgeBase
import RDF
import Testing

/// What `explain` shows as SPARQL, run as SPARQL, gives the answer of the sentence.
@Suite struct ExplainedQueryTests {
  @Test func ofTheLanguagesReference() throws {
    let page = try String(
      contentsOfFile: Package.directory + "/Documentation/language.md", encoding: .utf8)
    var check = ExplainedQueries()
    var chapter = -1
    for block in Document(page).blocks {
      if block.chapter != chapter || block.graph != nil {
        chapter = block.chapter
        check.knowledge = KnowledgeBase()
        if block.graph == "knowledge" { try check.loadKnowledge() }
      }
      if block.isTranscript {
        for line in block.text.split(separator: "\n") where line.hasPrefix("kosh> ") {
          check.run(String(line.dropFirst(6)), .prompt)
        }
      } else {
        check.run(block.text, .script)
      }
    }
    #expect(check.count >= 50)
  }

  @Test func ofTheShippedExpectations() throws {
    let path = Package.directory + "/knowledge/expectations.kosh"
    let script = try String(contentsOfFile: path, encoding: .utf8)
    var check = ExplainedQueries()
    try check.loadKnowledge()
    for line in script.split(separator: "\n") {
      guard line.hasPrefix("expect "), let end = line.range(of: " = ") else { continue }
      let words = line[..<end.lowerBound].dropFirst("expect ".count)
      check.run(String(words), .prompt)
    }
    #expect(check.count >= 30)
  }
}

/// Runs sentences, and the SPARQL of each question after it.
private struct ExplainedQueries {
  var knowledge = KnowledgeBase()
  var count = 0

  func loadKnowledge() throws {
    _ = try knowledge.load([Package.directory + "/knowledge"]) { _, _ in }
  }

  mutating func run(_ text: String, _ mode: RunMode) {
    let source = SourceText(name: "q", text)
    var asked: [(sentence: String, answer: [String])] = []
    knowledge.run(source, mode: mode) { result in
      let sentence = source.text(result.range)
      if case .outcome(let outcome) = result.result, let answer = Self.answer(outcome),
        let sparql = sparql(of: sentence)
      {
        asked.append((sentence, answer))
        #expect(answers(to: sparql) == [answer], "\(sentence)\n\(sparql)")
      }
      return .goOn
    }
    count += asked.count
  }

  /// nil for what is no question, or a supposition.
  private func sparql(of sentence: String) -> String? {
    var sparql: String?
    knowledge.run(SourceText(name: "e", "explain " + sentence), mode: .prompt) { result in
      if case .outcome(.plan(let plan)) = result.result, !plan.reading.isEmpty {
        sparql = plan.sparql
      }
      return .goOn
    }
    return sparql
  }

  private func answers(to sparql: String) -> [[String]] {
    var answers: [[String]] = []
    knowledge.run(SourceText(name: "s", sparql), mode: .script) { result in
      switch result.result {
      case .outcome(let outcome): answers.append(Self.answer(outcome) ?? ["no answer"])
      case .rejected(let diagnostics): answers.append(diagnostics.map(\.message))
      case .stopped, .failed: answers.append(["stopped"])
      }
      return .goOn
    }
    return answers
  }

  /// The rows in any order, or whether it holds.
  private static func answer(_ outcome: Outcome) -> [String]? {
    switch outcome {
    case .answer(let answer):
      (0..<answer.rowCount).map { row in
        answer.columns.indices.map { column in
          answer.term(row: row, column: column).map { "\($0)" } ?? "-"
        }.joined(separator: " | ")
      }.sorted()
    case .verdict(let verdict): [verdict.value == .yes ? "yes" : "no"]
    default: nil
    }
  }
}
