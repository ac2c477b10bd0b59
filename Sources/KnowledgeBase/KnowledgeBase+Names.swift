import Engine
import RDF
import Sentences

extension KnowledgeBase {
  /// The names that the graph gives a term, besides the one made from its IRI.
  func names(of id: TermID) -> [String] {
    var found: [String] = []
    for predicate in standard.naming {
      snapshot.forEach(id, predicate, .none) { triple in
        if case .literal(let literal) = dictionary.term(triple.object) {
          found.append(literal.lexicalForm)
        }
        return true
      }
    }
    return found
  }

  /// Takes back what triples that are no longer in the snapshot taught about names and roles.
  func unlearn(_ triples: [EncodedTriple], until cancellation: CancellationFlag?) {
    var refreshed: Set<TermID> = []
    for triple in triples where !snapshot.contains(triple) {
      if cancellation?.isRaised == true {
        namesAreStale = true
        return
      }
      if standard.naming.contains(triple.predicate),
        case .literal(let literal) = dictionary.term(triple.object)
      {
        let stillNamed = names(of: triple.subject).contains {
          NameFolding.fold($0) == NameFolding.fold(literal.lexicalForm)
        }
        if !stillNamed {
          names.remove(NameFolding.fold(literal.lexicalForm).span, bearer: triple.subject)
        }
      }
      for id in [triple.subject, triple.predicate, triple.object]
      where refreshed.insert(id).inserted {
        refreshRoles(id)
      }
    }
  }

  /// Recomputes what a term can stand for from the snapshot.
  private func refreshRoles(_ id: TermID) {
    if standard.word(id) != nil { return }
    var roles: NameIndex.Roles = []
    let isRelation =
      snapshot.count(.none, id, .none) > 0
      || [standard.subPropertyOf, standard.inverseOf].contains {
        snapshot.count(id, $0, .none) > 0 || snapshot.count(.none, $0, id) > 0
      }
    if isRelation { roles.insert(.relation) }
    let isClass =
      snapshot.count(.none, standard.type, id) > 0
      || snapshot.count(id, standard.subClassOf, .none) > 0
      || snapshot.count(.none, standard.subClassOf, id) > 0
    if isClass { roles.insert(.class) }
    names.setRoles(of: id, to: roles)
  }

  /// Learns every name of the snapshot anew; O(triples with names + terms). They stay stale when that is cancelled.
  func rebuildNames(
    _ progress: ((LoadProgress) -> Void)? = nil, until cancellation: CancellationFlag? = nil
  ) {
    var meter = LoadMeter("name", progress)
    nameIndex = NameIndex()
    namesAreStale = false
    defer { namesAreStale = cancellation?.isRaised ?? false }
    for relation in StandardRelation.allCases {
      let id = standard.id(relation)
      names.mark(id, as: .relation)
      names.add(NameFolding.fold(relation.rawValue).span, bearer: id)
    }
    for predicate in snapshot.predicates { names.mark(predicate, as: .relation) }
    forEachTripleTerm(until: cancellation) { claim, isThere in
      // Most are relations of facts, too.
      if !names.roles(of: claim.predicate).contains(.relation), isThere() {
        names.mark(claim.predicate, as: .relation)
      }
    }
    for predicate in standard.naming + [
      standard.type, standard.subClassOf, standard.subPropertyOf, standard.inverseOf,
    ] {
      snapshot.forEach(.none, predicate, .none) {
        learn($0)
        if names.count & 1023 == 0 { meter.tick(names.count) }
        return cancellation?.isRaised != true
      }
    }
    nameUnlabelledTerms(&meter, cancellation)
  }

  private func nameUnlabelledTerms(_ meter: inout LoadMeter, _ cancellation: CancellationFlag?) {
    // By number: what no triple has as a term of its own.
    var isOutside = Array(repeating: false, count: dictionary.count + 1)
    for number in stride(from: UInt32(1), through: UInt32(dictionary.count), by: 1) {
      let id = TermID(rawValue: number)
      // Most have a label, and what is made of their IRI is not needed.
      if number & 4095 == 0 {
        meter.tick(names.count)
        if cancellation?.isRaised == true { return }
      }
      guard dictionary.kind(id) == .iri else { continue }
      isOutside[Int(number)] = !occurs(id)
      if !isOutside[Int(number)], !hasStatedName(id) { addOwnName(id) }
    }
    forEachTripleTerm(until: cancellation) { claim, isThere in
      let outside = [claim.subject, claim.predicate, claim.object].filter {
        isOutside[Int($0.rawValue)]
      }
      if !outside.isEmpty, isThere() { for id in outside { addOwnName(id) } }
    }
  }

  private func addOwnName(_ id: TermID) {
    if let name = ownName(id) { names.add(name.span, bearer: id) }
  }

  /// Calls `body` with the triple terms of the dictionary, and with what says whether the graph has one.
  private func forEachTripleTerm(
    until cancellation: CancellationFlag?, _ body: (EncodedTriple, _ isThere: () -> Bool) -> Void
  ) {
    // Those inside others have lower numbers.
    var inside: Set<TermID> = []
    for number in stride(from: UInt32(dictionary.count), to: 0, by: -1) {
      if number & 4095 == 0, cancellation?.isRaised == true { return }
      let id = TermID(rawValue: number)
      guard let triple = dictionary.components(ofTriple: id) else { continue }
      let isThere = { inside.contains(id) || self.occurs(id) }
      body(triple, isThere)
      for part in [triple.subject, triple.object]
      where dictionary.kind(part) == .triple && isThere() {
        inside.insert(part)
      }
    }
  }

  private func occurs(_ id: TermID) -> Bool {
    snapshot.count(id, .none, .none) > 0 || snapshot.count(.none, standard.reifies, id) > 0
      || snapshot.count(.none, .none, id) > 0 || snapshot.count(.none, id, .none) > 0
  }

  /// Names what a claim is about that no triple names, and lets its relation be one.
  func learnClaim(_ id: TermID) {
    guard let claim = dictionary.components(ofTriple: id) else { return }
    names.mark(claim.predicate, as: .relation)
    for id in [claim.subject, claim.predicate, claim.object] {
      learnClaim(id)
      if dictionary.kind(id) == .iri, !hasStatedName(id) { addOwnName(id) }
    }
  }

  private func hasStatedName(_ id: TermID) -> Bool {
    standard.naming.contains { snapshot.count(id, $0, .none) > 0 }
  }

  /// Gives an IRI the name it has from its text, or takes it: it bears it while it occurs and has no other.
  func adaptLocalName(_ id: TermID) {
    guard let name = ownName(id) else { return }
    if isKnownByIRI(id) {
      names.add(name.span, bearer: id)
    } else if !self.names(of: id).contains(where: { NameFolding.fold($0) == name }) {
      names.remove(name.span, bearer: id)
    }
  }

  /// The folded name that is made from an IRI; nil for other terms and words of the language.
  func ownName(_ id: TermID) -> [UInt8]? {
    guard dictionary.kind(id) == .iri, standard.word(id) == nil,
      case .iri(let iri) = dictionary.term(id)
    else { return nil }
    return NameFolding.fold(localName(ofIRI: iri))
  }

  private func isKnownByIRI(_ id: TermID) -> Bool {
    dictionary.kind(id) == .iri && occurs(id) && !hasStatedName(id)
  }
}
