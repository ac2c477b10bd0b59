import Algebra
import Diagnostics
import RDF

/// What a piece of a clause stands for.
indirect enum Operand {
  case reference(Reference)
  case gap(Variable)
  case claim(Operand, Operand, Operand)
}

/// What stands in relation place.
enum RelationOperand {
  case reference(Reference)
  case gap(Variable)
  case path(Path)
}

/// A gap that has to be a member of a class.
struct ClassGap {
  var variable: Variable
  var classIRI: String
}

/// A gap and where it was first written.
struct GapUse {
  var variable: Variable
  var range: SourceRange
}

/// How well a run of tokens fits a place.
struct Fit {
  enum Level: UInt8, Comparable {
    case no
    /// A name that the graph does not have, in a form that may be new.
    case new
    /// A name of several terms.
    case several
    /// A known name, a value or a gap.
    case known

    static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }
  }

  var level: Level
  /// The term, where a name has exactly one.
  var id = TermID.none
  /// Words in known names.
  var knownWordCount = 0

  static let no = Fit(level: .no)
  static let new = Fit(level: .new)
  static let value = Fit(level: .known)
}

/// What a run of tokens is in relation place.
struct RelationFit {
  enum Kind {
    case name
    case standard(StandardRelation)
    /// A bare copula: `Zoom is unsafe`.
    case quality
    case gap
    case path
  }

  var kind: Kind
  var fit: Fit

  static let no = RelationFit(kind: .name, fit: .no)
}

/// A way to cut a clause: tokens `low..<relationStart` are the subject, `relationEnd..<high` the object.
struct Cut {
  var low: Int
  var relationStart: Int
  var relationEnd: Int
  var high: Int
  var subject: Fit
  var relation: RelationFit
  var object: Fit

  var isKnown: Bool {
    subject.level >= .several && relation.fit.level >= .several && object.level >= .several
  }

  var knownWordCount: Int {
    subject.knownWordCount + relation.fit.knownWordCount + object.knownWordCount
  }
}

/// What may stand as a side of a fact.
enum SideRole {
  case entity
  case `class`
  case relation
  /// After a bare copula: a new name may be in lower case.
  case quality
  /// What `also known as` is said of: an entity or a relation.
  case anything
  /// What `also known as` says: a text.
  case name

  /// Under which roles the lexicon is asked, in order.
  var nameRole: NameRole {
    switch self {
    case .entity, .quality, .anything, .name: .entity
    case .class: .class
    case .relation: .relation
    }
  }
}

extension RelationFit.Kind {
  var subjectRole: SideRole {
    switch self {
    case .standard(.kindOf): .class
    case .standard(.inverseOf), .standard(.implies): .relation
    case .standard(.alsoKnownAs), .standard(.sameAs), .quality: .anything
    case .standard, .name, .gap, .path: .entity
    }
  }

  var objectRole: SideRole {
    switch self {
    case .standard(.isA), .standard(.kindOf): .class
    case .standard(.inverseOf), .standard(.implies): .relation
    case .standard(.alsoKnownAs): .name
    case .standard(.sameAs): .anything
    case .quality: .quality
    case .standard, .name, .gap, .path: .entity
    }
  }
}
