import Glibc
import Synchronization

/// Work that cannot be ended midway, on a thread of its own: whoever waits for it may give up.
public enum DetachedThread {
  /// Whether a thread could be had, which ends with the work.
  static func start(_ work: @escaping @Sendable () -> Void) -> Bool {
    guard let thread = WorkerThread(work) else { return false }
    thread.detach()
    return true
  }

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

  /// The result of some work; calls `poll` until it is there.
  static func result<R: Sendable>(
    of work: @escaping @Sendable () -> R, poll: () throws(EvaluationError) -> Void
  ) throws(EvaluationError) -> R {
    let cell = Cell<R>()
    guard start({ cell.set(work()) }) else { return work() }
    while true {
      if let result = cell.get() { return result }
      usleep(500)
      try poll()
    }
  }

  private final class Cell<R: Sendable>: Sendable {
    private let content = Mutex<R?>(nil)

    func set(_ result: R) { content.withLock { $0 = result } }

    func get() -> R? { content.withLock { $0 } }
  }
}
