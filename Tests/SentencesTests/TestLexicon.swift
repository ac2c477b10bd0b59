import Diagnostics
import RDF

@testable import Sentences

/// Names in memory: what a graph would know.
struct TestLexicon: Lexicon {
  var terms: [Term] = []
  var labels: [String] = []
  var names: [NameRole: [String: [TermID]]] = [:]
  var relationTraits: [String: RelationTraits] = [:]
  var classesWithSubclasses: Set<String> = []
  var prefixes = ["schema": Vocabulary.schema]
  var base = Vocabulary.defaultBase

  init(entities: [String] = [], classes: [String] = [], relations: [String] = []) {
    for name in entities { add(name, [.entity]) }
    for name in classes { add(name, [.entity, .class]) }
    for name in relations { add(name, [.relation]) }
  }

  @discardableResult
  mutating func add(_ name: String, _ roles: [NameRole], iri: String? = nil) -> TermID {
    terms.append(.iri(iri ?? SentenceWriter.iri(forName: name, base: base)))
    labels.append(name)
    let id = TermID(rawValue: UInt32(terms.count))
    for role in roles { names[role, default: [:]][NameFolding.key(name), default: []].append(id) }
    return id
  }

  func match(_ foldedName: Span<UInt8>, as role: NameRole) -> NameMatch {
    var bytes: [UInt8] = []
    for index in foldedName.indices { bytes.append(foldedName[index]) }
    let ids = allMatches(String(decoding: bytes, as: UTF8.self), as: role)
    return ids.count > 1 ? .several : ids.first.map(NameMatch.one) ?? .unknown
  }

  func allMatches(_ foldedName: String, as role: NameRole) -> [TermID] {
    names[role]?[foldedName] ?? []
  }

  func suggestions(for name: String, as role: NameRole) -> [String] {
    let key = NameFolding.key(name)
    var near: [(Int, String)] = []
    for (other, ids) in names[role] ?? [:] {
      let distance = editDistance(key.unicodeScalars, other.unicodeScalars, limit: 2)
      guard let distance, let id = ids.first else { continue }
      near.append((distance, label(id)))
    }
    return near.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.1)
  }

  func nearNames(to name: String, as role: NameRole) -> [String] {
    suggestions(for: name, as: role)
  }

  func term(_ id: TermID) -> Term { terms[Int(id.rawValue) - 1] }
  func label(_ id: TermID) -> String { labels[Int(id.rawValue) - 1] }

  func id(ofIRI iri: String) -> TermID? {
    terms.firstIndex(of: .iri(iri)).map { TermID(rawValue: UInt32($0 + 1)) }
  }

  func traits(ofRelation iri: String) -> RelationTraits {
    relationTraits[iri] ?? RelationTraits(forward: [iri])
  }

  func hasSubclasses(_ classIRI: String) -> Bool { classesWithSubclasses.contains(classIRI) }
  func cell(row: Int?, column: String?) -> CellMatch {
    row == 1 || column == "who" ? .term(.iri("urn:cell")) : .missing("there is no such cell")
  }

  func namespace(ofPrefix prefix: String) -> String? { prefixes[prefix] }

  /// What most tests know.
  static let sample: TestLexicon = {
    var lexicon = TestLexicon(
      entities: [
        "Zoom", "Zoom India", "Sameer Raje", "MHA", "MeitY", "CERT-In", "California",
        "Zoom Meetings", "waiting room", "Person 12", "Person 77", "Advisory 1", "unsafe",
      ],
      classes: ["Advisory", "Company", "Minister", "Security Advisory"],
      relations: [
        "heads", "part of", "warned against", "issued", "concerns", "says", "makes", "knows",
        "based in", "has users", "is", "works for", "in touch with",
      ])
    lexicon.relationTraits["urn:kosh:part_of"] = RelationTraits(
      forward: ["urn:kosh:part_of"], backward: ["urn:kosh:has_part"], isTransitive: true)
    return lexicon
  }()
}

extension TestLexicon {
  /// Takes in the names that facts bring, as a graph would.
  mutating func learn(_ facts: [Fact]) {
    for fact in facts {
      learn(fact.relation)
      learn(fact.subject)
      if case .standard(.alsoKnownAs) = fact.relation, case .known(let id) = resolved(fact.subject),
        case .term(.literal(let name)) = fact.object
      {
        for role in NameRole.allCases
        where names[role]?.values.contains(where: { $0.contains(id) }) == true {
          names[role, default: [:]][NameFolding.key(name.lexicalForm), default: []].append(id)
        }
      }
      learn(fact.object)
      for qualifier in fact.qualifierGroups.joined() {
        learn(qualifier.relation)
        learn(qualifier.object)
      }
    }
  }

  mutating func learn(_ reference: Reference) {
    switch reference {
    case .known, .term, .standard: break
    case .new(let name, let role):
      if case .known = resolved(reference) { return }
      add(name, role == .class ? [.entity, .class] : [role])
    case .claim(let subject, let relation, let object):
      learn(subject)
      learn(relation)
      learn(object)
    }
  }

  private func resolved(_ reference: Reference) -> Reference {
    guard case .new(let name, let role) = reference,
      let id = names[role]?[NameFolding.key(name)]?.first
    else { return reference }
    return .known(id)
  }
}
