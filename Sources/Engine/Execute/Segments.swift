/// A column that grows by segments: what it holds is never copied, which would take long at once.
struct Segments<Element> {
  private(set) var parts: [[Element]] = []
  private(set) var count = 0

  /// Elements of a segment, all but the last one.
  static var size: Int { 1 << 16 }

  mutating func append(_ element: Element) {
    if count % Self.size == 0 { begin() }
    parts[parts.count - 1].append(element)
    count += 1
  }

  mutating func append(contentsOf elements: [Element]) {
    var start = 0
    while start < elements.count {
      if count % Self.size == 0 { begin() }
      let end = min(elements.count, start + Self.size - count % Self.size)
      parts[parts.count - 1].append(contentsOf: elements[start..<end])
      count += end - start
      start = end
    }
  }

  private mutating func begin() {
    parts.append([])
    // What has few elements stays small.
    if count > 0 { parts[parts.count - 1].reserveCapacity(Self.size) }
  }

  mutating func popLast() -> Element? {
    guard count > 0 else { return nil }
    count -= 1
    let last = parts[parts.count - 1].removeLast()
    if parts[parts.count - 1].isEmpty { parts.removeLast() }
    return last
  }

  /// Gives all segments away.
  mutating func takeParts() -> [[Element]] {
    defer { self = Segments() }
    return parts
  }

  @inline(__always)
  subscript(_ place: Int) -> Element { parts[place / Self.size][place % Self.size] }

  /// The elements at some places, in this order.
  func elements(at places: [Int]) -> [Element] {
    [Element](unsafeUninitializedCapacity: places.count) { buffer, count in
      for (at, place) in places.enumerated() { buffer.initializeElement(at: at, to: self[place]) }
      count = places.count
    }
  }

  /// The same, of which there may be many.
  func gathered(
    _ places: [Int], _ context: ExecutionContext
  ) throws(EvaluationError) -> Segments {
    var result = Segments()
    for place in places {
      try context.tick()
      result.append(self[place])
    }
    return result
  }
}

extension Segments: Sendable where Element: Sendable {}
