/// Where each subject of a graph is written: on its own, inside the statement that mentions it, or beside the fact it
/// reifies.
struct TurtleLayout {
  /// How deep brackets may be nested, well below what the reader takes.
  private static let depthLimit = 40

  private let document: TurtleDocument
  /// The statements of each subject, in order.
  private var statements: [Int: ArraySlice<TurtleDocument.Statement>] = [:]
  /// The subjects written inside another, and which.
  private var parents: [Int: Int] = [:]
  /// The reifiers written beside each fact, in order.
  private var annotations: [TurtleDocument.Statement: [Int]] = [:]
  /// What a subject with exactly one `rdf:reifies` reifies.
  private var reified: [Int: TurtleDocument.Statement] = [:]
  /// Cells of whole lists.
  private var listCells: Set<Int> = []
  /// Subjects to be written on their own, in order.
  private(set) var roots: [Int] = []
  /// How often a statement of the graph has the node as object.
  private var mentions: [Int: Int] = [:]

  private let first: Int?
  private let rest: Int?
  private let empty: Int?
  private let reifies: Int?

  init(_ document: TurtleDocument, _ graph: TurtleDocument.Graph) {
    self.document = document
    first = document.number(.iri(Vocabulary.rdf + "first"))
    rest = document.number(.iri(Vocabulary.rdf + "rest"))
    empty = document.number(.iri(Vocabulary.rdf + "nil"))
    reifies = document.number(.iri(Vocabulary.reifies))
    gather(graph)
    nestBlankNodes(graph)
    findLists()
    annotateFacts(graph)
    cutDeepAndCircular()
    roots = graph.statements.map(\.subject).reduce(into: []) { roots, subject in
      if roots.last != subject, parents[subject] == nil { roots.append(subject) }
    }
  }

  // MARK: What the printer asks

  /// The statements of a subject that its block has to say.
  func block(of subject: Int) -> [TurtleDocument.Statement] {
    let all = statements[subject] ?? []
    return reified[subject] == nil ? Array(all) : all.filter { $0.predicate != reifies }
  }

  func isNested(_ node: Int) -> Bool { parents[node] != nil && reified[node] == nil }

  /// The items of the list that begins at a nested node; nil when it is none.
  func items(of node: Int) -> [Int]? {
    guard listCells.contains(node) else { return nil }
    var items: [Int] = []
    var cell = node
    while cell != empty {
      guard listCells.contains(cell), let item = object(of: cell, first),
        let next = object(of: cell, rest)
      else {
        return nil
      }
      items.append(item)
      cell = next
    }
    return items
  }

  func reifiers(of fact: TurtleDocument.Statement) -> [Int] { annotations[fact] ?? [] }

  /// For a root that is written `<< … ~ root >>`.
  func reifiedTriple(of root: Int) -> TurtleDocument.Statement? { reified[root] }

  /// Whether nothing else names the reifier, so that it needs no label.
  func isUnmentioned(_ reifier: Int) -> Bool {
    guard case .blankNode = document.terms[reifier] else { return false }
    return (mentions[reifier] ?? 0) + (document.otherMentions[reifier] ?? 0) == 0
  }

  // MARK: Finding out

  private mutating func gather(_ graph: TurtleDocument.Graph) {
    var start = 0
    for index in graph.statements.indices {
      let statement = graph.statements[index]
      mentions[statement.object, default: 0] += 1
      let isLast =
        index + 1 == graph.statements.count
        || graph.statements[index + 1].subject != statement.subject
      if isLast {
        statements[statement.subject] = graph.statements[start...index]
        start = index + 1
      }
    }
  }

  /// Blank nodes that exactly one statement mentions go where they are mentioned.
  private mutating func nestBlankNodes(_ graph: TurtleDocument.Graph) {
    for statement in graph.statements {
      let node = statement.object
      guard case .blankNode = document.terms[node], mentions[node] == 1,
        document.otherMentions[node] == nil
      else { continue }
      parents[node] = statement.subject
    }
  }

  /// Lists from their ends: each cell has one `rdf:first`, one `rdf:rest` and nothing else.
  private mutating func findLists() {
    guard let rest, let empty else { return }
    let cells = parents.keys.filter { statements[$0]?.count == 2 && object(of: $0, first) != nil }
    for cell in cells where object(of: cell, rest) == empty {
      var current = cell
      listCells.insert(current)
      while let parent = parents[current], parents[parent] != nil,
        statements[parent]?.count == 2, object(of: parent, first) != nil,
        object(of: parent, rest) == current, object(of: parent, first) != current
      {
        guard listCells.insert(parent).inserted else { break }
        current = parent
      }
    }
  }

  /// The one object of a subject's predicate; nil when there is none or more.
  private func object(of subject: Int, _ predicate: Int?) -> Int? {
    guard let predicate else { return nil }
    var found: Int?
    for statement in statements[subject] ?? [] where statement.predicate == predicate {
      if found != nil { return nil }
      found = statement.object
    }
    return found
  }

  private mutating func annotateFacts(_ graph: TurtleDocument.Graph) {
    guard let reifies else { return }
    let asserted = Set(graph.statements)
    for subject in statements.keys.sorted() where parents[subject] == nil {
      guard let term = object(of: subject, reifies),
        case .triple(let triple) = document.terms[term], let fact = document.statement(triple)
      else { continue }
      reified[subject] = fact
      // A `rdf:reifies` fact may itself be written as an annotation, and then it has no place for one.
      if asserted.contains(fact), fact.subject != subject, fact.predicate != reifies {
        parents[subject] = fact.subject
        annotations[fact, default: []].append(subject)
      }
    }
  }

  /// Takes out of their parents the subjects that would be nested too deeply or inside themselves.
  private mutating func cutDeepAndCircular() {
    var depths: [Int: Int] = [:]
    for node in parents.keys.sorted() {
      let chain = uncircledChain(from: node, upTo: depths)
      guard let top = chain.last else { continue }
      var depth = parents[top].map { depths[$0] ?? 0 } ?? 0
      for child in chain.reversed() {
        if parents[child] == nil {
          depth = 0
        } else if !isNextCell(child) {
          depth += 1
          if depth > Self.depthLimit {
            detach(child)
            depth = 0
          }
        }
        depths[child] = depth
      }
    }
  }

  /// The node and what it is in, up to where the depth is known; circles on the way are cut.
  private mutating func uncircledChain(from node: Int, upTo depths: [Int: Int]) -> [Int] {
    while true {
      var chain: [Int] = []
      var positions: [Int: Int] = [:]
      var current: Int? = node
      while let here = current, depths[here] == nil, positions[here] == nil {
        positions[here] = chain.count
        chain.append(here)
        current = parents[here]
      }
      guard let here = current, let start = positions[here] else { return chain }
      // Not inside a list, whose cells have to stay together; a circle cannot be all list.
      guard let cut = chain[start...].first(where: { !isNextCell($0) }) else { return chain }
      detach(cut)
    }
  }

  /// Whether the node is a list's cell after the first.
  private func isNextCell(_ node: Int) -> Bool {
    guard listCells.contains(node), let parent = parents[node], listCells.contains(parent) else {
      return false
    }
    return object(of: parent, rest) == node
  }

  private mutating func detach(_ node: Int) {
    parents[node] = nil
    if let fact = reified[node] { annotations[fact]?.removeAll { $0 == node } }
  }
}
