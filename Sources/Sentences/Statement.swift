public import Algebra
public import Diagnostics
public import RDF

/// One sentence, read: what it asks for, with every name resolved.
public enum Statement: Hashable, Sendable {
  case facts([Fact])
  /// Qualifiers for every fact that follows in the file; empty clears them.
  case defaults([Qualifier])
  case prefix(String, iri: String)
  case base(iri: String)
  case question(Question)
  case explain(Question)
  case about(Term)
  case why(Question)
  /// Why a row of the answer shown last, counted from 1.
  case whyRow(Int, SourceRange)
  case whyNot(Question)
  case path(from: Term, to: Term)
  case paths(from: Term, to: Term, within: Int)
  case timeline(Term?)
  case map(Term, depth: Int?, file: String?)
  case kinds
  case relations
  case sources
  case rules
  /// Every asserted fact that matches; variables and blanks are gaps.
  case forget(Question)
  case undo
  case redo
  case suppose([Fact], Question)
  case expect(Question, answers: [Term])
  case expectNo(Question)
}

/// A subject, a relation and an object, asserted, with what is said about the assertion.
public struct Fact: Hashable, Sendable {
  public var subject: Reference
  public var relation: Reference
  public var object: Reference
  /// One group a pair of braces: each becomes a reifier.
  public var qualifierGroups: [[Qualifier]]
  public var range: SourceRange
  /// Counted from 1 in its source text.
  public var line: Int

  public init(
    _ subject: Reference, _ relation: Reference, _ object: Reference,
    qualifierGroups: [[Qualifier]] = [], range: SourceRange, line: Int
  ) {
    self.subject = subject
    self.relation = relation
    self.object = object
    self.qualifierGroups = qualifierGroups
    self.range = range
    self.line = line
  }
}

/// A relation and a value that say something about a fact.
public struct Qualifier: Hashable, Sendable {
  public var relation: Reference
  public var object: Reference

  public init(_ relation: Reference, _ object: Reference) {
    self.relation = relation
    self.object = object
  }
}

/// A question: its meaning in the algebra, and what the shell needs to explain it.
public struct Question: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// Rows of `columns`.
    case list
    /// `yes`, `no` or `not known`.
    case yesNo
    /// One row, one number.
    case count
  }

  public var kind: Kind
  /// What is evaluated, and what `explain` prints as SPARQL. A `select`; an `ask` for `yesNo`.
  public var query: Query
  public var columns: [Variable]
  /// How the sentence was cut, left to right.
  public var reading: [Piece]
  public var range: SourceRange

  public init(
    _ kind: Kind, query: Query, columns: [Variable], reading: [Piece],
    range: SourceRange
  ) {
    self.kind = kind
    self.query = query
    self.columns = columns
    self.reading = reading
    self.range = range
  }
}

/// One piece of a sentence as it was understood.
public struct Piece: Hashable, Sendable {
  public enum Role: Hashable, Sendable {
    case entity
    case `class`
    case relation
    case gap
    case value
    case word
  }

  public var role: Role
  public var range: SourceRange
  /// For a name, its label; for a gap, `?name`.
  public var text: String

  public init(_ role: Role, _ text: String, at range: SourceRange) {
    self.role = role
    self.text = text
    self.range = range
  }
}
