import Diagnostics

/// IRIs in angle brackets, punctuation and operators.
extension Lexer {
  /// An IRI where the longest match is one, else an operator or the bracket of a triple.
  mutating func angle() {
    var index = position + 1
    while !endsIRI(byte(index)) { index += 1 }
    if byte(index) == UInt8(ascii: ">") {
      let hasEscape = bytes[position..<index].contains(UInt8(ascii: "\\"))
      return take(.iriReference, to: index + 1, middle: position + 1, hasEscape: hasEscape)
    }
    switch byte(position + 1) {
    case UInt8(ascii: "<"):
      byte(position + 2) == UInt8(ascii: "(")
        ? take(.sign(.openTripleTerm), to: position + 3)
        : take(.sign(.openReified), to: position + 2)
    case UInt8(ascii: "="): take(.sign(.lessOrEqual), to: position + 2)
    default: take(.sign(.less), to: position + 1, middle: index)
    }
  }

  /// Whether no IRI goes on with the byte; escapes do.
  @inline(__always)
  private func endsIRI(_ byte: UInt8) -> Bool {
    switch byte {
    case 0...0x20, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "{"),
      UInt8(ascii: "}"), UInt8(ascii: "|"), UInt8(ascii: "^"), UInt8(ascii: "`"):
      true
    default: false
    }
  }

  mutating func sign(_ first: UInt8) throws(Diagnostic) {
    let next = byte(position + 1)
    func isPair(_ second: Unicode.Scalar) -> Bool { next == UInt8(ascii: second) }
    let sign: Sign? =
      switch first {
      case UInt8(ascii: "{"): isPair("|") ? .openAnnotation : .openBrace
      case UInt8(ascii: "}"): .closeBrace
      case UInt8(ascii: "("): .openParenthesis
      case UInt8(ascii: ")"):
        isPair(">") && byte(position + 2) == UInt8(ascii: ">")
          ? .closeTripleTerm : .closeParenthesis
      case UInt8(ascii: "["): .openBracket
      case UInt8(ascii: "]"): .closeBracket
      case UInt8(ascii: "."): .dot
      case UInt8(ascii: ";"): .semicolon
      case UInt8(ascii: ","): .comma
      case UInt8(ascii: "~"): .tilde
      case UInt8(ascii: "*"): .star
      case UInt8(ascii: "+"): .plus
      case UInt8(ascii: "-"): .hyphen
      case UInt8(ascii: "/"): .slash
      case UInt8(ascii: "|"): isPair("|") ? .or : isPair("}") ? .closeAnnotation : .bar
      case UInt8(ascii: "^"): isPair("^") ? .doubleCaret : .caret
      case UInt8(ascii: "!"): isPair("=") ? .notEqual : .exclamation
      case UInt8(ascii: "&"): isPair("&") ? .and : nil
      case UInt8(ascii: "="): .equal
      case UInt8(ascii: ">"): isPair(">") ? .closeReified : isPair("=") ? .greaterOrEqual : .greater
      default: nil
      }
    guard let sign else {
      throw problem("bad-character", "this character cannot stand here", at: position)
    }
    take(.sign(sign), to: position + sign.length)
  }
}
