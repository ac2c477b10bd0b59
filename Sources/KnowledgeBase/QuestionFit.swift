import Algebra
import Engine
import RDF
import Sentences

/// Tells which names and values can stand at the cursor of a question: those with which all that has to hold has a match.
struct QuestionFit {
  private let knowledge: KnowledgeBase
  private let snapshot: Snapshot
  private let end: Double
  private var readings: [Reading] = []

  /// A way to read the question, and what the name is in it.
  private struct Reading {
    var role: NameRole
    var search: MatchSearch
    /// For a relation: the other way round.
    var reversed: MatchSearch?
  }

  fileprivate static let value = Variable(" value")

  /// `end` is by the clock of `monotonicSeconds`.
  init(_ patterns: [Pattern], _ knowledge: KnowledgeBase, until end: Double) {
    self.knowledge = knowledge
    snapshot = knowledge.settledSnapshot
    self.end = end
    readings = patterns.compactMap { reading(Premises($0.withoutGroups).opened) }
  }

  /// nil where the facts just before say as much, or nothing can be told.
  private func reading(_ premises: Premises?) -> Reading? {
    guard let premises, premises.triples.count + premises.reaches.count > 1 else { return nil }
    let place = TermPattern.variable(Self.value)
    let claimed = premises.triples.compactMap(\.object.triplePattern)
    guard premises.variables.contains(Self.value),
      !claimed.contains(where: { $0.predicate == place })
    else { return nil }
    if premises.triples.contains(where: { $0.predicate == place }) {
      return Reading(
        role: .relation, search: search(premises), reversed: search(premises.reversed(at: place)))
    }
    let isClass = premises.triples.contains {
      $0.object == place && $0.predicate == .term(.iri(Vocabulary.type))
    }
    return Reading(role: isClass ? .class : .entity, search: search(premises))
  }

  private func search(_ premises: Premises) -> MatchSearch {
    MatchSearch(premises, valuesOf: Self.value, on: snapshot, until: end)
  }

  /// All that fit in a role, but for classes above; nil where they are not soon found, or nothing can be told.
  func all(_ role: NameRole) -> Set<TermID>? {
    let fitting = readings.filter { $0.role == role }
    let found = fitting.compactMap(\.search.allValues)
    return fitting.isEmpty || found.count < fitting.count ? nil : found.reduce([]) { $0.union($1) }
  }

  /// Those that fit, and those of which that could not be found out in time.
  func sort<Candidate>(
    _ candidates: [Candidate], upTo count: Int, _ use: (Candidate) -> (TermID, NameRole)
  ) -> (fitting: [Candidate], open: [Candidate]) {
    if readings.isEmpty { return (candidates, []) }
    return MatchSearch.sort(candidates, upTo: count, until: end) { candidate, stepLimit in
      let (id, role) = use(candidate)
      return finding(id, role, stepLimit)
    }
  }

  /// Whether some reading has a match with it; where none reads it in its role, nothing speaks against it.
  private func finding(_ id: TermID, _ role: NameRole, _ stepLimit: Int) -> MatchSearch.Finding {
    let fitting = readings.filter { $0.role == role }
    if fitting.isEmpty { return .match }
    var best = MatchSearch.Finding.noMatch
    let (forward, backward) = meanings(of: id, role)
    for reading in fitting {
      for (ids, search) in [(forward, reading.search), (backward, reading.reversed)] {
        for id in ids {
          switch search?.finding(id, stepLimit: stepLimit) {
          case .match: return .match
          case .unknown: best = .unknown
          case .noMatch, nil: break
          }
        }
      }
    }
    return best
  }

  /// What a fact may have for it: a relation's inverses stand the other way round.
  private func meanings(of id: TermID, _ role: NameRole) -> (forward: [TermID], backward: [TermID])
  {
    switch role {
    case .entity: return ([id], [])
    case .class:
      let lister = VocabularyLister(knowledge.labeler)
      // Without limits, nothing ends it.
      return ((try? lister.subclasses(of: id))?.sorted() ?? [id], [])
    case .relation:
      let traits = RelationClosure(snapshot, knowledge.standard).traits(of: id)
      let all = [traits] + traits.transitiveImplications
      func ids(_ iris: [String]) -> [TermID] {
        iris.compactMap { snapshot.dictionary.lookup(.iri($0)) }
      }
      return (ids(all.flatMap(\.forward)), ids(all.flatMap(\.backward)))
    }
  }
}

extension Pattern {
  /// What has a match wherever the pattern counts or sums something.
  fileprivate var withoutGroups: Pattern {
    switch self {
    case .project(let inner, _), .distinct(let inner), .orderBy(let inner, _),
      .extend(let inner, _, _), .slice(let inner, _, _), .filter(_, let inner):
      inner.withoutGroups
    case .group(let inner, _, _): inner
    default: self
    }
  }
}

extension Premises {
  /// With variables for the wildcards of completion; nil where one stands inside a path.
  fileprivate var opened: Premises? {
    guard !reaches.contains(where: { $0.path.hasWildcard }) else { return nil }
    return Premises(
      triples: triples.map(\.opened),
      reaches: reaches.map {
        Reach(subject: $0.subject.opened, path: $0.path, object: $0.object.opened)
      })
  }

  /// With the subject and object of the fact exchanged whose relation is `place`.
  fileprivate func reversed(at place: TermPattern) -> Premises {
    let exchanged = triples.map {
      $0.predicate == place ? TriplePattern($0.object, place, $0.subject) : $0
    }
    return Premises(triples: exchanged, reaches: reaches)
  }
}

extension TriplePattern {
  fileprivate var opened: TriplePattern {
    TriplePattern(subject.opened, predicate.opened, object.opened)
  }
}

extension TermPattern {
  fileprivate var opened: TermPattern {
    if let inner = triplePattern { return inner.opened.term }
    guard case .term(.iri(let iri)) = self, SentenceParser.Expectation.isWildcard(iri) else {
      return self
    }
    let isValue = iri == SentenceParser.Expectation.wildcard
    return .variable(isValue ? QuestionFit.value : Variable(iri))
  }
}

extension Path {
  fileprivate var hasWildcard: Bool {
    switch self {
    case .predicate(.iri(let iri)): SentenceParser.Expectation.isWildcard(iri)
    case .predicate, .negated: false
    case .inverse(let inner), .zeroOrMore(let inner), .oneOrMore(let inner), .zeroOrOne(let inner):
      inner.hasWildcard
    case .sequence(let first, let second), .alternative(let first, let second):
      first.hasWildcard || second.hasWildcard
    }
  }
}
