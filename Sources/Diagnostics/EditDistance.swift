/// The number of inserted, deleted, replaced or swapped neighbouring characters that turn `a` into
/// `b` (optimal string alignment), or nil when it exceeds `limit`.
///
/// O(|a|·|b|) time with an early end once a whole row exceeds the limit. For what is compared case-insensitively, pass
/// folded text.
public func editDistance(
  _ a: some Sequence<Unicode.Scalar>, _ b: some Sequence<Unicode.Scalar>, limit: Int
) -> Int? {
  let a = Array(a)
  let b = Array(b)
  guard abs(a.count - b.count) <= limit else { return nil }
  var beforePrevious: [Int] = []
  var previous = Array(0...b.count)
  for i in a.indices {
    var current = [i + 1]
    current.reserveCapacity(b.count + 1)
    for j in b.indices {
      var best = min(previous[j + 1], current[j]) + 1
      best = min(best, previous[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        best = min(best, beforePrevious[j - 1] + 1)
      }
      current.append(best)
    }
    if (current.min() ?? 0) > limit { return nil }
    beforePrevious = previous
    previous = current
  }
  let distance = previous[b.count]
  return distance <= limit ? distance : nil
}
