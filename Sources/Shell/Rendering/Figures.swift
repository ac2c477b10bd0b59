import Diagnostics

/// A whole number with commas: `1,240`.
func grouped(_ number: some BinaryInteger) -> String { groupedDigits(number) }

/// A number and what it counts: `1 row`, `1,240 rows`.
func counted(_ number: Int, _ singular: String, _ plural: String? = nil) -> String {
  "\(grouped(number)) \(number == 1 ? singular : plural ?? singular + "s")"
}

/// A time as people read it: `0.3 ms`, `12 ms`, `2.1 s`.
func duration(milliseconds: Double) -> String {
  if milliseconds < 9.95 { return fixed(milliseconds, digits: 1) + " ms" }
  if milliseconds < 999.5 { return fixed(milliseconds, digits: 0) + " ms" }
  return fixed(milliseconds / 1000, digits: 1) + " s"
}

/// A number with a fixed count of digits after the point.
func fixed(_ value: Double, digits: Int) -> String {
  guard value.isFinite, abs(value) < 1e15 else { return "\(value)" }
  var scale = 1.0
  for _ in 0..<digits { scale *= 10 }
  let scaled = Int((value.magnitude * scale).rounded())
  let whole = String(scaled / Int(scale))
  let sign = value < 0 && scaled > 0 ? "-" : ""
  guard digits > 0 else { return sign + whole }
  let fraction = String(scaled % Int(scale))
  return sign + whole + "." + String(repeating: "0", count: digits - fraction.count) + fraction
}
