import Algebra
import RDF

extension QueryPrinter {
  /// How tightly a path's notation binds, loosest first. Source: SPARQL 1.2, productions PathAlternative to PathPrimary.
  private enum PathLevel: Int {
    case alternative
    case sequence
    case inverse
    case repeated
    case primary
  }

  mutating func path(_ path: Path) -> String { self.path(path, at: .alternative) }

  /// With parentheses where it binds less tightly than its place asks.
  private mutating func path(_ path: Path, at level: PathLevel) -> String {
    let (text, own) = notation(path)
    return own.rawValue < level.rawValue ? "(\(text))" : text
  }

  private mutating func notation(_ path: Path) -> (String, PathLevel) {
    switch path {
    case .predicate(let term): (name(term), .primary)
    case .inverse(let inner): ("^" + self.path(inner, at: .repeated), .inverse)
    case .sequence(let first, let second):
      (self.path(first, at: .sequence) + "/" + self.path(second, at: .sequence), .sequence)
    case .alternative(let first, let second):
      (
        self.path(first, at: .alternative) + "|" + self.path(second, at: .alternative),
        .alternative
      )
    case .zeroOrMore(let inner): (self.path(inner, at: .primary) + "*", .repeated)
    case .oneOrMore(let inner): (self.path(inner, at: .primary) + "+", .repeated)
    case .zeroOrOne(let inner): (self.path(inner, at: .primary) + "?", .repeated)
    case .negated(let forward, let inverse): (negated(forward, inverse), .primary)
    }
  }

  private mutating func negated(_ forward: [Term], _ inverse: [Term]) -> String {
    let names = forward.map { name($0) } + inverse.map { "^" + name($0) }
    return names.count == 1 ? "!" + names[0] : "!(" + names.joined(separator: "|") + ")"
  }

  private mutating func name(_ predicate: Term) -> String {
    predicate == .iri(Vocabulary.type) ? "a" : terms.text(predicate)
  }
}
