import Engine
import RDF

/// What a graph says, arranged for sentences: each fact with the reifiers that can stand beside it in braces.
struct SentenceDocument {
  struct Fact {
    var triple: EncodedTriple
    var reifiers: [TermID]
  }

  /// In the order of their handles.
  private(set) var facts: [Fact] = []
  /// What the reifiers of `facts` say of them.
  private(set) var qualifiers: [TermID: [EncodedTriple]] = [:]
  private let snapshot: Snapshot
  private let standard: StandardTerms

  init(_ snapshot: Snapshot, _ standard: StandardTerms) {
    self.snapshot = snapshot
    self.standard = standard
    let beside = reifiersBesideFacts()
    snapshot.forEach(inGraph: .none) { triple in
      if qualifiers[triple.subject] != nil { return }
      facts.append(Fact(triple: triple, reifiers: beside[triple] ?? []))
    }
  }

  /// Reifiers that need no name: nothing mentions them, they reify one asserted fact, and say something else of it than
  /// its other reifiers.
  private mutating func reifiersBesideFacts() -> [EncodedTriple: [TermID]] {
    let mentioned = mentionedNodes()
    var beside: [EncodedTriple: [TermID]] = [:]
    var said: [EncodedTriple: Set<Set<PredicateObject>>] = [:]
    snapshot.forEach(.none, standard.reifies, .none) { reification in
      let reifier = reification.subject
      guard snapshot.dictionary.kind(reifier) == .blankNode, !mentioned.contains(reifier),
        snapshot.count(reifier, standard.reifies, .none) == 1,
        let fact = snapshot.dictionary.components(ofTriple: reification.object),
        fact.subject != reifier, snapshot.contains(fact)
      else { return true }
      var statements: [EncodedTriple] = []
      snapshot.forEach(reifier, .none, .none) {
        if $0.predicate != standard.reifies { statements.append($0) }
        return true
      }
      let group = Set(statements.map { PredicateObject($0.predicate, $0.object) })
      if !group.isEmpty, said[fact, default: []].insert(group).inserted {
        beside[fact, default: []].append(reifier)
        qualifiers[reifier] = statements
      }
      return true
    }
    return beside
  }

  private struct PredicateObject: Hashable {
    var predicate: TermID
    var object: TermID

    init(_ predicate: TermID, _ object: TermID) {
      self.predicate = predicate
      self.object = object
    }
  }

  /// Blank nodes that are an object or a part of a triple term.
  private func mentionedNodes() -> Set<TermID> {
    var mentioned: Set<TermID> = []
    var open: [TermID] = []
    snapshot.forEach(inGraph: .none) { triple in
      open.append(triple.object)
      if snapshot.dictionary.kind(triple.subject) == .triple { open.append(triple.subject) }
      while let id = open.popLast() {
        switch snapshot.dictionary.kind(id) {
        case .blankNode: mentioned.insert(id)
        case .triple:
          guard let parts = snapshot.dictionary.components(ofTriple: id) else { continue }
          open += [parts.subject, parts.object]
        case .iri, .plainLiteral, .languageLiteral, .typedLiteral: break
        }
      }
    }
    return mentioned
  }
}
