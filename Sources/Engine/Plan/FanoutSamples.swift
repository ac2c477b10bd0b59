import Algebra
import RDF

/// How many matches one item of a group has for a match of another that shares a slot with it, from
/// a few matches of the other.
///
/// Counts alone tell that only where all terms are equally frequent and two predicates meet as often
/// as by chance. Source: index-based join sampling (Leis et al., 2017), of pairs.
struct FanoutSamples {
  /// By the first item, then by the second; negative where it is not known.
  private var fanouts: [Double]
  private let itemCount: Int
  /// The matches of each item, as far as they are known.
  private(set) var counts: [Double]
  private var samples: [Sample?]

  /// Matches of an item at equal distances: the parts of triples, with the slots they are bound to.
  private struct Sample {
    var pattern: ScanPattern
    var triples: [EncodedTriple]

    func position(of slot: Slot) -> Int? { (0..<3).first { pattern[$0].slot == slot } }
  }

  private static let size = 32

  /// In rows looked up: what it takes to sample so many pairs.
  static func cost(pairCount: Int) -> Double { Double(pairCount * size * 20) }

  init(_ items: [JoinGroup.Item], _ graph: Graph, _ terms: QueryTerms) {
    itemCount = items.count
    fanouts = [Double](repeating: -1, count: items.count * items.count)
    counts = [Double](repeating: .infinity, count: items.count)
    samples = [Sample?](repeating: nil, count: items.count)
    for (index, item) in items.enumerated() {
      guard case .triple(let pattern) = item else { continue }
      samples[index] = Self.sample(of: pattern, graph)
      counts[index] = Cardinality(graph: graph).count(pattern)
    }
    for (index, item) in items.enumerated() {
      guard case .tripleTerm(let slot, let inner) = item else { continue }
      for (other, sample) in samples.enumerated() {
        guard let sample, let position = sample.position(of: slot) else { continue }
        let parts = Self.parts(of: sample, position, inner, terms)
        let part = Double(parts.count) / Double(sample.triples.count)
        fanouts[other * itemCount + index] = Self.likely(part)
        samples[index] = Sample(pattern: inner, triples: parts)
        counts[index] = counts[other] * Self.likely(part)
      }
    }
    for (first, sample) in samples.enumerated() {
      guard let sample, !sample.triples.isEmpty else { continue }
      for (second, item) in items.enumerated() where second != first {
        guard case .triple(let pattern) = item else { continue }
        fanouts[first * itemCount + second] = Self.fanout(sample, pattern, graph) ?? -1
      }
    }
  }

  /// Matches of the second item for one of the first; nil where it is not known.
  @inline(__always)
  func fanout(_ first: Int, _ second: Int) -> Double? {
    let fanout = fanouts[first * itemCount + second]
    return fanout < 0 ? nil : fanout
  }

  /// The part of an item's matches that a filter lets through; nil where no item alone has all that it reads.
  func share(of filter: FilterItem, _ context: ExecutionContext) throws(EvaluationError) -> Double?
  {
    let expression = filter.planned.expression
    guard !filter.slots.isEmpty, expression.isRepeatable, !expression.hasExists else { return nil }
    for case .some(let sample) in samples {
      let slots = sample.pattern.slots
      guard !sample.triples.isEmpty, filter.slots.isSubset(of: SlotSet(slots)) else { continue }
      let columns = slots.compactMap(sample.position).map { place in
        sample.triples.map { $0[place] }
      }
      let batch = Batch(columns: columns, count: sample.triples.count)
      let condition = RowCondition(
        expression: try BoundExpression(filter.planned, columns: slots, context),
        evaluator: ExpressionEvaluator(context))
      var passed = 0
      for row in 0..<batch.count where try condition.holds(batch, row) { passed += 1 }
      return Self.likely(Double(passed) / Double(batch.count))
    }
    return nil
  }

  /// What no match of the sample has is rare, but may be there.
  private static func likely(_ fanout: Double) -> Double { max(fanout, 0.5 / Double(size)) }

  /// nil where no index has the matches together.
  private static func sample(of pattern: ScanPattern, _ graph: Graph) -> Sample? {
    let constants = pattern.constants
    let permutation: Permutation
    let range: Range<Int>
    switch (
      constants.subject.isBound, constants.predicate.isBound, constants.object.isBound
    ) {
    case (false, true, false):
      permutation = .pos
      range = graph.base.index(.pos).range(constants.predicate)
    case (false, true, true):
      permutation = .pos
      range = graph.base.index(.pos).range(constants.predicate, constants.object)
    case (true, true, false):
      permutation = .spo
      range = graph.base.index(.spo).range(constants.subject, constants.predicate)
    case (true, false, false):
      permutation = .spo
      range = graph.base.index(.spo).range(constants.subject)
    case (_, false, _), (true, true, true): return nil
    }
    let index = graph.base.index(permutation)
    let lead = permutation.permuted(constants).subject
    let taken = min(size, range.count)
    let triples = (0..<taken).map { number in
      let at = range.lowerBound + (2 * number + 1) * range.count / (2 * taken)
      return permutation.restored(lead, index.seconds[at], index.thirds[at])
    }
    return taken == 0 ? nil : Sample(pattern: pattern, triples: triples)
  }

  /// The triple terms in a position of some matches, taken apart, that have the constants of a pattern.
  private static func parts(
    of sample: Sample, _ position: Int, _ inner: ScanPattern, _ terms: QueryTerms
  ) -> [EncodedTriple] {
    sample.triples.compactMap { terms.components(ofTriple: $0[position]) }.filter { parts in
      (0..<3).allSatisfy { inner[$0].slot != nil || inner.constants[$0] == parts[$0] }
    }
  }

  /// nil where they share no slot, or an index would have to be made to count.
  private static func fanout(
    _ sample: Sample, _ pattern: ScanPattern, _ graph: Graph
  ) -> Double? {
    let places = (0..<3).map { pattern[$0].slot.flatMap(sample.position) }
    let isKnown = (0..<3).map { places[$0] != nil || pattern[$0].slot == nil }
    guard places.contains(where: { $0 != nil }), isKnown[1] || !isKnown[2] else { return nil }
    var matchCount = 0
    for triple in sample.triples {
      let ids = (0..<3).map { places[$0].map { triple[$0] } ?? pattern.constants[$0] }
      matchCount += graph.count(ids[0], ids[1], ids[2])
    }
    return likely(Double(matchCount) / Double(sample.triples.count))
  }
}

extension EncodedTriple {
  /// 0 is the subject, 1 the predicate, 2 the object.
  subscript(_ position: Int) -> TermID {
    switch position {
    case 0: subject
    case 1: predicate
    default: object
    }
  }
}
