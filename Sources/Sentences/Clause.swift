import Algebra
import Diagnostics
import RDF

/// A question's patterns as read, before they become algebra.
indirect enum Clause {
  case fact(FactPattern)
  case condition(Expression, SourceRange)
  case all([Clause])
  case any([Clause])
  case not(Clause)
  /// `S is not R O`: like `not`, but something else has to say what S is.
  case denied(FactPattern)
  case maybe(Clause)
}

/// A fact with gaps and what is asked of its qualifiers.
struct FactPattern {
  enum Relation {
    case iri(String)
    case variable(Variable)
    case path(Path)
  }

  var subject: TermPattern
  var relation: Relation
  var object: TermPattern
  /// One group a pair of braces.
  var groups: [[QualifierPattern]] = []
  var range: SourceRange
  /// Whether it only says of which class a `which C` gap is.
  var isClassGap = false
}

/// One relation of a fact's reifier.
struct QualifierPattern {
  var predicate: TermPattern
  var object: TermPattern
  var isOptional: Bool
}

/// What restricts every fact of a question.
struct Restriction {
  /// `as of` this day.
  var day: String?
  /// `according to` this source.
  var speaker: Term?
}

/// What is asked of the first fact besides its gaps.
enum Focus {
  case none
  /// `when`: its dates.
  case dates
  /// `according to whom`: its sources and speakers.
  case speakers
}

/// The subject of the clause before.
struct Kept {
  var subject: TermPattern?
  /// Whether the next clause surely goes on with it, as after `;`.
  var isCertain: Bool
}
