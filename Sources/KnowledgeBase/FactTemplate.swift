import Algebra
import Engine
import RDF

/// A triple with gaps that the rows of a solution fill in.
struct FactTemplate {
  private enum Slot {
    case term(TermID)
    case column(Int)
    indirect case triple(FactTemplate)
  }

  private let subject: Slot
  private let predicate: Slot
  private let object: Slot
  private let dictionary: TermDictionary

  /// nil where the dictionary does not hold a term of the pattern, or no column fills a gap.
  init?(_ pattern: TriplePattern, columns: [Variable], _ dictionary: TermDictionary) {
    func slot(_ term: TermPattern) -> Slot? {
      switch term {
      case .term(let term): dictionary.lookup(term).map(Slot.term)
      case .variable(let variable): columns.firstIndex(of: variable).map(Slot.column)
      case .triple(let inner): FactTemplate(inner, columns: columns, dictionary).map(Slot.triple)
      }
    }
    guard let subject = slot(pattern.subject), let predicate = slot(pattern.predicate),
      let object = slot(pattern.object)
    else { return nil }
    (self.subject, self.predicate, self.object) = (subject, predicate, object)
    self.dictionary = dictionary
  }

  /// The triple of a row; nil where a gap stays open.
  func triple(_ solutions: Solutions, row: Int) -> EncodedTriple? {
    guard let subject = id(subject, solutions, row), let predicate = id(predicate, solutions, row),
      let object = id(object, solutions, row)
    else { return nil }
    return EncodedTriple(subject, predicate, object)
  }

  private func id(_ slot: Slot, _ solutions: Solutions, _ row: Int) -> TermID? {
    switch slot {
    case .term(let id): return id
    case .column(let column):
      let id = solutions.id(row: row, column: column)
      return id.isBound ? id : nil
    case .triple(let template):
      return template.triple(solutions, row: row).flatMap { dictionary.lookup(triple: $0) }
    }
  }
}
