/// Numbers with units, as people give them to options.
enum Amount {
  /// A number of seconds above 0, such as `2` or `0.5`; nil when it is none.
  static func seconds(_ text: String) -> Double? {
    let digits = text.hasSuffix("s") ? String(text.dropLast()) : text
    guard let value = Double(digits), value > 0, value.isFinite else { return nil }
    return value
  }

  /// A number of bytes above 0, such as `1000000`, `512M`, `2G`, `1.5GB`; nil when it is none.
  static func bytes(_ text: String) -> Int? {
    var digits = text.lowercased()
    if digits.hasSuffix("ib") {
      digits.removeLast(2)
    } else if digits.hasSuffix("b") {
      digits.removeLast()
    }
    var factor = 1.0
    if let unit = digits.last, let power = ["k": 10, "m": 20, "g": 30, "t": 40][unit] {
      digits.removeLast()
      factor = Double(1 << power)
    }
    guard let value = Double(digits), value > 0, value * factor < 9e18 else { return nil }
    return max(1, Int(value * factor))
  }
}
