extension Array where Element: Sendable {
  /// Made in steps: most of the time is the system's, which finds the memory.
  init(
    repeating element: Element, count: Int, _ context: ExecutionContext
  ) throws(EvaluationError) {
    self = []
    reserveCapacity(count)
    while self.count < count {
      let more = Swift.min(count - self.count, Self.stepCount)
      if self.count > 0 { try context.tick(1 << 16) }
      self += repeatElement(element, count: more)
    }
  }

  /// Elements that are copied in a few milliseconds.
  private static var stepCount: Int { Swift.max(1, (1 << 22) / MemoryLayout<Element>.stride) }

  /// Appends one element as often as it takes to have so many.
  mutating func extend(
    to wanted: Int, with element: Element, _ context: ExecutionContext
  ) throws(EvaluationError) {
    guard wanted > count else { return }
    try makeRoom(for: wanted - count, context)
    self += repeatElement(element, count: wanted - count)
  }

  /// To be called before so many elements are appended.
  ///
  /// An array that grows copies all it has at once, which takes long among millions: here it is
  /// copied in steps, and another thread frees what it was.
  mutating func makeRoom(
    for newCount: Int, _ context: ExecutionContext
  ) throws(EvaluationError) {
    guard count + newCount > capacity, count > DetachedThread.largeCount else { return }
    var larger: [Element] = []
    larger.reserveCapacity(Swift.max(count + newCount, count * 2))
    do throws(EvaluationError) {
      for start in stride(from: 0, to: count, by: Self.stepCount) {
        try context.tick(1 << 16)
        larger += self[start..<Swift.min(count, start + Self.stepCount)]
      }
    } catch {
      DetachedThread.letGo(of: consume larger)
      throw error
    }
    swap(&self, &larger)
    DetachedThread.letGo(of: consume larger)
  }
}
