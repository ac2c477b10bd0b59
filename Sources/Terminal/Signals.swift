import CPlatform

/// The signals a session lives with.
package enum Signals {
  /// Ctrl-C is caught, a change of the window is noticed, a closed pipe is an error of writing.
  ///
  /// `onInterrupt` runs inside the signal handler: it may only touch atomics.
  package static func catchAll(onInterrupt: @escaping @convention(c) () -> Void) {
    kosh_catch_signals(onInterrupt)
  }

  /// A write to a closed pipe is an error of that write, not the end of the process.
  package static func ignoreBrokenPipe() {
    kosh_ignore_broken_pipe()
  }

  /// Whether Ctrl-C came since the last call.
  package static func takeInterrupt() -> Bool {
    kosh_take_interrupt() != 0
  }

  /// While a line is edited, signals that end or stop the process wait until the terminal is as it was.
  static func watchAtPrompt(_ watches: Bool) {
    kosh_hold_endings(watches ? 1 : 0)
  }

  /// Does what a held signal does by itself; comes back when the process was only stopped.
  static func obey(_ number: Int32) {
    kosh_raise(number)
  }
}
