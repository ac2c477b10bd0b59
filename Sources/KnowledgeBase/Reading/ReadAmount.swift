import Synchronization

/// How many bytes of a load's files have been read, by whichever thread; of gzipped ones, as they are on disk.
final class ReadAmount: Sendable {
  /// Of all files together; nil where one has no size.
  private let total: Int?
  private let count = Atomic<Int>(0)

  init(of paths: [String]) {
    let sizes = paths.map { DocumentPart.size(of: $0) }
    total = sizes.contains(nil) ? nil : sizes.reduce(0) { $0 + ($1 ?? 0) }
  }

  func add(_ byteCount: Int) {
    count.add(byteCount, ordering: .relaxed)
  }

  /// From 0 to 1; nil where it cannot be told. `pending` bytes are read and not yet looked at.
  func fraction(without pending: Int = 0) -> Double? {
    guard let total, total > 0 else { return nil }
    return min(1, Double(max(0, count.load(ordering: .relaxed) - pending)) / Double(total))
  }
}
