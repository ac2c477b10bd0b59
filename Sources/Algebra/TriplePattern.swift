public import RDF

/// A position of a triple pattern.
///
/// A blank node of a query's text is a variable here; parsers give it a name that no
/// text can write (it begins with a space or a dot).
public enum TermPattern: Hashable, Sendable {
  case term(Term)
  case variable(Variable)
  /// A triple term with at least one variable inside.
  indirect case triple(TriplePattern)
}

/// A triple with gaps.
public struct TriplePattern: Hashable, Sendable {
  public var subject: TermPattern
  public var predicate: TermPattern
  public var object: TermPattern

  public init(_ subject: TermPattern, _ predicate: TermPattern, _ object: TermPattern) {
    self.subject = subject
    self.predicate = predicate
    self.object = object
  }
}

/// A property path. Source: SPARQL 1.2 Query, section 9.
public enum Path: Hashable, Sendable {
  case predicate(Term)
  indirect case inverse(Path)
  indirect case sequence(Path, Path)
  indirect case alternative(Path, Path)
  indirect case zeroOrMore(Path)
  indirect case oneOrMore(Path)
  indirect case zeroOrOne(Path)
  /// Any predicate but these, forwards or backwards.
  case negated(forward: [Term], inverse: [Term])
}
