/// An exact decimal number: `mantissa` / 10^`scale`, at most 38 digits.
///
/// Always reduced (no trailing zero after the point), so equal numbers have equal parts.
/// Arithmetic gives nil where the exact result does not fit; only division rounds.
/// Source: XML Schema 1.1 part 2, section 3.3.3.
public struct XSDDecimal: Hashable, Sendable {
  public let mantissa: Int128
  /// The number of digits after the point.
  public let scale: Int

  public init(_ integer: Int128) {
    mantissa = integer
    scale = 0
  }

  /// Reduces; `scale` must not be negative.
  public init(mantissa: Int128, scale: Int) {
    precondition(scale >= 0)
    var mantissa = mantissa
    var scale = mantissa == 0 ? 0 : scale
    while scale > 0 {
      let (quotient, remainder) = mantissa.quotientAndRemainder(dividingBy: 10)
      if remainder != 0 { break }
      mantissa = quotient
      scale -= 1
    }
    self.mantissa = mantissa
    self.scale = scale
  }

  /// Reads a collapsed lexical form; nil when it is none or has too many digits.
  init?(lexical text: Span<UInt8>) {
    var start = 0
    let negative = Lexical.take("-", text, &start)
    if !negative { _ = Lexical.take("+", text, &start) }
    let point = Lexical.endOfDigits(text, start)
    var end = point
    if point < text.count, text[point] == UInt8(ascii: ".") {
      end = Lexical.endOfDigits(text, point + 1)
      guard end == text.count, end - start > 1 else { return nil }
      while end > point + 1, text[end - 1] == UInt8(ascii: "0") { end -= 1 }
    } else {
      guard point == text.count, point > start else { return nil }
    }
    guard var magnitude = Lexical.magnitude(text, start..<point) else { return nil }
    if end > point + 1 {
      guard let whole = Lexical.magnitude(text, (point + 1)..<end, into: magnitude) else {
        return nil
      }
      magnitude = whole
    }
    self.init(
      mantissa: negative ? -magnitude : magnitude, scale: max(0, end - point - 1))
  }

  /// The double itself where it is an integer, else the shortest decimal that reads back as it; nil
  /// when infinite, NaN or too large.
  public init?(_ value: Double) {
    if let integer = Int128(exactly: value) {
      self.init(integer)
    } else {
      guard let digits = DecimalDigits(value) else { return nil }
      self.init(digits)
    }
  }

  public init?(_ value: Float) {
    if let integer = Int128(exactly: value) {
      self.init(integer)
    } else {
      guard let digits = DecimalDigits(value) else { return nil }
      self.init(digits)
    }
  }

  private init?(_ digits: DecimalDigits) {
    let scale = digits.scale
    guard scale < 0 else {
      guard scale <= 38 || digits.mantissa == 0 else { return nil }
      self.init(mantissa: Int128(digits.mantissa), scale: scale)
      return
    }
    guard let whole = Int128(digits.mantissa).scaled(by: -scale) else { return nil }
    self.init(whole)
  }

  /// The integer part, toward zero.
  public var truncated: Int128 {
    guard let unit = Int128.powerOfTen(scale) else { return 0 }
    return mantissa / unit
  }

  /// The nearest double.
  public var double: Double {
    if mantissa.magnitude < 1 << 53, scale <= 22 {
      return Double(mantissa) / FloatingPointLexical.powersOfTen[scale]
    }
    return Double(description) ?? .nan
  }

  /// A double that differs by less than a part in 2^50; nil where that takes as long as the nearest.
  public var approximation: Double? {
    guard scale <= 22 else { return nil }
    let magnitude = mantissa.magnitude
    let high = Double(UInt64(truncatingIfNeeded: magnitude >> 64)) * 0x1p64
    let value = high + Double(UInt64(truncatingIfNeeded: magnitude))
    return (mantissa < 0 ? -value : value) / FloatingPointLexical.powersOfTen[scale]
  }

  /// The nearest float.
  public var float: Float { Float(description) ?? .nan }
}

extension XSDDecimal: CustomStringConvertible {
  /// The canonical form: no point for an integer, else at least one digit on both sides of it.
  public var description: String {
    if scale == 0, let small = Int64(exactly: mantissa) { return String(small) }
    // From the last digit on, eighteen with one division of 128 bits.
    var digits: [UInt8] = []
    var rest = mantissa.magnitude
    while rest > 0 || digits.count <= scale {
      let (quotient, part) = rest.quotientAndRemainder(dividingBy: 1_000_000_000_000_000_000)
      var low = UInt64(truncatingIfNeeded: part)
      for _ in 0..<18 where quotient > 0 || low > 0 || digits.count <= scale {
        digits.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: low % 10))
        low /= 10
      }
      rest = quotient
    }
    if scale > 0 { digits.insert(UInt8(ascii: "."), at: scale) }
    if mantissa < 0 { digits.append(UInt8(ascii: "-")) }
    return String(decoding: digits.reversed(), as: UTF8.self)
  }
}

extension Int128 {
  /// 10 to the power, nil from 39 on.
  static func powerOfTen(_ exponent: Int) -> Int128? {
    exponent <= 38 ? powersOfTen[exponent] : nil
  }

  private static let powersOfTen: [Int128] = {
    var powers: [Int128] = [1]
    while powers.count <= 38 { powers.append(powers[powers.count - 1] * 10) }
    return powers
  }()

  /// Times 10 to the power, nil when it does not fit.
  func scaled(by exponent: Int) -> Int128? {
    if self == 0 { return 0 }
    guard let power = Int128.powerOfTen(exponent) else { return nil }
    let (product, overflow) = multipliedReportingOverflow(by: power)
    return overflow ? nil : product
  }
}
