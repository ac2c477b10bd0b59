import Engine
import RDF
import Sentences

/// Turns terms of one snapshot into what people read.
struct Labeler: Sendable {
  let snapshot: Snapshot
  let standard: StandardTerms
  let origins: OriginTable

  /// A name for a node, the text of a literal, a sentence in parentheses for a claim.
  func text(_ id: TermID) -> String {
    text(snapshot.dictionary.term(id), id: id)
  }

  /// The same for a term that the dictionary may not hold.
  func text(_ term: Term) -> String {
    text(term, id: snapshot.dictionary.lookup(term) ?? .none)
  }

  private func text(_ term: Term, id: TermID) -> String {
    switch term {
    case .iri(let iri): name(iri: iri, id: id)
    case .blankNode(let label): statedName(id) ?? "_:" + label
    case .literal(let literal): durationText(literal) ?? literal.lexicalForm
    case .triple(let triple): "(" + sentence(triple) + ")"
    }
  }

  /// A triple as a sentence that can be typed again.
  func sentence(_ triple: Triple) -> String {
    let subject = phrase(triple.subject)
    if triple.predicate == .iri(Vocabulary.type), let word = characteristic(triple.object) {
      return "\(subject) is \(word)"
    }
    let object = phrase(triple.object)
    let relation = relationPhrase(triple.predicate)
    let isClass = triple.predicate == .iri(Vocabulary.type) && relation == "is a"
    return "\(subject) \(isClass ? "is " + Article.before(object) : relation) \(object)"
  }

  /// The word of the language for what relations are declared to be.
  private func characteristic(_ term: Term) -> String? {
    switch term {
    case .iri(Vocabulary.transitiveProperty): "transitive"
    case .iri(Vocabulary.symmetricProperty): "symmetric"
    case .iri, .blankNode, .literal, .triple: nil
    }
  }

  /// A relation as it stands in a sentence; `is` before a quality needs no quotes.
  func relationPhrase(_ term: Term) -> String {
    let name = text(term)
    return name == "is" ? name : phrase(term)
  }

  /// Whether a term is one of the language's own relations, whose words need no quotes.
  private func isWord(_ term: Term) -> Bool {
    guard let id = snapshot.dictionary.lookup(term) else { return false }
    return standard.word(id) != nil
  }

  /// A term as it stands in a sentence: names quoted where they must be, texts in their quotes.
  func phrase(_ term: Term) -> String {
    switch term {
    case .literal(let literal): durationText(literal) ?? SentenceWriter.literal(literal)
    case .triple(let triple): "(" + sentence(triple) + ")"
    case .iri, .blankNode:
      isWord(term) ? text(term) : SentenceWriter.name(text(term), as: .entity)
    }
  }

  private func name(iri: String, id: TermID) -> String {
    if id.isBound {
      if let word = standard.word(id) { return word }
      if let name = statedName(id) { return name }
    }
    return localName(ofIRI: iri)
  }

  private func statedName(_ id: TermID) -> String? {
    naming(id)?.name
  }

  /// The first name by order of naming predicates, without a language, or in English, if there is one; and the triple
  /// that gives it.
  func naming(_ id: TermID) -> (name: String, triple: EncodedTriple)? {
    guard id.isBound else { return nil }
    for predicate in standard.naming {
      var best: (rank: Int, name: String, triple: EncodedTriple)?
      snapshot.forEach(id, predicate, .none) { triple in
        guard case .literal(let literal) = snapshot.dictionary.term(triple.object) else {
          return true
        }
        let rank = literal.language == nil ? 0 : literal.language?.hasPrefix("en") == true ? 1 : 2
        if rank < best?.rank ?? .max { best = (rank, literal.lexicalForm, triple) }
        return rank > 0
      }
      if let best { return (best.name, best.triple) }
    }
    return nil
  }
}
