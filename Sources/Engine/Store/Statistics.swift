import RDF

/// Counts that the planner estimates with.
final class Statistics: Sendable {
  struct Counts: Sendable {
    var triples = 0
    var subjects = 0
    var objects = 0
  }

  let perPredicate: [TermID: Counts]
  let total: Counts

  /// Linear in the number of triples; two sequential passes.
  init(_ set: TripleSet) {
    var counts: [TermID: Counts] = [:]
    let pos = set.index(.pos)
    for predicate in pos.leads {
      let range = pos.range(predicate)
      counts[predicate] = Counts(
        triples: range.count, subjects: 0, objects: Self.runCount(pos.seconds, range))
    }
    let predicates = pos.leads
    var subjects = [Int](repeating: 0, count: predicates.count)
    let spo = set.spo
    var subjectCount = 0
    spo.forEachLead { _, range in
      subjectCount += 1
      var last = TermID.none
      for at in range where spo.seconds[at] != last {
        last = spo.seconds[at]
        subjects[predicates.lowerBound(of: last)] += 1
      }
    }
    for (index, predicate) in predicates.enumerated() {
      counts[predicate]?.subjects = subjects[index]
    }
    perPredicate = counts
    total = Counts(
      triples: set.count, subjects: subjectCount,
      objects: counts.values.reduce(0) { $0 + $1.objects })
  }

  private static func runCount(_ column: PermutationIndex.Column, _ range: Range<Int>) -> Int {
    if range.isEmpty { return 0 }
    var count = 1
    for at in range.dropFirst() where column[at] != column[at - 1] { count += 1 }
    return count
  }
}
