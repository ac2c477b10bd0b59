import Glibc
import Synchronization

/// Work that cannot be ended midway, on a thread of its own: whoever waits for it may give up.
public enum DetachedThread {
  /// Whether a thread could be had, which ends with the work. Its stack has the usual size unless one is given.
  static func start(
    stackByteCount: Int? = nil, _ work: @escaping @Sendable () -> Void
  ) -> Bool {
    guard let thread = WorkerThread(stackByteCount: stackByteCount, work) else { return false }
    thread.detach()
    return true
  }

  /// So many elements take a while to copy and to free.
  static let largeCount = 1 << 18

  /// Frees what takes long to free, unless others have it, too.
  public static func letGo<Content: Sendable>(of content: consuming Content) {
    let box = Box(content)
    _ = start { box.empty() }
  }

  /// Who empties it frees the content, not who has the box last.
  private final class Box<Content: Sendable>: Sendable {
    private let content: Mutex<Content?>

    init(_ content: consuming Content) { self.content = Mutex(content) }

    func empty() { _ = content.withLock { $0.take() } }
  }

  /// The result of some work; calls `poll` now and then until it is there.
  static func result<R>(
    of work: @escaping @Sendable () -> R, stackByteCount: Int? = nil,
    poll: () throws(EvaluationError) -> Void
  ) throws(EvaluationError) -> R {
    let outcome = Outcome<R>()
    guard start(stackByteCount: stackByteCount, { outcome.set(work()) }) else { return work() }
    while true {
      if let result = outcome.result(waiting: pollInterval) { return result }
      try poll()
    }
  }

  /// In milliseconds: in as long, a reader takes some megabytes.
  private static let pollInterval = 1

  /// Given by one thread to another. Guarded by the monitor.
  private final class Outcome<R>: @unchecked Sendable {
    private let monitor = Monitor()
    private var result: R?

    func set(_ new: R) {
      monitor.locked {
        result = new
        monitor.tell()
      }
    }

    /// nil where there is none after so many milliseconds.
    func result(waiting milliseconds: Int) -> R? {
      monitor.locked {
        if result == nil { monitor.wait(milliseconds: milliseconds) }
        return result
      }
    }
  }
}

/// What nobody uses any more, and what takes long to free where it has many parts.
struct Spent<Content>: @unchecked Sendable {
  private let content: Content

  init(_ content: consuming Content) { self.content = content }

  consuming func letGo() { DetachedThread.letGo(of: self) }
}
