/// The sets of characters that escapes of XPath name, as PCRE2 has them between brackets.
///
/// Source: XML Schema 1.1 part 2, section G.4.2; XML 1.0, productions NameStartChar and NameChar.
enum CharacterSets {
  /// What `\d`, `\s` and their like stand for; nil for other letters.
  static func content(of letter: Unicode.Scalar) -> String? {
    switch letter {
    case "d": "\\p{Nd}"
    case "D": "\\P{Nd}"
    case "w": "\\p{L}\\p{M}\\p{N}\\p{S}"
    case "W": "\\p{P}\\p{Z}\\p{C}"
    case "s", "S": content(space, isComplement: letter == "S")
    case "i", "I": content(nameStarts, isComplement: letter == "I")
    case "c", "C": content(names, isComplement: letter == "C")
    default: nil
    }
  }

  /// Sorted ranges, or what is not in them.
  static func content(_ ranges: [ClosedRange<UInt32>], isComplement: Bool) -> String {
    if !isComplement {
      return ranges.map { escaped($0.lowerBound) + "-" + escaped($0.upperBound) }.joined()
    }
    var gaps: [ClosedRange<UInt32>] = []
    var start: UInt32 = 0
    for range in ranges {
      // PCRE2 takes no surrogate for the end of a range.
      let end = range.lowerBound == 0xE000 ? 0xD800 : range.lowerBound
      if end > start { gaps.append(start...end - 1) }
      start = range.upperBound == 0xD7FF ? 0xE000 : range.upperBound + 1
    }
    if start <= last { gaps.append(start...last) }
    return content(gaps, isComplement: false)
  }

  static func escaped(_ value: UInt32) -> String { "\\x{\(String(value, radix: 16))}" }

  private static let last: UInt32 = 0x10FFFF
  private static let space: [ClosedRange<UInt32>] = [0x09...0x0A, 0x0D...0x0D, 0x20...0x20]
  private static let nameStarts: [ClosedRange<UInt32>] = [
    0x3A...0x3A, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2FF,
    0x370...0x37D, 0x37F...0x1FFF, 0x200C...0x200D, 0x2070...0x218F, 0x2C00...0x2FEF,
    0x3001...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFFD, 0x10000...0xEFFFF,
  ]
  private static let names: [ClosedRange<UInt32>] = [
    0x2D...0x2E, 0x30...0x3A, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A, 0xB7...0xB7, 0xC0...0xD6,
    0xD8...0xF6, 0xF8...0x37D, 0x37F...0x1FFF, 0x200C...0x200D, 0x203F...0x2040, 0x2070...0x218F,
    0x2C00...0x2FEF, 0x3001...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFFD, 0x10000...0xEFFFF,
  ]
}
