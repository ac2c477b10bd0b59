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
  var sentence: String { "\(subject) \(relation) \(object)" }

  /// `knowledge/article.kosh:12`, or nothing.
  var origin: String {
    fact.origin.map { "\(printable($0.file)):\($0.line)" } ?? ""
  }

  /// The first source with its paragraph: `article of 2020-04-30, paragraph 2`; nil without one.
  var source: String? {
    fact.qualifierGroups.lazy.compactMap { QualifierText($0).source }.first
  }

  /// One text a reifier: dates first, then the source, then whatever else.
  func remarks(_ style: Style) -> [String] {
    fact.qualifierGroups.map { QualifierText($0).text(style) }.filter { !$0.isEmpty }
  }

  /// All that is said about the fact, in one line.
  func remark(_ style: Style) -> String {
    remarks(style).joined(separator: "; ")
  }

  /// Where the facts behind a row come from: the first source with its date, and how many others there are.
  static func sourceNote(_ facts: [StatedFact], _ style: Style) -> String {
    let groups = facts.flatMap(\.qualifierGroups).map { QualifierText($0) }
    let sources = groups.compactMap(\.source)
    let first = groups.first { $0.source != nil } ?? groups.first
    let others = Set(sources).count - 1
    let note = style.dotted([first?.dates ?? "", first?.source ?? ""])
    return others > 0 ? "\(note) +\(others)" : note
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

  var source: String? {
    guard let source = qualifiers.first(where: { $0.relationIRI == Vocabulary.source }) else {
      return nil
    }
    let place = qualifiers.first(where: isParagraph)
    return printable(source.value) + (place.map { ", paragraph " + printable($0.value) } ?? "")
  }

  /// When it was, and from when until when: `from 2019 until 2020-04`.
  var dates: String {
    qualifiers.filter { Self.dateRelations.contains($0.relationIRI) }
      .map { printable($0.relation) + " " + printable($0.value) }.joined(separator: " ")
  }

  func text(_ style: Style) -> String {
    let others = qualifiers.filter {
      !Self.dateRelations.contains($0.relationIRI) && $0.relationIRI != Vocabulary.source
        && !(isParagraph($0) && source != nil)
    }
    let rest = others.map { printable($0.relation) + " " + printable($0.value) }
    return style.dotted([dates, source ?? ""] + rest)
  }
}
