/// What bytes and scalars are to the lexer.
enum CharacterClass {
  /// Bytes that begin and continue a word: ASCII letters, digits, `_`.
  @inline(__always)
  static func isWordByte(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == 0x5F
  }

  /// Bytes that stand inside a word when a word character follows: `- ' & / .`.
  @inline(__always)
  static func isInnerByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x2D, 0x27, 0x26, 0x2F, 0x2E: true
    default: false
    }
  }

  @inline(__always)
  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  @inline(__always)
  static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

  /// Letters, marks, digits, symbols of money and pictures, and the joiners of Indic scripts.
  static func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return isWordByte(UInt8(scalar.value)) }
    if scalar.value == 0x200C || scalar.value == 0x200D { return true }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber,
      .connectorPunctuation, .currencySymbol, .otherSymbol, .modifierSymbol:
      return true
    default:
      return false
    }
  }

  /// Scalars that SPARQL allows in the name of a variable (production VARNAME).
  static func isVariableScalar(_ scalar: Unicode.Scalar) -> Bool {
    let value = scalar.value
    if value < 0x80 { return isWordByte(UInt8(value)) }
    if value == 0xB7 || (0x300...0x36F).contains(value) || (0x203F...0x2040).contains(value) {
      return true
    }
    if value < 0xC0 || value == 0xD7 || value == 0xF7 || value == 0x37E { return false }
    return value < 0x2000 || (0x200C...0x200D).contains(value) || (0x2070...0x218F).contains(value)
      || (0x2C00...0x2FEF).contains(value) || (0x3001...0xD7FF).contains(value)
      || (0xF900...0xFDCF).contains(value) || (0xFDF0...0xFFFD).contains(value)
      || (0x10000...0xEFFFF).contains(value)
  }
}
