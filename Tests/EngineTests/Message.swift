import Synchronization

@testable import Engine

/// What one thread tells others, once.
final class Message<Content: Sendable>: Sendable {
  private let monitor = Monitor()
  private let content = Mutex<Content?>(nil)

  func tell(_ new: Content) {
    monitor.locked {
      content.withLock { $0 = new }
      monitor.tell()
    }
  }

  func wait() -> Content {
    monitor.locked {
      while true {
        if let told = content.withLock({ $0 }) { return told }
        monitor.wait()
      }
    }
  }
}
