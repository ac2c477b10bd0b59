import Engine
import RDF
import Sentences

/// Words of a graph for examples, each as a sentence writes it.
public struct ExampleWords: Hashable, Sendable {
  /// One fact about two things.
  public var subject: String
  public var relation: String
  public var object: String
  /// A class with members, if there is one, and `a` or `an` for it.
  public var kind: String?
  public var article: String

  public init(
    subject: String, relation: String, object: String, kind: String?, article: String
  ) {
    self.subject = subject
    self.relation = relation
    self.object = object
    self.kind = kind
    self.article = article
  }
}

extension KnowledgeBase {
  /// Words of the relation between things and of the class that are used most; nil where there is no such relation.
  public var exampleWords: ExampleWords? {
    let examples = ExampleQuestions(labeler: labeler)
    guard let fact = examples.factAboutTwoThings else { return nil }
    let kind = examples.kinds.first?.name
    return ExampleWords(
      subject: labeler.phrase(fact.subject), relation: labeler.relationPhrase(fact.predicate),
      object: labeler.phrase(fact.object),
      kind: kind.map { SentenceWriter.name($0, as: .class) },
      article: kind.map(Article.before) ?? "a")
  }
}
