/// Lexical forms of `xsd:double` and `xsd:float`.
enum FloatingPointLexical {
  static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]

  /// What a well-formed number says: ± `digits` · 10^`exponent`, exact when `isExact`.
  private struct Parts {
    var negative = false
    var digits: UInt64 = 0
    var exponent = 0
    var isExact = true
  }

  static func double(_ text: Span<UInt8>) -> Double? {
    if let special = special(text) { return special }
    guard let parts = parts(text) else { return nil }
    if parts.isExact, parts.digits < 1 << 53, abs(parts.exponent) <= 22 {
      // Both operands are exact, so the one operation rounds correctly (Clinger 1990).
      let power = powersOfTen[abs(parts.exponent)]
      let digits = Double(parts.digits)
      let magnitude = parts.exponent < 0 ? digits / power : digits * power
      return parts.negative ? -magnitude : magnitude
    }
    return Double(text.decoded)
  }

  static func float(_ text: Span<UInt8>) -> Float? {
    if let special = special(text) { return Float(special) }
    guard let parts = parts(text) else { return nil }
    if parts.isExact, parts.digits < 1 << 24, abs(parts.exponent) <= 10 {
      let power = Float(powersOfTen[abs(parts.exponent)])
      let digits = Float(parts.digits)
      let magnitude = parts.exponent < 0 ? digits / power : digits * power
      return parts.negative ? -magnitude : magnitude
    }
    return Float(text.decoded)
  }

  private static func special(_ text: Span<UInt8>) -> Double? {
    guard text.count == 3 || text.count == 4 else { return nil }
    if text.equals("INF") || text.equals("+INF") { return .infinity }
    if text.equals("-INF") { return -.infinity }
    return text.equals("NaN") ? .nan : nil
  }

  private static func parts(_ text: Span<UInt8>) -> Parts? {
    var parts = Parts()
    var index = 0
    parts.negative = Lexical.take("-", text, &index)
    if !parts.negative { _ = Lexical.take("+", text, &index) }
    let start = index
    take(digitsOf: text, &index, into: &parts)
    var digitCount = index - start
    if Lexical.take(".", text, &index) {
      let point = index
      take(digitsOf: text, &index, into: &parts)
      digitCount += index - point
      parts.exponent -= index - point
    }
    guard digitCount > 0 else { return nil }
    if index < text.count {
      guard Lexical.take("e", text, &index) || Lexical.take("E", text, &index) else { return nil }
      let negative = Lexical.take("-", text, &index)
      if !negative { _ = Lexical.take("+", text, &index) }
      let first = index
      index = Lexical.endOfDigits(text, first)
      guard index == text.count, index > first else { return nil }
      guard index - first <= 4 else {
        parts.isExact = false
        return parts
      }
      var exponent = 0
      for position in first..<index { exponent = exponent * 10 + Int(text[position] &- 0x30) }
      parts.exponent += negative ? -exponent : exponent
    }
    return parts
  }

  private static func take(digitsOf text: Span<UInt8>, _ index: inout Int, into parts: inout Parts)
  {
    while index < text.count, Lexical.isDigit(text[index]) {
      if parts.digits < 100_000_000_000_000_000 {
        parts.digits = parts.digits * 10 + UInt64(text[index] &- 0x30)
      } else {
        parts.isExact = false
      }
      index += 1
    }
  }
}

/// The shortest decimal digits that read back as a binary number: `mantissa` / 10^`scale`.
struct DecimalDigits {
  var mantissa: Int64 = 0
  /// May be negative.
  var scale = 0
  private var negative = false

  /// nil for infinities and NaN.
  init?(_ value: Double) {
    guard value.isFinite else { return nil }
    self.init(description: value.description)
  }

  init?(_ value: Float) {
    guard value.isFinite else { return nil }
    self.init(description: value.description)
  }

  /// Reads what the standard library prints: `-12.5`, `1e-07`, `5.0`.
  private init(description: String) {
    var fraction = false
    var exponent: Int?
    var exponentNegative = false
    for byte in description.utf8 {
      switch byte {
      case UInt8(ascii: "-"):
        if exponent == nil { negative = true } else { exponentNegative = true }
      case UInt8(ascii: "."): fraction = true
      case UInt8(ascii: "e"): exponent = 0
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        let digit = Int64(byte - UInt8(ascii: "0"))
        if let value = exponent {
          exponent = value * 10 + Int(digit)
        } else {
          mantissa = mantissa * 10 + digit
          if fraction { scale += 1 }
        }
      default: break
      }
    }
    if let exponent { scale -= exponentNegative ? -exponent : exponent }
    reduce()
    if negative { mantissa = -mantissa }
  }

  private mutating func reduce() {
    while mantissa != 0, mantissa % 10 == 0 {
      mantissa /= 10
      scale -= 1
    }
    if mantissa == 0 { scale = 0 }
  }

  /// XSD canonical form: one digit before the point, at least one after it, exponent.
  var scientific: String {
    var digits = Substring(String(mantissa.magnitude))
    let exponent = digits.utf8.count - 1 - scale
    let first = digits.removeFirst()
    let rest = digits.isEmpty ? "0" : digits
    return "\(negative ? "-" : "")\(first).\(rest)E\(mantissa == 0 ? 0 : exponent)"
  }

  /// Without exponent, as for a decimal; `-0` keeps its sign.
  var plain: String {
    let digits = String(mantissa.magnitude)
    let sign = negative ? "-" : ""
    if scale <= 0 { return sign + digits + String(repeating: "0", count: -scale) }
    let padded = String(repeating: "0", count: max(0, scale + 1 - digits.utf8.count)) + digits
    return sign + padded.dropLast(scale) + "." + padded.suffix(scale)
  }
}
