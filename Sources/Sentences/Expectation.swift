public import Algebra
public import Diagnostics
public import RDF

extension SentenceParser {
  /// What can stand at the cursor.
  public struct Expectation: Hashable, Sendable {
    /// Unfinished words that a name can begin with, and what the name would be.
    public struct Candidate: Hashable, Sendable {
      /// The words before the cursor, with an opening quote; empty where a new name would begin.
      public var partial: SourceRange
      public var roles: Set<NameRole>
      /// The relation just before, when the name is its object.
      public var relation: TermID?
      /// The subject before that relation or before the name, when it is one known name.
      public var subject: TermID?
      /// What has to hold if the name stands there, in each way the question can be read: `wildcard` in its place, and other IRIs
      /// of wildcards in the places of what is still to come.
      public var patterns: [Pattern] = []
    }

    /// The IRI of the name at the cursor; no text can write it.
    public static let wildcard = "urn: "

    /// Whether an IRI stands for something that is not typed yet.
    public static func isWildcard(_ iri: String) -> Bool { iri.hasPrefix(wildcard) }

    /// Shortest partial first.
    public var candidates: [Candidate]
    /// Words of the language, and gaps of the question such as `?who`, that go on from `wordPartial`.
    public var words: [String]
    /// Whether the sentence has a gap, so that it asks.
    public var hasGap = false
    /// The unfinished word before the cursor that `words` replace.
    public var wordPartial: SourceRange

    /// The shortest partial name.
    public var partial: SourceRange { candidates.first?.partial ?? wordPartial }
    /// What the shortest partial name can be.
    public var roles: Set<NameRole> { candidates.first?.roles ?? [] }
  }
}
