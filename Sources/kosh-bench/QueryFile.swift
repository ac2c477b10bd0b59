import Diagnostics
import Engine
import KnowledgeBase
import SPARQL

/// A query to be asked as often as one likes.
struct QueryFile {
  let text: SourceText

  /// nil when the file cannot be read.
  init?(_ path: String) {
    guard let bytes = Measurement.contents(of: path) else { return nil }
    text = SourceText(name: path, bytes: bytes)
  }

  /// What was asked for, without the terms.
  struct Answer: Equatable {
    var rowCount: Int
    /// The number in an answer of one cell.
    var value: Int?
  }

  /// Reads the query, evaluates it and decodes every term of the answer.
  func answer(_ knowledge: KnowledgeBase) throws -> Answer {
    Self.decode(try evaluated(knowledge).solutions)
  }

  /// The same, by what the knowledge base has kept of the query if it was asked before.
  func answerAgain(_ knowledge: KnowledgeBase) throws -> Answer {
    Self.decode(try knowledge.query(text).solutions)
  }

  private static func decode(_ solutions: Solutions) -> Answer {
    var last = ""
    for row in 0..<solutions.rowCount {
      for column in solutions.variables.indices {
        switch solutions.term(row: row, column: column) {
        case .literal(let literal): last = literal.lexicalForm
        case .iri(let text), .blankNode(let text): last = text
        case .triple, nil: break
        }
      }
    }
    let isCell = solutions.rowCount == 1 && solutions.variables.count == 1
    return Answer(rowCount: solutions.rowCount, value: isCell ? Int(last) : nil)
  }

  func evaluated(_ knowledge: KnowledgeBase, profile: Bool = false) throws -> Evaluation {
    var parser = SPARQLParser(source: text)
    return try knowledge.query(try parser.query(), profile: profile)
  }
}
