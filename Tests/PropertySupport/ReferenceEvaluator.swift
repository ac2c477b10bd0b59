import Algebra
import RDF

typealias Row = [Variable: Term]

/// Evaluates patterns from the definitions of SPARQL 1.2 Query, section 18, with no thought of
/// speed: solutions are dictionaries, joins are nested loops.
struct ReferenceEvaluator {
  let dataset: ReferenceDataset
  /// Of the active graph.
  let triples: [Triple]

  init(_ dataset: ReferenceDataset) {
    self.init(dataset, on: dataset.triples)
  }

  private init(_ dataset: ReferenceDataset, on triples: [Triple]) {
    self.dataset = dataset
    self.triples = triples
  }

  /// `outer` is the solution that an enclosing EXISTS tests: every group begins with it.
  func evaluate(_ pattern: Pattern, outer: Row = [:]) -> [Row] {
    switch pattern {
    case .triples(let patterns):
      let rows = patterns.reduce([[:]] as [Row]) { rows, pattern in
        rows.flatMap { row in triples.compactMap { match(pattern, $0, row) } }
      }
      return rows.filter { compatible($0, outer) }
    case .path(let from, .inverse(let path), let to):
      return evaluate(.path(to, path, from), outer: outer)
    case .path(let from, .alternative(let a, let b), let to):
      return evaluate(.path(from, a, to), outer: outer)
        + evaluate(.path(from, b, to), outer: outer)
    case .path(let from, .sequence(let a, let b), let to):
      let middle = Variable(" \(a) \(b)")
      return join(
        evaluate(.path(from, a, .variable(middle)), outer: outer),
        evaluate(.path(.variable(middle), b, to), outer: outer)
      ).map { $0.filter { $0.key != middle } }
    case .path(let from, let path, let to):
      let rows = pairs(path, [constant(from), constant(to)].compactMap(\.self)).compactMap {
        pair -> Row? in
        match(from, pair.0, [:]).flatMap { match(to, pair.1, $0) }
      }
      return rows.filter { compatible($0, outer) }
    case .values(let variables, let rows):
      let all = rows.map { row in
        Row(uniqueKeysWithValues: zip(variables, row).compactMap { v, t in t.map { (v, $0) } })
      }
      return join(all, [outer.filter { variables.contains($0.key) }])
    case .join(let a, let b): return join(evaluate(a, outer: outer), evaluate(b, outer: outer))
    case .leftJoin(let a, let b, let condition):
      let right = evaluate(b, outer: outer)
      return evaluate(a, outer: outer).flatMap { row -> [Row] in
        let joined = join([row], right).filter { merged in
          condition.map { isTrue($0, merged, outer) } ?? true
        }
        return joined.isEmpty ? [row] : joined
      }
    case .union(let a, let b): return evaluate(a, outer: outer) + evaluate(b, outer: outer)
    case .minus(let a, let b):
      let right = evaluate(b, outer: outer)
      return evaluate(a, outer: outer).filter { row in
        !right.contains { other in
          compatible(row, other) && (!outer.isEmpty || row.keys.contains { other[$0] != nil })
        }
      }
    case .filter(let condition, let inner):
      return evaluate(inner, outer: outer).filter { isTrue(condition, $0, outer) }
    case .extend(let inner, let variable, let expression):
      return evaluate(inner, outer: outer).compactMap { row in
        guard let value = value(expression, row, outer) else { return row }
        if let fixed = outer[variable], fixed != value { return nil }
        return row.merging([variable: value]) { a, _ in a }
      }
    case .project(let inner, let variables):
      return evaluate(inner, outer: outer).map { $0.filter { variables.contains($0.key) } }
    case .distinct(let inner), .reduced(let inner):
      var seen: Set<Row> = []
      return evaluate(inner, outer: outer).filter { seen.insert($0).inserted }
    case .group(let inner, let keys, let aggregates):
      return group(inner, keys, aggregates, outer)
    case .graph(let name, let inner): return evaluate(inner, in: name, outer)
    case .orderBy(let inner, _), .slice(let inner, _, _), .service(_, let inner, _):
      return evaluate(inner, outer: outer)
    }
  }

  private func evaluate(_ inner: Pattern, in name: TermPattern, _ outer: Row) -> [Row] {
    dataset.named.flatMap { graph, triples -> [Row] in
      guard let row = match(name, graph, [:]), compatible(row, outer) else { return [] }
      return join(
        ReferenceEvaluator(dataset, on: triples).evaluate(inner, outer: outer), [row])
    }
  }

  func compatible(_ a: Row, _ b: Row) -> Bool {
    a.allSatisfy { variable, term in b[variable].map { $0 == term } ?? true }
  }

  private func join(_ a: [Row], _ b: [Row]) -> [Row] {
    a.flatMap { left in
      b.filter { compatible(left, $0) }.map { left.merging($0) { x, _ in x } }
    }
  }

  // MARK: Matching

  private func match(_ pattern: TriplePattern, _ triple: Triple, _ row: Row) -> Row? {
    match(pattern.subject, triple.subject, row).flatMap {
      match(pattern.predicate, triple.predicate, $0)
    }.flatMap { match(pattern.object, triple.object, $0) }
  }

  private func match(_ pattern: TermPattern, _ term: Term, _ row: Row) -> Row? {
    switch pattern {
    case .term(let wanted): return wanted == term ? row : nil
    case .variable(let variable):
      if let known = row[variable] { return known == term ? row : nil }
      return row.merging([variable: term]) { a, _ in a }
    case .triple(let inner):
      guard case .triple(let triple) = term else { return nil }
      return match(inner, triple, row)
    }
  }

  private func constant(_ pattern: TermPattern) -> Term? {
    if case .term(let term) = pattern { term } else { nil }
  }

  // MARK: Paths

  private var nodes: Set<Term> { Set(triples.flatMap { [$0.subject, $0.object] }) }

  /// All pairs that a path connects, `extra` terms counting as nodes for paths of no length.
  private func pairs(_ path: Path, _ extra: [Term]) -> [(Term, Term)] {
    switch path {
    case .predicate(let predicate):
      return triples.filter { $0.predicate == predicate }.map { ($0.subject, $0.object) }
    case .inverse(let inner): return pairs(inner, extra).map { ($0.1, $0.0) }
    case .sequence(let a, let b):
      let second = pairs(b, extra)
      return pairs(a, extra).flatMap { left in
        second.filter { $0.0 == left.1 }.map { (left.0, $0.1) }
      }
    case .alternative(let a, let b): return pairs(a, extra) + pairs(b, extra)
    case .negated(let forward, let inverse):
      let forwards = triples.filter { !forward.contains($0.predicate) }
        .map { ($0.subject, $0.object) }
      let backwards = triples.filter { !inverse.contains($0.predicate) }
        .map { ($0.object, $0.subject) }
      return inverse.isEmpty ? forwards : forward.isEmpty ? backwards : forwards + backwards
    case .zeroOrOne(let inner):
      return unique(nodes.union(extra).map { ($0, $0) } + pairs(inner, extra))
    case .zeroOrMore(let inner):
      return unique(nodes.union(extra).map { ($0, $0) } + closure(pairs(inner, extra)))
    case .oneOrMore(let inner): return closure(pairs(inner, extra))
    }
  }

  private struct Pair: Hashable {
    var from: Term
    var to: Term
  }

  private func unique(_ pairs: [(Term, Term)]) -> [(Term, Term)] {
    Set(pairs.map { Pair(from: $0.0, to: $0.1) }).map { ($0.from, $0.to) }
  }

  private func closure(_ pairs: [(Term, Term)]) -> [(Term, Term)] {
    var all = Set(pairs.map { Pair(from: $0.0, to: $0.1) })
    while true {
      let longer = all.flatMap { left in
        pairs.filter { $0.0 == left.to }.map { Pair(from: left.from, to: $0.1) }
      }
      let before = all.count
      all.formUnion(longer)
      if all.count == before { return all.map { ($0.from, $0.to) } }
    }
  }

  // MARK: Groups

  private func group(
    _ inner: Pattern, _ keys: [Variable], _ aggregates: [AggregateBinding], _ outer: Row
  ) -> [Row] {
    let rows = evaluate(inner, outer: outer)
    var groups: [Row: [Row]] = Dictionary(grouping: rows) { row in
      row.filter { keys.contains($0.key) }
    }
    if keys.isEmpty, groups.isEmpty { groups[[:]] = [] }
    return groups.map { key, members in
      var result = key
      for binding in aggregates {
        result[binding.variable] = aggregate(binding.aggregate, members, outer)
      }
      return result
    }.filter { compatible($0, outer) }
  }

  private func aggregate(_ aggregate: Aggregate, _ rows: [Row], _ outer: Row) -> Term? {
    guard let argument = aggregate.argument else {
      return .literal(.integer(aggregate.distinct ? Set(rows).count : rows.count))
    }
    var values = rows.map { value(argument, $0, outer) }
    if aggregate.distinct {
      var seen: Set<Term?> = []
      values = values.filter { seen.insert($0).inserted }
    }
    let valid = values.compactMap(\.self)
    let hasError = valid.count < values.count
    switch aggregate.function {
    case .count: return .literal(.integer(valid.count))
    case .sum:
      let numbers = valid.compactMap(Number.init)
      guard !hasError, numbers.count == valid.count else { return nil }
      return numbers.reduce(Number(tenths: 0, isInteger: true)) { $0.adding($1) }.term
    case .minimum: return hasError ? nil : valid.min { ReferenceOrder.precedes($0, $1) }
    case .maximum: return hasError ? nil : valid.max { ReferenceOrder.precedes($0, $1) }
    case .average, .sample, .groupConcat: return nil
    }
  }
}
