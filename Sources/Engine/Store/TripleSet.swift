import RDF
import Synchronization

/// An immutable set of triples with its permutation indexes, made when first wanted.
final class TripleSet: Sendable {
  let spo: PermutationIndex
  /// Parallel to `spo`; empty when no triple has an origin.
  let origins: [UInt32]
  let maximumID: UInt32
  private let lazies: [LazyIndex]

  private let counted = AtomicLazyReference<Statistics>()
  private let ofPredicates = LazyValues<PredicateOrder, PermutationIndex>()
  private let stepGraphs = LazyValues<PredicateSteps, StepGraph>()
  private let sweptCounts = Mutex<[PredicateSteps: Int]>([:])
  private let valueOrders = LazyValues<TermID, ValueOrder?>()
  private let resourcePredicates = LazyValues<TermID, Bool>()
  private let underWay = Mutex<Set<Preparation>>([])

  private final class LazyIndex: Sendable {
    let reference = AtomicLazyReference<PermutationIndex>()
  }

  private struct PredicateOrder: Hashable {
    var predicate: TermID
    var permutation: Permutation
  }

  static let empty = TripleSet(sorted: [])

  /// `items` are sorted by subject, predicate and object, without duplicates.
  init(sorted items: [LoadedTriple]) {
    maximumID = items.reduce(0) {
      max($0, $1.triple.subject.rawValue, $1.triple.predicate.rawValue, $1.triple.object.rawValue)
    }
    spo = PermutationIndex(.spo, sorted: items, maximumID: maximumID)
    origins =
      items.contains { $0.origin != Snapshot.noOrigin } ? items.map(\.origin) : []
    lazies = Permutation.allCases.map { _ in LazyIndex() }
  }

  /// Sorts, merges duplicates (the first origin stays) and builds the two orders that loading owes.
  convenience init(loading items: consuming [LoadedTriple]) {
    var items = items
    let maximumID: UInt32 = items.reduce(0) {
      max($0, $1.triple.subject.rawValue, $1.triple.predicate.rawValue, $1.triple.object.rawValue)
    }
    let sort = RadixSort(maximumID: maximumID)
    sort.sort(&items, by: [0, 1, 2])
    Self.mergeDuplicates(&items)
    self.init(sorted: items)
    sort.sort(&items, by: [1, 2])
    _ = lazies[Permutation.pos.rawValue].reference.storeIfNil(
      PermutationIndex(.pos, sorted: items, maximumID: maximumID))
    _ = statistics
  }

  private static func mergeDuplicates(_ items: inout [LoadedTriple]) {
    guard items.count > 1 else { return }
    var kept = 1
    for index in 1..<items.count {
      let item = items[index]
      if item.triple == items[kept - 1].triple {
        if items[kept - 1].origin == Snapshot.noOrigin { items[kept - 1].origin = item.origin }
        continue
      }
      if kept != index { items[kept] = item }
      kept += 1
    }
    items.removeLast(items.count - kept)
  }

  var count: Int { spo.count }

  var isEmpty: Bool { spo.count == 0 }

  func index(_ permutation: Permutation) -> PermutationIndex {
    if permutation == .spo { return spo }
    let lazy = lazies[permutation.rawValue]
    if let made = lazy.reference.load() { return made }
    return lazy.reference.storeIfNil(make(permutation))
  }

  /// Whether the index is there already, so that using it costs nothing to build.
  func has(_ permutation: Permutation) -> Bool {
    permutation == .spo || lazies[permutation.rawValue].reference.load() != nil
  }

  /// The triples of one predicate in the order `spo` or `ops`: many rows are looked up sooner there
  /// than among all triples. nil where it would have to be made for a few rows.
  func index(
    _ permutation: Permutation, of predicate: TermID, forRows rowCount: Double
  ) -> PermutationIndex? {
    let key = PredicateOrder(predicate: predicate, permutation: permutation)
    if let made = ofPredicates[key] { return made }
    guard isWorthMaking(indexOf: predicate, forRows: rowCount) else { return nil }
    return ofPredicates.value(of: key) {
      PermutationIndex(permutation, of: predicate, from: index(.pos))
    }
  }

  /// The triples of one predicate as steps; nil where they would have to be made for a few rows.
  func graph(of steps: PredicateSteps, forRows rowCount: Double) -> StepGraph? {
    if let made = stepGraphs[steps] { return made }
    guard isWorthMaking(indexOf: steps.predicate, forRows: rowCount) else { return nil }
    return stepGraphs.value(of: steps) { StepGraph(of: steps, from: index(.pos)) }
  }

  /// Notes that searches went over so many of the triples in order.
  func note(swept tripleCount: Int, of steps: PredicateSteps) {
    sweptCounts.withLock { $0[steps, default: 0] += tripleCount }
  }

  /// Whether that took as long by now as making the graph of steps.
  func isOftenSwept(_ steps: PredicateSteps) -> Bool {
    sweptCounts.withLock { $0[steps] ?? 0 } > index(.pos).range(steps.predicate).count * 4
  }

  func isWorthMaking(indexOf predicate: TermID, forRows rowCount: Double) -> Bool {
    rowCount > 256 && rowCount > Double(index(.pos).range(predicate).count) / 16
  }

  // MARK: Preparations

  func isMade(_ work: Preparation) -> Bool {
    switch work {
    case .order(let permutation): has(permutation)
    case .predicateOrder(let permutation, let predicate):
      ofPredicates[PredicateOrder(predicate: predicate, permutation: permutation)] != nil
    case .steps(let steps): stepGraphs[steps] != nil
    case .valueOrder(let predicate): valueOrders[predicate] != nil
    }
  }

  /// Whether nobody was at it.
  func begin(_ work: Preparation) -> Bool { underWay.withLock { $0.insert(work).inserted } }

  func isUnderWay(_ work: Preparation) -> Bool { underWay.withLock { $0.contains(work) } }

  func end(_ work: Preparation) { _ = underWay.withLock { $0.remove(work) } }

  private func make(_ permutation: Permutation) -> PermutationIndex {
    if permutation.isMadeByCounting {
      return PermutationIndex(permutation, from: spo, maximumID: maximumID)
    }
    var items = self.items
    let positions = permutation.positions
    RadixSort(maximumID: maximumID).sort(&items, by: [positions[0], positions[1]])
    return PermutationIndex(permutation, sorted: items, maximumID: maximumID)
  }

  /// All triples in the order of subject, predicate, object.
  var items: [LoadedTriple] {
    var items: [LoadedTriple] = []
    items.reserveCapacity(count)
    for lead in spo.leads {
      for at in spo.range(lead) {
        items.append(
          LoadedTriple(
            triple: EncodedTriple(lead, spo.seconds[at], spo.thirds[at]),
            origin: origins.isEmpty ? Snapshot.noOrigin : origins[at]))
      }
    }
    return items
  }

  var statistics: Statistics { counted.load() ?? counted.storeIfNil(Statistics(self)) }

  /// The different objects of a predicate, ascending.
  func objects(of predicate: TermID) -> [TermID] {
    let pos = index(.pos)
    var objects: [TermID] = []
    var last = TermID.none
    for at in pos.range(predicate) where pos.seconds[at] != last {
      last = pos.seconds[at]
      objects.append(last)
    }
    return objects
  }

  /// Whether the objects of a predicate are IRIs and blank nodes. Linear in their number when
  /// first asked.
  func hasOnlyResources(asObjectsOf predicate: TermID, _ dictionary: TermDictionary) -> Bool {
    resourcePredicates.value(of: predicate) {
      let pos = index(.pos)
      var last = TermID.none
      return pos.seconds[pos.range(predicate)].allSatisfy { id in
        if id == last { return true }
        last = id
        let kind = dictionary.kind(id)
        return kind == .iri || kind == .blankNode
      }
    }
  }

  /// The objects of a predicate by their values, made when first asked for: linear in their number.
  /// nil where they have no such order.
  func valueOrder(ofObjectsOf predicate: TermID, _ dictionary: TermDictionary) -> ValueOrder? {
    valueOrders.value(of: predicate) { ValueOrder(objects(of: predicate), dictionary) }
  }

  func contains(_ triple: EncodedTriple) -> Bool {
    spo.position(triple.subject, triple.predicate, triple.object) != nil
  }

  /// The origin of a triple that is in the set; nil without triple or origin.
  func origin(of triple: EncodedTriple) -> UInt32? {
    guard !origins.isEmpty,
      let at = spo.position(triple.subject, triple.predicate, triple.object),
      origins[at] != Snapshot.noOrigin
    else { return nil }
    return origins[at]
  }
}
