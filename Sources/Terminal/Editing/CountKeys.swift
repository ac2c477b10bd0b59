/// The digits after an escape that say how often a command is done.
///
/// libedit takes up to ten million at its word, and fills the memory: longer counts are not given to it.
struct CountKeys {
  private static let longest = 4
  /// How many digits came since the escape; nil when it is no count.
  private var digitCount: Int?

  /// Whether a key that comes next may be given to libedit.
  mutating func takes(_ key: Unicode.Scalar) -> Bool {
    if key == "\u{1B}" {
      digitCount = 0
    } else if let count = digitCount, "0"..."9" ~= key {
      guard count < Self.longest else { return false }
      digitCount = count + 1
    } else {
      digitCount = nil
    }
    return true
  }
}
