import Engine
import RDF
import Sentences

/// The names of a knowledge base as the sentence parser asks for them.
struct GraphLexicon: Lexicon {
  let knowledge: KnowledgeBase
  /// Whether near names are looked for: completion reads many texts that are wrong and shows no error.
  var suggestsNames = true
  /// What the search for near names obeys; what it finds until then is suggested.
  var limits = Limits()

  var base: String { knowledge.base }

  func match(_ foldedName: Span<UInt8>, as role: NameRole) -> NameMatch {
    knowledge.names.match(foldedName, as: role)
  }

  func allMatches(_ foldedName: String, as role: NameRole) -> [TermID] {
    knowledge.names.allMatches(Array(foldedName.utf8).span, as: role)
  }

  func suggestions(for name: String, as role: NameRole) -> [String] {
    guard suggestsNames else { return [] }
    let near = nearNames(to: name, as: role)
    if !near.isEmpty { return near }
    let names = knowledge.names
    let numbers = names.numbers(
      withWords: NameFolding.fold(name), limit: 5, within: budget
    ) {
      names.hasBearer($0, playing: role)
    }
    return shownNames(numbers, role)
  }

  func nearNames(to name: String, as role: NameRole) -> [String] {
    guard suggestsNames else { return [] }
    let folded = NameFolding.fold(name)
    // A short name is near everything; one edit is enough there.
    let limit = folded.count <= 4 ? 1 : 2
    let names = knowledge.names
    let numbers = names.numbers(near: folded, limit: limit, within: budget) {
      names.hasBearer($0, playing: role)
    }
    return shownNames(numbers, role)
  }

  private var budget: SearchBudget { SearchBudget(knowledge.snapshot, limits) }

  private func shownNames(_ numbers: [Int], _ role: NameRole) -> [String] {
    var shown: [String] = []
    for name in numbers.map({ shownName($0, role) }) where !shown.contains(name) {
      shown.append(name)
    }
    return Array(shown.prefix(5))
  }

  /// The label of a name's bearer when it folds to that name, else the name itself.
  private func shownName(_ number: Int, _ role: NameRole) -> String {
    let names = knowledge.names
    let text = names.text(number)
    // Without settling: a file may have many errors, and each would index all that was read so far.
    let labeler = Labeler(
      snapshot: knowledge.snapshot, standard: knowledge.standard, origins: knowledge.origins)
    for bearer in names.bearersList(number) where names.plays(bearer, role) {
      let label = labeler.text(bearer)
      if String(decoding: NameFolding.fold(label), as: UTF8.self) == text { return label }
      for alias in knowledge.names(of: bearer)
      where String(decoding: NameFolding.fold(alias), as: UTF8.self) == text {
        return alias
      }
    }
    return text
  }

  func cell(row: Int?, column: String?) -> CellMatch {
    knowledge.shownAnswer?.cell(row: row, column: column) ?? .missing("there is no answer yet")
  }

  func term(_ id: TermID) -> Term { knowledge.dictionary.term(id) }

  func label(_ id: TermID) -> String {
    Labeler(snapshot: snapshot, standard: knowledge.standard, origins: knowledge.origins).text(id)
  }

  private var snapshot: Snapshot { knowledge.settledSnapshot(until: limits.cancellation) }

  func id(ofIRI iri: String) -> TermID? { knowledge.dictionary.lookup(.iri(iri)) }

  func namespace(ofPrefix prefix: String) -> String? { knowledge.namespaces[prefix] }

  func hasSubclasses(_ iri: String) -> Bool {
    guard let id = id(ofIRI: iri) else { return false }
    return snapshot.count(.none, knowledge.standard.subClassOf, id) > 0
  }

  func traits(ofRelation iri: String) -> RelationTraits {
    guard let relation = id(ofIRI: iri) else { return RelationTraits(forward: [iri]) }
    return RelationClosure(snapshot, knowledge.standard).traits(of: relation)
  }
}
