import Algebra

/// Where triples stand, which says what can be in them.
enum TriplePlace {
  /// Blank nodes are variables, and there can be paths.
  case pattern
  /// Of CONSTRUCT and INSERT: blank nodes stay.
  case template
  /// CONSTRUCT WHERE, which is pattern and template: blank nodes are variables, but there are no paths.
  case shortConstruct
  /// Of DELETE.
  case deleteTemplate
  /// DELETE WHERE.
  case deleteWhere
  case insertData
  case deleteData

  /// Whether blank nodes are variables.
  var isPattern: Bool { self == .pattern || self == .shortConstruct }

  var allowsVariables: Bool { self != .insertData && self != .deleteData }

  /// The words for where blank nodes cannot stand; nil where they can.
  var refusingBlankNodes: String? {
    switch self {
    case .pattern, .template, .shortConstruct, .insertData: nil
    case .deleteTemplate: "a DELETE template"
    case .deleteWhere: "DELETE WHERE"
    case .deleteData: "DELETE DATA"
    }
  }
}

/// Triples and paths in their order.
struct Statements {
  /// Paths, and the triples before them.
  var patterns: [Pattern] = []
  /// The triples after the last path.
  var triples: [TriplePattern] = []
  /// Of the highest path.
  var height = 1

  mutating func add(_ subject: TermPattern, _ predicate: TermPattern, _ object: TermPattern) {
    triples.append(TriplePattern(subject, predicate, object))
  }

  mutating func add(_ subject: TermPattern, _ path: Path, _ object: TermPattern, height: Int) {
    self.height = max(self.height, height)
    endTriples()
    patterns.append(.path(subject, path, object))
  }

  mutating func endTriples() {
    if triples.isEmpty { return }
    patterns.append(.triples(triples))
    triples = []
  }
}
