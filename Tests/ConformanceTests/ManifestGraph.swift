import RDF

/// The triples of a manifest by subject.
struct ManifestGraph {
  private let bySubject: [Term: [Triple]]

  init(_ triples: [Triple]) {
    bySubject = Dictionary(grouping: triples, by: \.subject)
  }

  var subjects: some Sequence<Term> { bySubject.keys }

  func objects(_ subject: Term, _ predicate: String) -> [Term] {
    (bySubject[subject] ?? []).filter { $0.predicate == .iri(predicate) }.map(\.object)
  }

  func object(_ subject: Term, _ predicate: String) -> Term? {
    objects(subject, predicate).first
  }

  func text(_ subject: Term, _ predicate: String) -> String? {
    guard case .literal(let literal)? = object(subject, predicate) else { return nil }
    return literal.lexicalForm
  }

  /// The items of all lists that a predicate leads to.
  func lists(_ predicate: String) -> [Term] {
    let heads = bySubject.keys.compactMap { object($0, predicate) }
    return heads.flatMap(items)
  }

  private func items(_ head: Term) -> [Term] {
    var items: [Term] = []
    var cell: Term? = head
    while let here = cell, let item = object(here, Vocabulary.rdf + "first") {
      items.append(item)
      cell = object(here, Vocabulary.rdf + "rest")
    }
    return items
  }
}
