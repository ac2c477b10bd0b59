import Engine
import Terminal

/// Ctrl-C, for whatever runs.
enum Interrupt {
  static let flag = CancellationFlag()

  /// From now on Ctrl-C raises the flag instead of ending the process.
  static func catchSignals() {
    flag.lower()  // made before a signal handler can ask for it
    Signals.catchAll { Interrupt.flag.raise() }
  }
}
