extension XSDValue {
  /// The value in another datatype; nil when the cast is not allowed or the value does not fit.
  ///
  /// A float or double that is no integer becomes the decimal with its shortest digits. Source: XPath Functions and Operators 3.1, section 19.
  public func cast(to target: XSDDatatype) -> XSDValue? {
    if target == .string { return .string(castString) }
    if case .string(let text) = self { return XSDValue(text, as: target) }
    switch target {
    case .boolean: return castToBoolean
    case .float, .double: return castToFloatingPoint(target)
    case .decimal: return castToDecimal.map(XSDValue.decimal)
    case .duration, .dayTimeDuration, .yearMonthDuration: return castToDuration(target)
    case .dateTime, .dateTimeStamp, .date, .time, .gYear, .gYearMonth, .gMonth, .gMonthDay, .gDay:
      return castToTime(target)
    default:
      guard let decimal = castToDecimal else { return nil }
      return XSDValue(String(decimal.truncated), as: target)
    }
  }

  private var castToBoolean: XSDValue? {
    switch self {
    case .boolean: self
    case .integer(let value): .boolean(value != 0)
    case .decimal(let value): .boolean(value.mantissa != 0)
    case .float(let value): .boolean(!value.isNaN && value != 0)
    case .double(let value): .boolean(!value.isNaN && value != 0)
    default: nil
    }
  }

  private func castToFloatingPoint(_ target: XSDDatatype) -> XSDValue? {
    switch (self, target) {
    case (.boolean(let value), .float): .float(value ? 1 : 0)
    case (.boolean(let value), _): .double(value ? 1 : 0)
    case (.float, .float), (.double, .double): self
    case (.integer(let value), .float): .float(Float(value))
    case (.decimal(let value), .float): .float(value.float)
    case (.double(let value), .float): .float(Float(value))
    default: asDouble.map(XSDValue.double)
    }
  }

  private var castToDecimal: XSDDecimal? {
    if case .boolean(let value) = self { return XSDDecimal(Int128(value ? 1 : 0)) }
    return exactDecimal
  }

  private func castToDuration(_ target: XSDDatatype) -> XSDValue? {
    guard let value = asDuration else { return nil }
    switch target {
    case .dayTimeDuration: return .dayTimeDuration(XSDDuration(attoseconds: value.attoseconds))
    case .yearMonthDuration: return .yearMonthDuration(XSDDuration(months: value.months))
    default: return .duration(value)
    }
  }

  private func castToTime(_ target: XSDDatatype) -> XSDValue? {
    guard let value = asTime else { return nil }
    switch (self, target) {
    case (.dateTime, .dateTimeStamp): return value.offsetMinutes == nil ? nil : self
    case (.dateTime, .dateTime), (.date, .dateTime), (.date, .dateTimeStamp):
      return target == .dateTimeStamp && value.offsetMinutes == nil ? nil : .dateTime(value)
    case (.dateTime, _), (.date, .date), (.date, .gYear), (.date, .gYearMonth), (.date, .gMonth),
      (.date, .gMonthDay), (.date, .gDay):
      return XSDValue(value.form(as: target), as: target)
    default: return datatype == target ? self : nil
    }
  }
}
