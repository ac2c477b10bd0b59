import Glibc

/// A thread that does some work and ends; to be joined or detached, once.
package struct WorkerThread: Sendable {
  private let handle: pthread_t

  /// Begins the work; nil where no thread can be had. The stack has the usual size unless one is given.
  package init?(stackByteCount: Int? = nil, _ work: @escaping @Sendable () -> Void) {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    if let stackByteCount { pthread_attr_setstacksize(&attributes, stackByteCount) }
    let task = Unmanaged.passRetained(Task(work))
    var handle = pthread_t()
    let status = pthread_create(
      &handle, &attributes,
      { argument in
        if let argument { Unmanaged<Task>.fromOpaque(argument).takeRetainedValue().work() }
        return nil
      }, task.toOpaque())
    guard status == 0 else {
      task.release()
      return nil
    }
    self.handle = handle
  }

  /// Waits for the end of the work, which holds nothing then.
  package func join() { pthread_join(handle, nil) }

  package func detach() { pthread_detach(handle) }

  private final class Task: Sendable {
    let work: @Sendable () -> Void

    init(_ work: @escaping @Sendable () -> Void) {
      self.work = work
    }
  }
}
