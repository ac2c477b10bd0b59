import Algebra
import RDF

/// The parts of a pattern that hold in the graph whenever it has a solution: its triples and paths outside
/// `union`, `minus`, the right of a left join, and aggregation.
struct Premises: Sendable {
  /// A path between two terms.
  struct Reach: Sendable {
    var subject: TermPattern
    var path: Path
    var object: TermPattern
  }

  private(set) var triples: [TriplePattern] = []
  private(set) var reaches: [Reach] = []
  /// Those of which one holds, whichever it is.
  private var unions: [[Premises]] = []

  private init() {}

  init(triples: [TriplePattern], reaches: [Reach] = []) {
    self.triples = triples
    self.reaches = reaches
  }

  init(_ pattern: Pattern) {
    collect(pattern)
  }

  /// A solution has one of so many combinations of branches at most; later ones are not looked at.
  private static let readingLimit = 32

  /// The premises with one branch of each union, in every combination: a solution comes from one of them.
  var readings: [Premises] {
    var found = [Premises()]
    found[0].triples = triples
    found[0].reaches = reaches
    for branches in unions {
      let inner = branches.flatMap(\.readings)
      found = found.flatMap { reading in inner.map { reading.joined(with: $0) } }
      found = Array(found.prefix(Self.readingLimit))
    }
    return found
  }

  private func joined(with other: Premises) -> Premises {
    var both = self
    both.triples += other.triples
    both.reaches += other.reaches
    return both
  }

  var variables: Set<Variable> {
    Set(triples.flatMap(\.variables)).union(
      reaches.flatMap { $0.subject.variables + $0.object.variables })
  }

  /// A fact that people stated, and the reifier that the pattern reads it by, if it does.
  struct StatedPattern: Sendable {
    var triple: TriplePattern
    var reifier: TermPattern?
  }

  /// The facts, without what is said of their reifiers; those of classes last, since others tell more.
  var facts: [StatedPattern] {
    let reified = triples.compactMap { triple -> StatedPattern? in
      guard triple.predicate == .term(.iri(Vocabulary.reifies)) else { return nil }
      return triple.object.triplePattern.map {
        StatedPattern(triple: $0, reifier: triple.subject)
      }
    }
    let reifiers = Set(reified.compactMap(\.reifier))
    let plain = triples.filter { triple in
      !reifiers.contains(triple.subject) && !reified.contains { $0.triple == triple }
    }.map { StatedPattern(triple: $0) }
    let isClass = { (fact: StatedPattern) in
      fact.triple.predicate == .term(.iri(Vocabulary.type))
    }
    let all = plain + reified
    return all.filter { !isClass($0) } + all.filter(isClass)
  }

  /// The facts as a sentence writes them: a path is the relation that it was made from.
  var asWritten: [TriplePattern] {
    facts.map(\.triple)
      + reaches.compactMap { reach in
        reach.path.leadingPredicate.map {
          TriplePattern(reach.subject, .term($0), reach.object)
        }
      }
  }

  /// A pattern of all premises, each variable in `bindings` replaced by its term.
  func pattern(replacing bindings: [Variable: Term]) -> Pattern {
    var result = Pattern.triples(triples.map { $0.replacing(bindings) })
    for reach in reaches {
      result = .join(
        result,
        .path(
          reach.subject.replacing(bindings), reach.path, reach.object.replacing(bindings)))
    }
    return result
  }

  private mutating func collect(_ pattern: Pattern) {
    switch pattern {
    case .triples(let triples): self.triples += triples
    case .path(let subject, let path, let object):
      reaches.append(Reach(subject: subject, path: path, object: object))
    case .join(let left, let right):
      collect(left)
      collect(right)
    case .leftJoin(let inner, _, _), .minus(let inner, _), .filter(_, let inner),
      .extend(let inner, _, _), .orderBy(let inner, _), .project(let inner, _),
      .distinct(let inner), .reduced(let inner), .slice(let inner, _, _):
      collect(inner)
    case .union(let left, let right):
      unions.append([Premises(left), Premises(right)])
    case .values, .graph, .group, .service: break
    }
  }
}
