import Algebra
import Engine
import RDF

/// A small graph and questions on it, for tests.
struct Fixture {
  var snapshot: Snapshot

  init(_ triples: [(Term, Term, Term)]) throws {
    let dictionary = TermDictionary()
    var loader = GraphLoader()
    for (subject, predicate, object) in triples {
      loader.append(
        EncodedTriple(
          try dictionary.intern(subject), try dictionary.intern(predicate),
          try dictionary.intern(object)))
    }
    snapshot = loader.finish(adding: Snapshot(dictionary: dictionary))
  }

  /// The rows, each as `name=term` in the order of the columns, unbound ones left out.
  func rows(_ pattern: Pattern, limits: Limits = Limits()) throws -> [String] {
    let solutions = try QueryEngine().evaluate(
      Query(.select, pattern), on: snapshot, limits: limits
    ).solutions
    return (0..<solutions.rowCount).map { row in
      solutions.variables.enumerated().compactMap { column, variable in
        solutions.term(row: row, column: column).map { "\(variable.name)=\($0.short)" }
      }.joined(separator: " ")
    }
  }
}

extension Term {
  /// Short words for comparing.
  var short: String {
    switch self {
    case .iri(let iri): iri
    case .blankNode(let label): "_:" + label
    case .literal(let literal):
      "\"\(literal.lexicalForm)\""
        + (literal.language.map { "@" + $0 } ?? (literal.datatype == XSD.string ? "" : "^"))
    case .triple(let triple):
      "<<\(triple.subject.short) \(triple.predicate.short) \(triple.object.short)>>"
    }
  }
}

func iri(_ name: String) -> Term { .iri(name) }
func number(_ value: Int) -> Term { .literal(Literal(String(value), datatype: XSD.integer)) }
func text(_ value: String) -> Term { .literal(Literal(value)) }
func v(_ name: String) -> TermPattern { .variable(Variable(name)) }
func t(_ term: Term) -> TermPattern { .term(term) }
func bgp(_ triples: (TermPattern, TermPattern, TermPattern)...) -> Pattern {
  .triples(triples.map { TriplePattern($0.0, $0.1, $0.2) })
}
