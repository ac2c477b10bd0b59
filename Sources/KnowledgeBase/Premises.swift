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

  init(_ pattern: Pattern) {
    collect(pattern)
  }

  var variables: Set<Variable> {
    Set(triples.flatMap(\.variables)).union(
      reaches.flatMap { $0.subject.variables + $0.object.variables })
  }

  /// The triples that people stated, without those that read reifiers.
  var facts: [TriplePattern] {
    let reifiers = Set(
      triples.filter { $0.predicate == .term(.iri(Vocabulary.reifies)) }.map(\.subject))
    return triples.filter { !reifiers.contains($0.subject) }
  }

  /// The facts as a sentence writes them: a path is the relation that it was made from.
  var asWritten: [TriplePattern] {
    facts
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
    case .union, .values, .graph, .group: break
    }
  }
}
