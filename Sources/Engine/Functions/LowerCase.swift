extension String {
  /// The text in lower case. A capital sigma becomes a final one at the end of a word. Source: The
  /// Unicode Standard, section 3.13, toLowercase with Final_Sigma of table 3-17.
  func inLowerCase() -> String {
    let capital: Unicode.Scalar = "\u{3A3}"
    let scalars = unicodeScalars
    guard scalars.contains(capital) else { return lowercased() }
    var result = ""
    for index in scalars.indices {
      if scalars[index] != capital {
        result += scalars[index].properties.lowercaseMapping
      } else {
        let isFinal =
          scalars[..<index].last { !$0.properties.isCaseIgnorable }?.properties.isCased == true
          && scalars[scalars.index(after: index)...].first { !$0.properties.isCaseIgnorable }?
            .properties.isCased != true
        result += isFinal ? "\u{3C2}" : "\u{3C3}"
      }
    }
    return result
  }
}
