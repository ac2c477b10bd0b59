import RDF

/// A literal as it stands in a sentence: a number or a date bare, anything else in quotes.
func phraseText(_ literal: Literal) -> String {
  switch literal.datatype {
  case XSD.integer, XSD.decimal, XSD.double, XSD.boolean, XSD.date, XSD.gYearMonth, XSD.dateTime:
    return literal.lexicalForm
  default: break
  }
  var result = "\""
  for scalar in literal.lexicalForm.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\r": result += "\\r"
    case "\t": result += "\\t"
    default: result.unicodeScalars.append(scalar)
    }
  }
  result += "\""
  if let language = literal.language {
    let direction = literal.direction.map { "--" + $0.rawValue } ?? ""
    return result + "@" + language + direction
  }
  return literal.datatype == XSD.string ? result : result + "^^<\(literal.datatype)>"
}
