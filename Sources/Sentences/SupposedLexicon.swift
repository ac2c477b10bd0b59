import RDF

/// A lexicon with the new names of facts that are supposed, so that a question can use them.
struct SupposedLexicon<Base: Lexicon>: Lexicon {
  private let lexicon: Base
  private var names: [(key: [UInt8], name: String, role: NameRole)] = []

  init(base: Base, facts: [Fact]) {
    lexicon = base
    for fact in facts {
      for reference in [fact.subject, fact.relation, fact.object] { add(reference) }
      for qualifier in fact.qualifierGroups.joined() {
        add(qualifier.relation)
        add(qualifier.object)
      }
    }
  }

  private mutating func add(_ reference: Reference) {
    switch reference {
    case .known, .standard, .term: break
    case .new(let name, let role):
      names.append((Array(NameFolding.key(name).utf8), name, role))
    case .claim(let subject, let relation, let object):
      add(subject)
      add(relation)
      add(object)
    }
  }

  /// Handles of supposed names count down from the last one.
  private func id(_ index: Int) -> TermID { TermID(rawValue: .max - UInt32(index)) }

  private func supposed(_ id: TermID) -> String? {
    let index = Int(UInt32.max - id.rawValue)
    return index < names.count ? names[index].name : nil
  }

  func match(_ foldedName: Span<UInt8>, as role: NameRole) -> NameMatch {
    let known = lexicon.match(foldedName, as: role)
    guard case .unknown = known else { return known }
    for (index, new) in names.enumerated() {
      let fits = new.role == role || new.role == .class && role == .entity
      guard fits, new.key.count == foldedName.count else { continue }
      if new.key.indices.allSatisfy({ new.key[$0] == foldedName[$0] }) { return .one(id(index)) }
    }
    return .unknown
  }

  func allMatches(_ foldedName: String, as role: NameRole) -> [TermID] {
    lexicon.allMatches(foldedName, as: role)
  }

  func suggestions(for name: String, as role: NameRole) -> [String] {
    lexicon.suggestions(for: name, as: role)
  }

  func nearNames(to name: String, as role: NameRole) -> [String] {
    lexicon.nearNames(to: name, as: role)
  }

  func term(_ id: TermID) -> Term {
    supposed(id).map { .iri(SentenceWriter.iri(forName: $0, base: lexicon.base)) }
      ?? lexicon.term(id)
  }

  func label(_ id: TermID) -> String { supposed(id) ?? lexicon.label(id) }
  func id(ofIRI iri: String) -> TermID? { lexicon.id(ofIRI: iri) }

  func traits(ofRelation iri: String) -> RelationTraits { lexicon.traits(ofRelation: iri) }
  func hasSubclasses(_ classIRI: String) -> Bool { lexicon.hasSubclasses(classIRI) }
  func cell(row: Int?, column: String?) -> CellMatch { lexicon.cell(row: row, column: column) }
  func namespace(ofPrefix prefix: String) -> String? { lexicon.namespace(ofPrefix: prefix) }
  var base: String { lexicon.base }
}
