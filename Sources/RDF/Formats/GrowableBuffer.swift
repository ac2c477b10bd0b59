/// An array without reference counts, for what is appended to some hundred million times.
///
/// `Array.append` checks at each call that it alone owns its storage and that there is room.
struct GrowableBuffer<Element: BitwiseCopyable>: ~Copyable {
  private(set) var start: UnsafeMutablePointer<Element>
  private(set) var count = 0
  private var capacity: Int

  init(capacity: Int) {
    start = .allocate(capacity: capacity)
    self.capacity = capacity
  }

  deinit {
    start.deallocate()
  }

  var elements: UnsafeBufferPointer<Element> {
    UnsafeBufferPointer(start: UnsafePointer(start), count: count)
  }

  subscript(index: Int) -> Element {
    get {
      precondition(index >= 0 && index < count)
      return start[index]
    }
  }

  @inline(__always)
  mutating func append(_ element: Element) {
    if count == capacity { reserve(count + 1) }
    (start + count).initialize(to: element)
    count &+= 1
  }

  mutating func append(contentsOf elements: UnsafePointer<Element>, count added: Int) {
    if count + added > capacity { reserve(count + added) }
    (start + count).initialize(from: elements, count: added)
    count += added
  }

  mutating func truncate(to newCount: Int) {
    precondition(newCount >= 0 && newCount <= count)
    count = newCount
  }

  @inline(never)
  private mutating func reserve(_ least: Int) {
    let larger = max(least, capacity * 2)
    let moved = UnsafeMutablePointer<Element>.allocate(capacity: larger)
    moved.moveInitialize(from: start, count: count)
    start.deallocate()
    start = moved
    capacity = larger
  }
}
