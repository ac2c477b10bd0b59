import Synchronization

/// Values by key, each made when first wanted and kept from then on.
struct LazyValues<Key: Hashable & Sendable, Value: Sendable>: ~Copyable, Sendable {
  private let made = Mutex<[Key: Value]>([:])

  /// nil for what has not been made.
  subscript(key: Key) -> Value? { made.withLock { $0[key] } }

  /// Makes it without the lock: others need not wait for what they do not want.
  func value(of key: Key, orMake make: () -> Value) -> Value {
    if let known = self[key] { return known }
    let new = make()
    return made.withLock { made in
      if let other = made[key] { return other }
      made[key] = new
      return new
    }
  }
}
