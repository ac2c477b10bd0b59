import Algebra
import RDF

extension TriplePattern {
  /// The pattern with terms in the place of variables.
  func replacing(_ bindings: [Variable: Term]) -> TriplePattern {
    TriplePattern(
      subject.replacing(bindings), predicate.replacing(bindings), object.replacing(bindings))
  }

  /// The triple, if no gap is left.
  var groundTriple: Triple? {
    guard let subject = subject.groundTerm, let predicate = predicate.groundTerm,
      let object = object.groundTerm
    else { return nil }
    return Triple(subject, predicate, object)
  }

  /// The pattern as a triple term: a term where it has no gaps.
  var term: TermPattern {
    groundTriple.map { .term(.triple($0)) } ?? .triple(self)
  }
}

extension TermPattern {
  func replacing(_ bindings: [Variable: Term]) -> TermPattern {
    switch self {
    case .term: self
    case .variable(let variable): bindings[variable].map(TermPattern.term) ?? self
    case .triple(let triple): triple.replacing(bindings).term
    }
  }

  var groundTerm: Term? {
    switch self {
    case .term(let term): term
    case .variable: nil
    case .triple(let triple): triple.groundTriple.map(Term.triple)
    }
  }

  /// The inside of a triple term.
  var triplePattern: TriplePattern? {
    switch self {
    case .term(.triple(let triple)):
      TriplePattern(.term(triple.subject), .term(triple.predicate), .term(triple.object))
    case .triple(let pattern): pattern
    case .term, .variable: nil
    }
  }
}
