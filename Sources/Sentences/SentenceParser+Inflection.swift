import RDF

/// Regular English inflection, forgiven in questions when the exact form is unknown.
extension SentenceParser {
  /// A class by its plural: `advisories`, `boxes`, `ministries`, `features`.
  func lookUpPlural(_ low: Int, _ high: Int, _ lexicon: some Lexicon) -> Fit {
    let plural = Array(buffer.folded[buffer.foldedSpan(low, high)])
    for singular in Self.singulars(plural) {
      let fit = lookUp(singular, .class, wordCount: high - low, lexicon)
      if fit.level > .no { return fit }
    }
    return .no
  }

  /// A relation by another form of its first word: `concern` or `concerned` for `concerns`.
  func lookUpInflected(_ low: Int, _ high: Int, _ lexicon: some Lexicon) -> Fit {
    guard tokens[low].kind == .word else { return .no }
    let first = buffer.folded[tokens[low].foldStart..<tokens[low].foldEnd]
    let rest = buffer.folded[tokens[low].foldEnd..<tokens[high - 1].foldEnd]
    for form in Self.verbForms(Array(first)) {
      let fit = lookUp(form + rest, .relation, wordCount: high - low, lexicon)
      if fit.level > .no { return fit }
    }
    return .no
  }

  private func lookUp(
    _ key: [UInt8], _ role: NameRole, wordCount: Int, _ lexicon: some Lexicon
  ) -> Fit {
    switch lexicon.match(key.span, as: role) {
    case .unknown: .no
    case .one(let id): Fit(level: .known, id: id, knownWordCount: wordCount)
    case .several: Fit(level: .several, knownWordCount: wordCount)
    }
  }

  static func singulars(_ plural: [UInt8]) -> [[UInt8]] {
    var forms: [[UInt8]] = []
    if ends(plural, "ies") { forms.append(plural.dropLast(3) + Array("y".utf8)) }
    if ends(plural, "s") { forms.append(Array(plural.dropLast())) }
    if ends(plural, "es") { forms.append(Array(plural.dropLast(2))) }
    return forms
  }

  /// The base form with each of its endings, the base itself last.
  static func verbForms(_ verb: [UInt8]) -> [[UInt8]] {
    if verb.elementsEqual("have".utf8) { return [Array("has".utf8)] }
    var bases = [verb]
    if ends(verb, "ies") { bases.append(verb.dropLast(3) + Array("y".utf8)) }
    if ends(verb, "s") { bases.append(Array(verb.dropLast())) }
    if ends(verb, "es") { bases.append(Array(verb.dropLast(2))) }
    if ends(verb, "ed") {
      bases.append(Array(verb.dropLast()))
      bases.append(Array(verb.dropLast(2)))
    }
    var forms: [[UInt8]] = []
    for base in bases where !base.isEmpty {
      forms.append(base + Array("s".utf8))
      forms.append(base)
      forms.append(base + Array((ends(base, "e") ? "d" : "ed").utf8))
      if ends(base, "y") { forms.append(base.dropLast() + Array("ies".utf8)) }
      if ends(base, "s") || ends(base, "h") || ends(base, "x") {
        forms.append(base + Array("es".utf8))
      }
    }
    return forms.filter { $0 != verb }
  }

  private static func ends(_ word: [UInt8], _ ending: StaticString) -> Bool {
    let count = ending.utf8CodeUnitCount
    guard word.count > count + 1 else { return false }
    return ending.withUTF8Buffer { word.suffix(count).elementsEqual($0) }
  }
}
