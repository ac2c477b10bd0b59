extension XSDDecimal {
  /// Both mantissas at the larger scale; nil when one does not fit there.
  private func aligned(with other: XSDDecimal) -> (Int128, Int128, scale: Int)? {
    if scale == other.scale { return (mantissa, other.mantissa, scale) }
    let common = max(scale, other.scale)
    guard let a = mantissa.scaled(by: common - scale),
      let b = other.mantissa.scaled(by: common - other.scale)
    else { return nil }
    return (a, b, common)
  }

  public func adding(_ other: XSDDecimal) -> XSDDecimal? {
    guard let (a, b, common) = aligned(with: other) else { return nil }
    let (sum, overflow) = a.addingReportingOverflow(b)
    return overflow ? nil : XSDDecimal(mantissa: sum, scale: common)
  }

  public func subtracting(_ other: XSDDecimal) -> XSDDecimal? {
    guard let (a, b, common) = aligned(with: other) else { return nil }
    let (difference, overflow) = a.subtractingReportingOverflow(b)
    return overflow ? nil : XSDDecimal(mantissa: difference, scale: common)
  }

  public func multiplied(by other: XSDDecimal) -> XSDDecimal? {
    let (product, overflow) = mantissa.multipliedReportingOverflow(by: other.mantissa)
    return overflow ? nil : XSDDecimal(mantissa: product, scale: scale + other.scale)
  }

  public var negated: XSDDecimal? {
    let (result, overflow) = Int128(0).subtractingReportingOverflow(mantissa)
    return overflow ? nil : XSDDecimal(mantissa: result, scale: scale)
  }

  /// The quotient: exact where it ends within 18 digits after the point, else rounded half away from zero to 18 digits
  /// after the point and at least 18 significant ones; nil when the divisor is 0 or the quotient too large.
  public func divided(by other: XSDDecimal) -> XSDDecimal? {
    guard other.mantissa != 0 else { return nil }
    let divisor = other.mantissa.magnitude
    var (quotient, remainder) = mantissa.magnitude.quotientAndRemainder(dividingBy: divisor)
    var resultScale = scale - other.scale
    let limit = UInt128(Int128.max)
    while resultScale < 0 || (remainder != 0 && (resultScale < 18 || quotient < Self.precise)) {
      if resultScale >= 38 || quotient > (limit - 9) / 10 { break }
      let (digit, rest) = Self.nextDigit(remainder, divisor)
      quotient = quotient * 10 + digit
      remainder = rest
      resultScale += 1
    }
    guard resultScale >= 0 else { return nil }
    if remainder >= divisor - remainder, remainder != 0 { quotient += 1 }
    guard let magnitude = Int128(exactly: quotient) else { return nil }
    let negative = (mantissa < 0) != (other.mantissa < 0)
    return XSDDecimal(mantissa: negative ? -magnitude : magnitude, scale: resultScale)
  }

  /// Ten times the remainder by the divisor; in 64 bits where they do, which is ten times as fast.
  private static func nextDigit(
    _ remainder: UInt128, _ divisor: UInt128
  ) -> (quotient: UInt128, remainder: UInt128) {
    guard divisor < 1 << 60 else {
      return divisor.dividingFullWidth(remainder.multipliedFullWidth(by: 10))
    }
    let (digit, rest) = (UInt64(truncatingIfNeeded: remainder) * 10)
      .quotientAndRemainder(dividingBy: UInt64(truncatingIfNeeded: divisor))
    return (UInt128(digit), UInt128(rest))
  }

  /// The smallest number with 18 significant digits.
  private static let precise: UInt128 = 100_000_000_000_000_000

  /// The largest integer that is not larger.
  public var floor: XSDDecimal {
    let whole = truncated
    return XSDDecimal(scale > 0 && mantissa < 0 ? whole - 1 : whole)
  }

  /// The smallest integer that is not smaller.
  public var ceiling: XSDDecimal {
    let whole = truncated
    return XSDDecimal(scale > 0 && mantissa > 0 ? whole + 1 : whole)
  }

  /// The nearest integer; of two, the larger (`fn:round`).
  public var rounded: XSDDecimal {
    guard scale > 0, let unit = Int128.powerOfTen(scale) else {
      return scale == 0 ? self : XSDDecimal(0)
    }
    let (whole, rest) = mantissa.quotientAndRemainder(dividingBy: unit)
    if rest >= 0 { return XSDDecimal(rest >= unit - rest ? whole + 1 : whole) }
    return XSDDecimal(-rest > unit + rest ? whole - 1 : whole)
  }
}

extension XSDDecimal: Comparable {
  public static func < (a: XSDDecimal, b: XSDDecimal) -> Bool {
    if a.scale == b.scale { return a.mantissa < b.mantissa }
    if let (x, y, _) = a.aligned(with: b) { return x < y }
    // The one with fewer digits after the point is too large for the other's scale, so it decides.
    return a.scale < b.scale ? a.mantissa < 0 : b.mantissa > 0
  }
}
