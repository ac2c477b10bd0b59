package import RDF

/// Whether two datasets are the same up to the labels of their blank nodes.
///
/// Nodes are told apart by what is said of them (colour refinement); what stays alike is tried out.
package struct DatasetIsomorphism {
  private let a: Set<Quad>
  private let b: Set<Quad>

  package static func holds(_ a: some Sequence<Quad>, _ b: some Sequence<Quad>) -> Bool {
    let pair = DatasetIsomorphism(a: normalized(a), b: normalized(b))
    guard pair.a.count == pair.b.count else { return false }
    return pair.match([:], [:])
  }

  /// Language tags compare without case.
  private static func normalized(_ quads: some Sequence<Quad>) -> Set<Quad> {
    func lowered(_ term: Term) -> Term {
      switch term {
      case .literal(var literal):
        literal.language = literal.language?.lowercased()
        return .literal(literal)
      case .triple(let triple): return .triple(lowered(triple))
      case .iri, .blankNode: return term
      }
    }
    func lowered(_ triple: Triple) -> Triple {
      Triple(lowered(triple.subject), lowered(triple.predicate), lowered(triple.object))
    }
    return Set(quads.map { Quad(lowered($0.triple), graph: $0.graph) })
  }

  private func match(_ fixedA: [String: Int], _ fixedB: [String: Int]) -> Bool {
    let colorsA = Self.refine(a, fixedA)
    let colorsB = Self.refine(b, fixedB)
    let groupsA = Dictionary(grouping: colorsA.keys) { colorsA[$0] }
    let groupsB = Dictionary(grouping: colorsB.keys) { colorsB[$0] }
    guard groupsA.count == groupsB.count,
      groupsA.allSatisfy({ groupsB[$0.key]?.count == $0.value.count })
    else { return false }
    guard let group = groupsA.values.filter({ $0.count > 1 }).min(by: { $0.count < $1.count })
    else { return Set(Self.colored(a, colorsA)) == Set(Self.colored(b, colorsB)) }
    let mark = fixedA.count + 1
    let node = group.min() ?? ""
    return (groupsB[colorsA[node]] ?? []).contains { other in
      match(
        fixedA.merging([node: mark]) { $1 }, fixedB.merging([other: mark]) { $1 })
    }
  }

  private static func colored(_ quads: Set<Quad>, _ colors: [String: Int]) -> [String] {
    quads.map { text($0, colors, nil) }
  }

  /// Colours that depend only on what is said of the nodes and on the fixed ones.
  private static func refine(_ quads: Set<Quad>, _ fixed: [String: Int]) -> [String: Int] {
    var mentions: [String: [Quad]] = [:]
    for quad in quads { for node in Set(nodes(quad)) { mentions[node, default: []].append(quad) } }
    var colors = Dictionary(uniqueKeysWithValues: mentions.keys.map { ($0, fixed[$0] ?? 0) })
    var classCount = Set(colors.values).count
    while true {
      var next: [String: Int] = [:]
      for (node, own) in mentions {
        let said = own.map { text($0, colors, node) }.sorted().joined(separator: "\n")
        var hasher = StableHash()
        hasher.add("\(colors[node] ?? 0)\n\(said)")
        next[node] = hasher.value
      }
      let count = Set(next.values).count
      if count == classCount { return next }
      colors = next
      classCount = count
    }
  }

  private static func nodes(_ quad: Quad) -> [String] {
    func nodes(_ term: Term) -> [String] {
      switch term {
      case .blankNode(let label): [label]
      case .triple(let triple): nodes(triple.subject) + nodes(triple.object)
      case .iri, .literal: []
      }
    }
    return nodes(quad.triple.subject) + nodes(quad.triple.object) + (quad.graph.map(nodes) ?? [])
  }

  private static func text(_ quad: Quad, _ colors: [String: Int], _ itself: String?) -> String {
    func renamed(_ term: Term) -> Term {
      switch term {
      case .blankNode(let label):
        return .blankNode(label == itself ? "self" : "c\(colors[label] ?? 0)")
      case .triple(let triple):
        return .triple(
          Triple(renamed(triple.subject), triple.predicate, renamed(triple.object)))
      case .iri, .literal: return term
      }
    }
    let triple = quad.triple
    return LineWriter().text([
      Quad(
        Triple(renamed(triple.subject), triple.predicate, renamed(triple.object)),
        graph: quad.graph.map(renamed))
    ])
  }
}

/// FNV-1a over text: the same in every process.
private struct StableHash {
  private(set) var value = 1_469_598_103_934_665_603

  mutating func add(_ text: String) {
    for byte in text.utf8 { value = (value ^ Int(byte)) &* 1_099_511_628_211 }
  }
}
