public import RDF

/// What a name can stand for in a sentence.
public enum NameRole: Hashable, Sendable, CaseIterable {
  /// Anything that facts are about, classes included.
  case entity
  /// What stands after `is a` and `which`.
  case `class`
  /// What stands between a subject and an object.
  case relation
}

/// What a lexicon knows of one name in one role.
public enum NameMatch: Hashable, Sendable {
  case unknown
  case one(TermID)
  /// Several terms bear the name: an ambiguity; `Lexicon.allMatches` lists them.
  case several
}

/// What stands in a cell of the answer shown last.
public enum CellMatch: Hashable, Sendable {
  case term(Term)
  /// Why there is nothing, in words.
  case missing(String)
}

/// The vocabulary of a relation that a question has to respect.
public struct RelationTraits: Hashable, Sendable {
  /// The relation and every relation that implies it, by IRI, each once.
  public var forward: [String]
  /// The inverses of those.
  public var backward: [String]
  public var isTransitive: Bool
  /// Transitive relations that imply this one, which is not transitive itself; each with all that implies it.
  public var transitiveImplications: [RelationTraits] = []

  public init(forward: [String], backward: [String] = [], isTransitive: Bool = false) {
    self.forward = forward
    self.backward = backward
    self.isTransitive = isTransitive
  }
}

/// The names of a graph, as the sentence parser asks for them.
///
/// A folded name is UTF-8 text as `NameFolding` makes it: without case, words separated by one space. Lookups happen many
/// times a sentence: expected O(length of the name).
public protocol Lexicon {
  /// What the folded name means in a role.
  func match(_ foldedName: Span<UInt8>, as role: NameRole) -> NameMatch
  /// Every term that bears the name in the role.
  func allMatches(_ foldedName: String, as role: NameRole) -> [TermID]
  /// Known names near an unknown one, best first: within edit distance 2, or the same without case and accents.
  func suggestions(for name: String, as role: NameRole) -> [String]
  /// Known names that a new one may be a slip of, best first: within an edit or two.
  func nearNames(to name: String, as role: NameRole) -> [String]
  /// The decoded term, for algebra.
  func term(_ id: TermID) -> Term
  /// The name shown to people, unquoted.
  func label(_ id: TermID) -> String
  /// The handle of an IRI that occurs in the graph.
  func id(ofIRI iri: String) -> TermID?
  func traits(ofRelation iri: String) -> RelationTraits
  /// Whether members of other classes are members of this one by rdfs:subClassOf.
  func hasSubclasses(_ classIRI: String) -> Bool
  /// What `$3`, `$who` and `$3:who` stand for. A row counts from 1; without one, the column has to have one value.
  func cell(row: Int?, column: String?) -> CellMatch
  /// The IRI bound to a prefix by `prefix`.
  func namespace(ofPrefix prefix: String) -> String?
  /// Where new names get their IRIs.
  var base: String { get }
}
