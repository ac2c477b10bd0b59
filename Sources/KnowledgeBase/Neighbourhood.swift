import Engine
import RDF

/// The part of a graph around one entity: entities by breadth-first search, and the facts between them.
struct Neighbourhood {
  /// The most neighbours that are listed of one entity.
  static let fanOutLimit = 25
  /// The most entities in all.
  static let entityLimit = 500

  private let labeler: Labeler
  private let depthLimit: Int
  /// The depth of every entity met.
  private var depths: [TermID: Int] = [:]
  private var children: [TermID: [EntityLinks.Link]] = [:]
  private var omitted: [TermID: Int] = [:]

  init(
    _ labeler: Labeler, around center: TermID, depth: Int, limits: Limits
  ) throws(EvaluationError) {
    self.labeler = labeler
    depthLimit = depth
    depths[center] = 0
    try search(from: center, within: SearchBudget(labeler.snapshot, limits))
  }

  private mutating func search(
    from center: TermID, within budget: SearchBudget
  ) throws(EvaluationError) {
    let links = EntityLinks(labeler, within: budget)
    var open = [center]
    var next = 0
    // Their facts have been met.
    var searched: Set<TermID> = []
    while next < open.count {
      let entity = open[next]
      next += 1
      guard let depth = depths[entity], depth < depthLimit else { continue }
      searched.insert(entity)
      try links.forEach(of: entity) { link throws(EvaluationError) in
        guard !searched.contains(link.target) else { return true }
        let isFull =
          (children[entity]?.count ?? 0) >= Self.fanOutLimit || depths.count >= Self.entityLimit
        if isFull {
          omitted[entity, default: 0] += 1
          return true
        }
        children[entity, default: []].append(link)
        if depths[link.target] == nil {
          depths[link.target] = depth + 1
          open.append(link.target)
        }
        return true
      }
    }
  }

  /// As a tree: an entity's children stand where it is met first.
  func tree(from center: TermID) -> MapNode {
    var expanded: Set<TermID> = [center]
    return MapNode(
      name: labeler.text(center), children: nodes(below: center, depth: 0, &expanded),
      omittedCount: omitted[center] ?? 0)
  }

  private func nodes(
    below entity: TermID, depth: Int, _ expanded: inout Set<TermID>
  ) -> [MapNode] {
    var nodes: [MapNode] = []
    for link in children[entity] ?? [] {
      let target = link.target
      let isFirst = depths[target] == depth + 1 && expanded.insert(target).inserted
      nodes.append(
        MapNode(
          name: labeler.text(target), relation: labeler.text(link.triple.predicate),
          isOutgoing: link.isForward, isRepeated: !isFirst && children[target] != nil,
          children: isFirst ? self.nodes(below: target, depth: depth + 1, &expanded) : [],
          omittedCount: isFirst ? omitted[target] ?? 0 : 0))
    }
    return nodes
  }

  /// As nodes and edges; each fact once.
  func drawing() -> Drawing {
    let order = depths.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
    var numbers: [TermID: Int] = [:]
    var drawing = Drawing()
    for (entity, depth) in order {
      numbers[entity] = drawing.nodes.count
      drawing.nodes.append(Drawing.Node(name: labeler.text(entity), depth: depth))
    }
    for (entity, _) in order {
      for link in children[entity] ?? [] {
        guard let subject = numbers[link.triple.subject], let object = numbers[link.triple.object]
        else { continue }
        drawing.edges.append(
          Drawing.Edge(
            from: subject, to: object, label: labeler.text(link.triple.predicate)))
      }
    }
    return drawing
  }
}
