public import Diagnostics
public import RDF

/// What one sentence led to, as data. The shell draws it; a program reads it.
public enum Outcome: Sendable {
  /// Facts, prefixes, defaults read without remark (in scripts and files).
  case none
  case answer(Answer)
  case graph(GraphAnswer)
  case verdict(Verdict)
  case change(Change)
  case about(Portrait)
  case why([Explanation])
  case absence(Absence)
  /// Chains from one entity to another, shortest first; empty when there is none.
  case chains([Chain], from: String, to: String)
  case timeline([DatedFact])
  case map(MapNode)
  /// A drawing was written to a file.
  case drawing(file: String, nodeCount: Int, edgeCount: Int)
  case vocabulary(VocabularyList)
  case plan(PlanReport)
  case expectation(Expectation)
}

/// Where a fact was written: a file (or `<prompt>`) and a line from 1.
public struct Origin: Hashable, Sendable {
  public var file: String
  public var line: Int

  public init(file: String, line: Int) {
    self.file = file
    self.line = line
  }
}

/// A triple with the names people read, what is said about it, and where it stands.
public struct StatedFact: Hashable, Sendable {
  public var triple: Triple
  public var subject: String
  public var relation: String
  public var object: String
  /// One element a reifier.
  public var qualifierGroups: [[StatedQualifier]]
  public var origin: Origin?

  /// The relation as it stands before the object: `is an` where English has it.
  public var verb: String {
    triple.predicate == .iri(Vocabulary.type) && relation == "is a"
      ? "is " + Article.before(object) : relation
  }

  public init(
    triple: Triple, subject: String, relation: String, object: String,
    qualifierGroups: [[StatedQualifier]], origin: Origin?
  ) {
    self.triple = triple
    self.subject = subject
    self.relation = relation
    self.object = object
    self.qualifierGroups = qualifierGroups
    self.origin = origin
  }
}

/// A qualifier with the names people read, such as `on` `2020-04-12`.
public struct StatedQualifier: Hashable, Sendable {
  public var relation: String
  public var value: String
  public var relationIRI: String
  public var term: Term

  public init(relation: String, value: String, relationIRI: String, term: Term) {
    self.relation = relation
    self.value = value
    self.relationIRI = relationIRI
    self.term = term
  }
}

/// `yes` with the facts that support it, or `not known`, with those who claim it.
public struct Verdict: Sendable {
  public enum Value: String, Sendable {
    case yes
    case no
    case notKnown = "not known"
  }

  public var value: Value
  public var support: [StatedFact]
  /// Facts of the form `X says (…)` whose claim would make the answer yes.
  public var claims: [StatedFact]

  public init(_ value: Value, support: [StatedFact], claims: [StatedFact]) {
    self.value = value
    self.support = support
    self.claims = claims
  }
}

/// What a sentence changed in the graph.
public struct Change: Sendable {
  public enum Kind: Sendable {
    case added
    /// The graph holds it as it was told, qualifiers included; nothing changed.
    case knownAlready
    case forgotten
    /// A SPARQL update; `tripleCounts` says how much.
    case updated
    case undone
    case redone
  }

  public var kind: Kind
  /// The facts as stated; bookkeeping (labels, reifiers) is not listed. At most 20, see `factCount`.
  public var facts: [StatedFact]
  public var factCount: Int
  /// Names that are new to the graph with this change, each with its role: `entity`, `class`, `relation`.
  public var newNames: [(name: String, role: String)]
  /// Triples of all graphs, for a SPARQL update and what undoes and redoes one.
  public var tripleCounts: TripleCounts?

  public struct TripleCounts: Hashable, Sendable {
    public var added: Int
    public var removed: Int

    public init(added: Int, removed: Int) {
      self.added = added
      self.removed = removed
    }
  }

  public init(
    _ kind: Kind, facts: [StatedFact], factCount: Int,
    newNames: [(name: String, role: String)] = [], tripleCounts: TripleCounts? = nil
  ) {
    self.tripleCounts = tripleCounts
    self.kind = kind
    self.facts = facts
    self.factCount = factCount
    self.newNames = newNames
  }
}

/// Everything about one entity.
public struct Portrait: Sendable {
  /// One relation, in or out, with its facts.
  public struct Group: Sendable {
    public var relation: String
    /// Whether the entity is the subject.
    public var isOutgoing: Bool
    /// At most 20 of them, dated ones in order of date.
    public var facts: [StatedFact]
    public var factCount: Int

    public init(relation: String, isOutgoing: Bool, facts: [StatedFact], factCount: Int) {
      self.relation = relation
      self.isOutgoing = isOutgoing
      self.facts = facts
      self.factCount = factCount
    }
  }

  public var name: String
  public var otherNames: [String]
  public var iri: String
  public var classes: [String]
  public var groups: [Group]
  /// Facts whose subject or object is a claim that mentions the entity.
  public var claims: [StatedFact]
  /// Of a relation: some of the facts that it makes, and how many there are.
  public var uses: (facts: [StatedFact], count: Int)

  public init(
    name: String, otherNames: [String], iri: String, classes: [String], groups: [Group],
    claims: [StatedFact], uses: (facts: [StatedFact], count: Int) = ([], 0)
  ) {
    self.uses = uses
    self.name = name
    self.otherNames = otherNames
    self.iri = iri
    self.classes = classes
    self.groups = groups
    self.claims = claims
  }
}

/// Why something holds: the fact and, for what a relation's traits conclude, the facts below it.
public struct Explanation: Sendable {
  public var conclusion: StatedFact
  /// Whether the conclusion itself is asserted.
  public var isAsserted: Bool
  /// In words, such as `part of is transitive`; nil for an asserted fact.
  public var reason: String?
  public var premises: [Explanation]

  public init(
    conclusion: StatedFact, isAsserted: Bool, reason: String? = nil, premises: [Explanation] = []
  ) {
    self.conclusion = conclusion
    self.isAsserted = isAsserted
    self.reason = reason
    self.premises = premises
  }
}

/// A chain of facts between two entities; each step shares an entity with the next.
public struct Chain: Sendable {
  public struct Step: Sendable {
    public var fact: StatedFact
    /// Whether the chain goes from the fact's subject to its object.
    public var isForward: Bool

    public init(fact: StatedFact, isForward: Bool) {
      self.fact = fact
      self.isForward = isForward
    }
  }

  public var steps: [Step]

  public init(steps: [Step]) {
    self.steps = steps
  }
}

/// A fact at its date, as `timeline` lists it.
public struct DatedFact: Sendable {
  /// As written: `2020-04-12`, `2020-04`, `2020`.
  public var date: String
  /// `on`, `from` or `until`.
  public var sense: String
  public var fact: StatedFact

  public init(date: String, sense: String, fact: StatedFact) {
    self.date = date
    self.sense = sense
    self.fact = fact
  }
}

/// The neighbourhood of an entity as a tree; an entity met before has no children and `isRepeated`.
public struct MapNode: Sendable {
  public var name: String
  /// The relation that leads here from the parent; nil at the root.
  public var relation: String?
  /// Whether the parent is the subject of the fact.
  public var isOutgoing: Bool
  public var isRepeated: Bool
  public var children: [MapNode]
  /// Neighbours that are not listed because there are too many.
  public var omittedCount: Int

  public init(
    name: String, relation: String? = nil, isOutgoing: Bool = true, isRepeated: Bool = false,
    children: [MapNode] = [], omittedCount: Int = 0
  ) {
    self.name = name
    self.relation = relation
    self.isOutgoing = isOutgoing
    self.isRepeated = isRepeated
    self.children = children
    self.omittedCount = omittedCount
  }
}

/// `kinds`, `relations` or `sources`: names with counts and an example sentence each.
public struct VocabularyList: Sendable {
  public struct Entry: Sendable {
    public var name: String
    public var count: Int
    public var example: String

    public init(name: String, count: Int, example: String) {
      self.name = name
      self.count = count
      self.example = example
    }
  }

  /// `kind`, `relation` or `source`.
  public var title: String
  /// What the counts count: `members`, `facts`.
  public var unit: String
  public var entries: [Entry]

  public init(title: String, unit: String, entries: [Entry]) {
    self.title = title
    self.unit = unit
    self.entries = entries
  }
}

/// How a question was understood and would be, or was, run.
public struct PlanReport: Sendable {
  public struct Operator: Sendable {
    public var name: String
    /// What it works on, such as `?who heads Zoom India`.
    public var detail: String
    public var estimatedRowCount: Double
    public var rowCount: Int
    public var milliseconds: Double
    public var depth: Int

    public init(
      name: String, detail: String, estimatedRowCount: Double, rowCount: Int, milliseconds: Double,
      depth: Int
    ) {
      self.name = name
      self.detail = detail
      self.estimatedRowCount = estimatedRowCount
      self.rowCount = rowCount
      self.milliseconds = milliseconds
      self.depth = depth
    }
  }

  /// The pieces of the sentence, each `(role, text)`.
  public var reading: [(role: String, text: String)]
  public var sparql: String
  /// A tree in lines, for a query in SPARQL; empty for a sentence, which has its pieces.
  public var algebra: String
  public var operators: [Operator]

  public init(
    reading: [(role: String, text: String)], sparql: String, algebra: String = "",
    operators: [Operator]
  ) {
    self.reading = reading
    self.sparql = sparql
    self.algebra = algebra
    self.operators = operators
  }
}

/// The result of `expect`.
public struct Expectation: Sendable {
  public var passed: Bool
  /// The sentence as written.
  public var sentence: String
  /// What was read, for a failure's report.
  public var reading: String
  public var missing: [String]
  public var unexpected: [String]
  public var range: SourceRange

  public init(
    passed: Bool, sentence: String, reading: String, missing: [String], unexpected: [String],
    range: SourceRange
  ) {
    self.passed = passed
    self.sentence = sentence
    self.reading = reading
    self.missing = missing
    self.unexpected = unexpected
    self.range = range
  }
}
