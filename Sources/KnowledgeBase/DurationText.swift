import RDF

/// A duration of one unit as the language writes it, such as `84 days`; nil for any other literal.
func durationText(_ literal: Literal) -> String? {
  let units: [Character: String]
  switch literal.datatype {
  case XSD.dayTimeDuration: units = ["D": "day"]
  case XSD.yearMonthDuration: units = ["Y": "year", "M": "month"]
  default: return nil
  }
  let form = literal.lexicalForm
  guard form.hasPrefix("P"), let unit = form.last.flatMap({ units[$0] }),
    let count = Int(form.dropFirst().dropLast()), count >= 0
  else { return nil }
  return "\(count) \(unit)\(count == 1 ? "" : "s")"
}
