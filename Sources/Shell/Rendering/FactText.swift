import KnowledgeBase
import RDF

/// A fact and what is said about it, in the words people read, safe for a terminal.
struct FactText {
  let fact: StatedFact

  init(_ fact: StatedFact) {
    self.fact = fact
  }

  var subject: String { printable(fact.subject) }
  var relation: String { printable(fact.relation) }
  var object: String { printable(fact.object) }
  var sentence: String { "\(subject) \(printable(fact.verb)) \(object)" }

  /// `knowledge/article.kosh:12`, or nothing.
  var origin: String {
    fact.origin.map { "\(printable($0.file)):\($0.line)" } ?? ""
  }

  /// The first source with its paragraph: `article of 2020-04-30, paragraph 2`; nil without one.
  var source: String? {
    fact.qualifierGroups.lazy.compactMap { QualifierText($0).source }.first
  }

  /// One text a reifier, of at most so many of them: dates first, then the source, then whatever else.
  func remarks(_ style: Style, limit: Int? = nil) -> [String] {
    fact.qualifierGroups.prefix(limit ?? .max).map { QualifierText($0).text(style) }
      .filter { !$0.isEmpty }
  }

  /// All that is said about the fact, in one line; no more than about a width of it.
  func remark(_ style: Style) -> String {
    // Each takes a cell at least.
    remarks(style, limit: style.width).joined(separator: "; ")
  }

  /// Where the facts behind a row come from: the first source with its date, and how many others there are. What
  /// `shown` has already is left out.
  static func sourceNote(_ facts: [StatedFact], beside shown: [String?], _ style: Style) -> String {
    let groups = facts.flatMap(\.qualifierGroups).map { QualifierText($0) }
    guard let first = groups.first(where: { $0.source != nil }) ?? groups.first else { return "" }
    let others = Set(groups.compactMap(\.sourceName)).count - 1
    let isShown = first.sourceName.map { shown.contains($0) } ?? false
    let source = isShown ? "" : first.source ?? ""
    let note = style.dotted([first.dates(besides: shown), source])
    return others > 0 && !isShown ? "\(note) +\(others)" : note
  }
}

/// The qualifiers of one reifier.
struct QualifierText {
  private let qualifiers: [StatedQualifier]

  init(_ qualifiers: [StatedQualifier]) {
    self.qualifiers = qualifiers
  }

  private static let dateRelations = [
    Vocabulary.date, Vocabulary.validFrom, Vocabulary.validThrough,
  ]

  private func isParagraph(_ qualifier: StatedQualifier) -> Bool {
    qualifier.relation == "paragraph"
  }

  /// A value without the marks that the language writes around literals.
  private func shown(_ qualifier: StatedQualifier) -> String {
    if case .literal(let literal) = qualifier.term { return printable(literal.lexicalForm) }
    return printable(qualifier.value)
  }

  var sourceName: String? {
    qualifiers.first { $0.relationIRI == Vocabulary.source }.map(shown)
  }

  /// The source with the paragraph in it: `article of 2020-04-30, paragraph 2`.
  var source: String? {
    guard let name = sourceName else { return nil }
    let place = qualifiers.first(where: isParagraph)
    return name + (place.map { ", paragraph " + shown($0) } ?? "")
  }

  /// When it was, or from when until when: `from 2019 until 2020-04`; without the dates that stand elsewhere.
  func dates(besides others: [String?] = []) -> String {
    qualifiers.filter { Self.dateRelations.contains($0.relationIRI) && !others.contains(shown($0)) }
      .map { printable($0.relation) + " " + shown($0) }.joined(separator: " ")
  }

  func text(_ style: Style) -> String {
    let others = qualifiers.filter {
      !Self.dateRelations.contains($0.relationIRI) && $0.relationIRI != Vocabulary.source
        && !(isParagraph($0) && source != nil)
    }
    let rest = others.map { printable($0.relation) + " " + shown($0) }
    return style.dotted([dates(), source ?? ""] + rest)
  }
}
