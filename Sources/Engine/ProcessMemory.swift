import CPlatform

/// The memory of the process, which all its evaluations share.
public enum ProcessMemory {
  /// Has up to 64 MB that are no longer used kept for what follows: that the system makes every page of a table anew takes
  /// a third of the time of a query that fills tables of megabytes.
  public static func keepForReuse() {
    kosh_keep_memory(32 << 20, 64 << 20)
  }
}
