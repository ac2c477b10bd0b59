import Engine
import RDF

/// The order of a graph's facts in a file of sentences.
///
/// First the names of terms that are not named by their IRIs, then vocabulary, then facts without a source in common, then
/// those of each source; in each, subjects by name and the facts of a subject by relation and object.
struct SentenceArrangement {
  struct Section {
    /// The qualifier that every fact of the section has, for `with`.
    var source: EncodedTriple?
    /// The facts of one subject each.
    var blocks: [[SentenceDocument.Fact]]
  }

  /// Of terms whose IRIs do not say their names.
  private(set) var namings: [SentenceDocument.Fact] = []
  private(set) var sections: [Section] = []
  /// Labels that are said by using the name.
  private var labels: [(iri: String, fact: SentenceDocument.Fact)] = []

  private let labeler: Labeler
  private var keys: [TermID: SortKey] = [:]

  init(_ document: SentenceDocument, _ choice: NameChoice, _ labeler: Labeler) {
    self.labeler = labeler
    let order = Dictionary(
      uniqueKeysWithValues: choice.namings.enumerated().map { ($1.triple, $0) })
    var vocabulary: [SentenceDocument.Fact] = []
    var bySource: [TermID: [SentenceDocument.Fact]] = [:]
    var sources: [TermID: EncodedTriple] = [:]
    var named: [(order: Int, fact: SentenceDocument.Fact)] = []
    for fact in document.facts {
      if fact.reifiers.isEmpty {
        if let number = order[fact.triple] {
          named.append((number, fact))
          continue
        }
        if let iri = labelledIRI(fact.triple, choice) {
          labels.append((iri, fact))
          continue
        }
      }
      if let source = commonSource(fact, document) {
        sources[source.object] = source
        bySource[source.object, default: []].append(fact)
      } else if fact.reifiers.isEmpty, isVocabulary(fact.triple) {
        vocabulary.append(fact)
      } else {
        bySource[.none, default: []].append(fact)
      }
    }
    namings = named.sorted { $0.order < $1.order }.map(\.fact)
    labels.sort { $0.iri < $1.iri }
    // One fact of a source says it itself.
    for (source, facts) in bySource where source != .none && facts.count == 1 {
      bySource[.none, default: []] += facts
      bySource[source] = nil
    }
    sections.append(Section(source: nil, blocks: blocks(vocabulary)))
    sections.append(Section(source: nil, blocks: blocks(bySource.removeValue(forKey: .none) ?? [])))
    let order2 = bySource.keys.sorted { key($0) < key($1) }
    for source in order2 {
      sections.append(Section(source: sources[source], blocks: blocks(bySource[source] ?? [])))
    }
  }

  /// Labels of IRIs that no sentence has named.
  func labels(except labelled: Set<String>) -> [SentenceDocument.Fact] {
    labels.filter { !labelled.contains($0.iri) }.map(\.fact)
  }

  private func labelledIRI(_ triple: EncodedTriple, _ choice: NameChoice) -> String? {
    let dictionary = labeler.snapshot.dictionary
    guard triple.predicate == labeler.standard.label,
      dictionary.kind(triple.object) == .plainLiteral,
      case .iri(let iri) = dictionary.term(triple.subject), let label = choice.labels[iri],
      dictionary.term(triple.object) == .literal(Literal(label))
    else { return nil }
    return iri
  }

  private func isVocabulary(_ triple: EncodedTriple) -> Bool {
    let standard = labeler.standard
    let predicates = [standard.subClassOf, standard.subPropertyOf, standard.inverseOf]
    if predicates.contains(triple.predicate) { return true }
    guard triple.predicate == standard.type,
      case .iri(let kind) = labeler.snapshot.dictionary.term(triple.object)
    else { return false }
    return kind == Vocabulary.transitiveProperty || kind == Vocabulary.symmetricProperty
  }

  /// The one source that each of a fact's reifiers gives.
  private func commonSource(
    _ fact: SentenceDocument.Fact, _ document: SentenceDocument
  ) -> EncodedTriple? {
    var common: EncodedTriple?
    for reifier in fact.reifiers {
      let sources = (document.qualifiers[reifier] ?? []).filter {
        $0.predicate == labeler.standard.source
      }
      guard sources.count == 1, labeler.snapshot.dictionary.kind(sources[0].object) != .blankNode,
        labeler.snapshot.dictionary.kind(sources[0].object) != .triple,
        common.map({ $0.object == sources[0].object }) ?? true
      else { return nil }
      common = sources[0]
    }
    return common
  }

  private mutating func blocks(_ facts: [SentenceDocument.Fact]) -> [[SentenceDocument.Fact]] {
    var bySubject: [TermID: [SentenceDocument.Fact]] = [:]
    for fact in facts { bySubject[fact.triple.subject, default: []].append(fact) }
    let subjects = bySubject.keys.sorted { key($0) < key($1) }
    return subjects.map { subject in
      (bySubject[subject] ?? []).sorted { a, b in
        let (first, second) = (key(a.triple.predicate), key(b.triple.predicate))
        return first == second ? key(a.triple.object) < key(b.triple.object) : first < second
      }
    }
  }

  // MARK: Order

  /// `is a` first, then by the kind of term and what people read.
  private struct SortKey: Comparable {
    var rank: Int
    var text: String
    var id: TermID

    static func < (a: SortKey, b: SortKey) -> Bool {
      if a.rank != b.rank { return a.rank < b.rank }
      if a.text != b.text { return a.text.utf8.lexicographicallyPrecedes(b.text.utf8) }
      return a.id < b.id
    }
  }

  private mutating func key(_ id: TermID) -> SortKey {
    if let known = keys[id] { return known }
    let key: SortKey
    switch labeler.snapshot.dictionary.kind(id) {
    case .iri:
      key = SortKey(rank: id == labeler.standard.type ? 0 : 1, text: labeler.text(id), id: id)
    case .blankNode: key = SortKey(rank: 2, text: "", id: id)
    case .plainLiteral, .languageLiteral, .typedLiteral:
      key = SortKey(rank: 3, text: TermText.term(labeler.snapshot.dictionary.term(id)), id: id)
    case .triple: key = SortKey(rank: 4, text: labeler.text(id), id: id)
    }
    keys[id] = key
    return key
  }
}
