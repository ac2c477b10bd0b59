import Algebra
import Diagnostics
import RDF

/// Updates. Source: SPARQL 1.2, productions Update to GraphRefAll.
extension SPARQLParser {
  static let updateKeywords: [Keyword] = [
    .insert, .delete, .with, .load, .clear, .drop, .create, .add, .move, .copy,
  ]

  /// Operations with `;` between them, each after a prologue of its own, up to the end.
  mutating func updateOperations() throws(Diagnostic) -> [UpdateOperation] {
    var operations: [UpdateOperation] = []
    while token.kind != .end {
      operations.append(try operation())
      if try !take(.semicolon) { break }
      try prologue()
      if isOneOfMany, !isAtUpdate { break }
    }
    guard token.kind == .end || isOneOfMany else { throw expected("';' or the end of the update") }
    return operations
  }

  private var isAtUpdate: Bool {
    guard case .keyword(let keyword) = token.kind else { return false }
    return Self.updateKeywords.contains(keyword)
  }

  private mutating func operation() throws(Diagnostic) -> UpdateOperation {
    guard case .keyword(let keyword) = token.kind, Self.updateKeywords.contains(keyword) else {
      throw expected(
        "an update such as INSERT DATA", keywords: Self.updateKeywords + Self.prologueKeywords)
    }
    if keyword != .with { try lexer.advance() }
    switch keyword {
    case .insert:
      if try take(.data) { return .insertData(try quadData(.insertData)) }
      return try modification(with: nil, delete: [], insert: quadPattern(.template))
    case .delete:
      if try take(.data) { return .deleteData(try quadData(.deleteData)) }
      return try at(.where) ? deleteWhere() : deletion(with: nil)
    case .with: return try modificationWithGraph()
    case .load: return try load()
    case .clear:
      let silent = try take(.silent)
      return .clear(try graphSelection(), silent: silent)
    case .drop:
      let silent = try take(.silent)
      return .drop(try graphSelection(), silent: silent)
    case .create:
      let silent = try take(.silent)
      return .create(try graphReference(), silent: silent)
    case .add:
      let (from, to, silent) = try transfer()
      return .add(from: from, to: to, silent: silent)
    case .move:
      let (from, to, silent) = try transfer()
      return .move(from: from, to: to, silent: silent)
    default:
      let (from, to, silent) = try transfer()
      return .copy(from: from, to: to, silent: silent)
    }
  }

  // MARK: Modifications

  private mutating func modificationWithGraph() throws(Diagnostic) -> UpdateOperation {
    try lexer.advance()
    let graph = Term.iri(try iri())
    if try take(.delete) { return try deletion(with: graph) }
    guard try take(.insert) else {
      throw expected("DELETE or INSERT", keywords: [.delete, .insert])
    }
    return try modification(with: graph, delete: [], insert: quadPattern(.template))
  }

  /// What follows DELETE, up to the end of the operation.
  private mutating func deletion(with graph: Term?) throws(Diagnostic) -> UpdateOperation {
    guard at(.openBrace) else { throw expected("'{', DATA or WHERE", keywords: [.data, .where]) }
    let delete = try quadPattern(.deleteTemplate)
    let insert = try take(.insert) ? try quadPattern(.template) : []
    return try modification(with: graph, delete: delete, insert: insert)
  }

  private mutating func modification(
    with graph: Term?, delete: [QuadPattern], insert: [QuadPattern]
  ) throws(Diagnostic) -> UpdateOperation {
    let using = try datasetClause(.using)
    guard try take(.where) else { throw expected("WHERE", keywords: [.where, .using, .insert]) }
    let pattern = try group().pattern
    return .modify(
      Modification(
        with: graph, delete: delete, insert: insert, using: using, pattern: pattern, base: base))
  }

  /// `DELETE WHERE { … }`: the template is the pattern, too.
  private mutating func deleteWhere() throws(Diagnostic) -> UpdateOperation {
    try lexer.advance()
    let quads = try quadPattern(.deleteWhere)
    return .modify(
      Modification(delete: quads, insert: [], pattern: Self.pattern(quads), base: base))
  }

  /// Neighbours of the same graph are one basic graph pattern.
  private static func pattern(_ quads: [QuadPattern]) -> Pattern {
    var patterns: [Pattern] = []
    var rest = quads[...]
    while let first = rest.first {
      let run = rest.prefix { $0.graph == first.graph }
      let triples = Pattern.triples(run.map(\.triple))
      patterns.append(first.graph.map { .graph($0, triples) } ?? triples)
      rest = rest.dropFirst(run.count)
    }
    return patterns.isEmpty ? .triples([]) : balanced(patterns[...], Pattern.join)
  }

  // MARK: Quads

  private mutating func quadData(_ dataPlace: TriplePlace) throws(Diagnostic) -> [Quad] {
    labels.beginPart()
    var data: [Quad] = []
    try quads(dataPlace) { triple, graph in
      guard case .term(let subject) = triple.subject, case .term(let predicate) = triple.predicate,
        case .term(let object) = triple.object
      else { return }
      var name: Term?
      if case .term(let term) = graph { name = term }
      data.append(Quad(Triple(subject, predicate, object), graph: name))
    }
    return data
  }

  private mutating func quadPattern(_ quadPlace: TriplePlace) throws(Diagnostic) -> [QuadPattern] {
    var patterns: [QuadPattern] = []
    try quads(quadPlace) { triple, graph in patterns.append(QuadPattern(triple, graph: graph)) }
    return patterns
  }

  /// `{ triples GRAPH name { triples } … }`; hands over each triple with the name of its graph.
  private mutating func quads(
    _ quadPlace: TriplePlace, _ receive: (TriplePattern, TermPattern?) -> Void
  ) throws(Diagnostic) {
    let opening = token.range
    try expect(.openBrace)
    place = quadPlace
    defer { place = .pattern }
    while true {
      try triples(graph: nil, receive)
      guard at(.graph) else { break }
      try graphQuads(receive)
      _ = try take(.dot)
    }
    if !at(.closeBrace), token.kind != .end {
      throw expected("a triple, GRAPH or '}'", keywords: [.graph])
    }
    try close(.closeBrace, opening)
  }

  private mutating func graphQuads(
    _ receive: (TriplePattern, TermPattern?) -> Void
  ) throws(Diagnostic) {
    try lexer.advance()
    let graph = try variableOrIRI()
    let opening = token.range
    try expect(.openBrace)
    try triples(graph: graph, receive)
    try close(.closeBrace, opening)
  }

  /// Hands the triples over a subject at a time: data may be long, and is held once.
  private mutating func triples(
    graph: TermPattern?, _ receive: (TriplePattern, TermPattern?) -> Void
  ) throws(Diagnostic) {
    while isAtSubject {
      try triplesSameSubject()
      for triple in statements.triples { receive(triple, graph) }
      statements.triples.removeAll(keepingCapacity: true)
      guard try take(.dot) else { return }
    }
  }

  // MARK: Graphs

  private mutating func load() throws(Diagnostic) -> UpdateOperation {
    let silent = try take(.silent)
    let source = try iri()
    let graph = try take(.into) ? try graphReference() : nil
    return .load(source: source, into: graph, silent: silent)
  }

  /// `GRAPH iri`
  private mutating func graphReference() throws(Diagnostic) -> Term {
    try expect(.graph)
    return .iri(try iri())
  }

  private mutating func graphSelection() throws(Diagnostic) -> GraphSelection {
    if try take(.default) { return .defaultGraph }
    if try take(.named) { return .allNamed }
    if try take(.all) { return .all }
    guard at(.graph) else {
      throw expected(
        "GRAPH and an IRI, DEFAULT, NAMED or ALL", keywords: [.graph, .default, .named, .all])
    }
    return .named(try graphReference())
  }

  private mutating func transfer() throws(Diagnostic) -> (from: Term?, to: Term?, silent: Bool) {
    let silent = try take(.silent)
    let from = try graphOrDefault()
    try expect(.to)
    return (from, try graphOrDefault(), silent)
  }

  /// nil is the default graph.
  private mutating func graphOrDefault() throws(Diagnostic) -> Term? {
    if try take(.default) { return nil }
    _ = try take(.graph)
    guard let iri = try iriIfPresent() else {
      throw expected("a graph's IRI or DEFAULT", keywords: [.default, .graph])
    }
    return .iri(iri)
  }
}
