import Algebra
import Diagnostics
import RDF

extension SentenceParser {
  /// A property path: `R+`, `^R`, `(R1 / R2)`, `(R1 or R2)`, nested by parentheses.
  mutating func path(_ low: Int, _ high: Int, _ lexicon: some Lexicon) throws(Diagnostic) -> Path {
    var options: [Path] = []
    var index = skipCopula(low, high)
    while true {
      let end = topLevel(index, high) { $0.reserved == .or } ?? high
      options.append(try pathSequence(index, end, lexicon))
      guard end < high else { break }
      index = end + 1
    }
    return Self.combined(options, Path.alternative)
  }

  private func skipCopula(_ low: Int, _ high: Int) -> Int {
    low < high && tokens[low].reserved.isCopula ? low + 1 : low
  }

  private mutating func pathSequence(_ low: Int, _ high: Int, _ lexicon: some Lexicon)
    throws(Diagnostic) -> Path
  {
    var steps: [Path] = []
    var index = low
    while true {
      let end = topLevel(index, high) { $0.kind == .slash } ?? high
      steps.append(try pathStep(index, end, lexicon))
      guard end < high else { break }
      index = end + 1
    }
    return Self.combined(steps, Path.sequence)
  }

  /// Balanced, so that a long list is not a deep tree.
  private static func combined(_ paths: [Path], _ join: (Path, Path) -> Path) -> Path {
    if paths.count == 1 { return paths[0] }
    let middle = paths.count / 2
    return join(
      combined(Array(paths[..<middle]), join), combined(Array(paths[middle...]), join))
  }

  private mutating func pathStep(_ low: Int, _ high: Int, _ lexicon: some Lexicon)
    throws(Diagnostic) -> Path
  {
    guard low < high else { throw missingRelation(low) }
    var end = high
    while end > low, tokens[end - 1].kind == .plus || tokens[end - 1].kind == .star { end -= 1 }
    let isInverse = tokens[low].kind == .caret
    let start = isInverse ? low + 1 : low
    guard start < end, high - end <= 1 else { throw missingRelation(low) }
    var path: Path
    if tokens[start].kind == .openParenthesis, tokens[start].partner == end - 1 {
      path = try self.path(start + 1, end - 1, lexicon)
    } else {
      path = try namedStep(skipCopula(start, end), end, lexicon)
    }
    if end < high { path = Self.closure(path, withSelf: tokens[end].kind == .star) }
    return isInverse ? .inverse(path) : path
  }

  private static func closure(_ path: Path, withSelf: Bool) -> Path {
    let step = if case .oneOrMore(let inner) = path { inner } else { path }
    return withSelf ? .zeroOrMore(step) : .oneOrMore(step)
  }

  private func missingRelation(_ index: Int) -> Diagnostic {
    Diagnostic(
      id: "missing-relation", "a relation is missing in this path",
      at: tokens[min(index, tokens.count - 1)].range)
  }

  private mutating func namedStep(_ low: Int, _ high: Int, _ lexicon: some Lexicon)
    throws(Diagnostic) -> Path
  {
    guard low < high else { throw missingRelation(low) }
    let fit = fitRelation(low, high, inverted: false, lexicon)
    guard fit.fit.level > .no else {
      guard isRun(low, high) else { throw missingRelation(low) }
      throw unknownName(low, high, .relation, lexicon)
    }
    guard case .reference(let reference) = try relation(low, high, fit, lexicon),
      case .iri(let iri) = term(reference, lexicon)
    else { throw missingRelation(low) }
    return Self.path(lexicon.traits(ofRelation: iri), iri)
  }

  /// A relation with those that imply it, its inverses, and its closure where it is transitive.
  static func path(_ traits: RelationTraits, _ iri: String) -> Path {
    let steps: [Path] =
      traits.forward.map { Path.predicate(.iri($0)) }
      + traits.backward.map { Path.inverse(.predicate(.iri($0))) }
      + traits.transitiveImplications.map { Self.path($0, iri) }
    let path = steps.isEmpty ? .predicate(.iri(iri)) : combined(steps, Path.alternative)
    return traits.isTransitive ? .oneOrMore(path) : path
  }
}
