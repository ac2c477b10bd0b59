import CPCRE2

/// A regular expression of XPath, run by PCRE2.
///
/// Matching is by code point. A match that takes too many steps is an error, not a hang.
/// Source: XPath Functions and Operators 3.1, section 5.6.
final class RegularExpression {
  private let code: OpaquePointer
  private let data: OpaquePointer
  private let limits: OpaquePointer
  let groupCount: Int
  /// Flag `q`: neither pattern nor replacement have special characters.
  private let isLiteral: Bool

  /// Steps of one match.
  private static let matchLimit: UInt32 = 1_000_000

  /// nil for a pattern that is none, or flags other than `smixq`.
  init?(_ pattern: String, flags: String) {
    guard let options = Self.options(flags), var pattern = Self.translated(pattern, options) else {
      return nil
    }
    var errorCode: Int32 = 0
    var errorOffset = 0
    let compiled = pattern.withUTF8 {
      pcre2_compile_8(
        $0.baseAddress, $0.count, options & ~PCRE2_EXTENDED, &errorCode, &errorOffset, nil)
    }
    guard let compiled else { return nil }
    guard let data = pcre2_match_data_create_from_pattern_8(compiled, nil),
      let limits = pcre2_match_context_create_8(nil)
    else {
      pcre2_code_free_8(compiled)
      return nil
    }
    pcre2_set_match_limit_8(limits, Self.matchLimit)
    code = compiled
    self.data = data
    self.limits = limits
    var count: UInt32 = 0
    pcre2_pattern_info_8(compiled, UInt32(PCRE2_INFO_CAPTURECOUNT), &count)
    groupCount = Int(count)
    isLiteral = options & PCRE2_LITERAL != 0
  }

  deinit {
    pcre2_code_free_8(code)
    pcre2_match_data_free_8(data)
    pcre2_match_context_free_8(limits)
  }

  private static func options(_ flags: String) -> UInt32? {
    var options = PCRE2_UTF | PCRE2_UCP | PCRE2_DOLLAR_ENDONLY | PCRE2_MATCH_UNSET_BACKREF
    for flag in flags.utf8 {
      switch flag {
      case UInt8(ascii: "s"): options |= PCRE2_DOTALL
      case UInt8(ascii: "m"): options |= PCRE2_MULTILINE
      case UInt8(ascii: "i"): options |= PCRE2_CASELESS
      case UInt8(ascii: "x"): options |= PCRE2_EXTENDED
      case UInt8(ascii: "q"): options |= PCRE2_LITERAL
      default: return nil
      }
    }
    // Only these may accompany PCRE2_LITERAL.
    return options & PCRE2_LITERAL == 0
      ? options : options & (PCRE2_LITERAL | PCRE2_UTF | PCRE2_CASELESS)
  }

  /// The pattern as PCRE2 writes it; nil for one that is none.
  private static func translated(_ pattern: String, _ options: UInt32) -> String? {
    if options & PCRE2_LITERAL != 0 { return pattern }
    return PatternTranslator.translated(
      pattern,
      PatternTranslator.Options(
        isDotAll: options & PCRE2_DOTALL != 0, isMultiline: options & PCRE2_MULTILINE != 0,
        isCaseless: options & PCRE2_CASELESS != 0,
        ignoresSpace: options & PCRE2_EXTENDED != 0))
  }

  /// Whether the pattern matches somewhere; nil when the search took too many steps.
  func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool? {
    find(text, from: 0).map { $0 }
  }

  private func find(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Bool? {
    let nothing: [UInt8] = [0]
    let result = nothing.withUnsafeBufferPointer { empty in
      pcre2_match_8(
        code, text.baseAddress ?? empty.baseAddress, text.count, start,
        UInt32(PCRE2_NO_UTF_CHECK), data, limits)
    }
    if result == PCRE2_ERROR_NOMATCH { return false }
    return result < 0 ? nil : true
  }

  /// REPLACE of every match; nil for a replacement that is none, a pattern that matches the
  /// empty string, and a search that took too many steps.
  func replacing(in text: String, with replacement: String) -> String? {
    let parsed =
      isLiteral
      ? Replacement(literal: replacement) : Replacement(replacement, groupCount: groupCount)
    guard let parts = parsed else { return nil }
    var text = text
    return text.withUTF8 { text -> String? in
      guard matches(UnsafeBufferPointer(start: nil, count: 0)) == false else { return nil }
      var result: [UInt8] = []
      var start = 0
      while start <= text.count {
        guard let isFound = find(text, from: start) else { return nil }
        if !isFound { break }
        guard let whole = group(0), !whole.isEmpty else { return nil }
        result += text[start..<whole.lowerBound]
        for part in parts.parts {
          switch part {
          case .text(let bytes): result += bytes
          case .group(let number): if let range = group(number) { result += text[range] }
          }
        }
        start = whole.upperBound
      }
      result += text[min(start, text.count)...]
      return String(decoding: result, as: UTF8.self)
    }
  }

  /// Where a group of the last match lies.
  private func group(_ number: Int) -> Range<Int>? {
    guard number <= groupCount, let vector = pcre2_get_ovector_pointer_8(data) else { return nil }
    let (start, end) = (vector[2 * number], vector[2 * number + 1])
    return start < 0 || end < start ? nil : start..<end
  }
}

/// The replacement of REPLACE: text, `$N` for a group, `\$` and `\\` for themselves.
private struct Replacement {
  enum Part {
    case text([UInt8])
    case group(Int)
  }

  private(set) var parts: [Part] = []

  init(literal text: String) {
    parts = [.text(Array(text.utf8))]
  }

  init?(_ source: String, groupCount: Int) {
    var rest = Array(source.utf8)[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "\\"):
        guard let next = rest.popFirst(), next == UInt8(ascii: "\\") || next == UInt8(ascii: "$")
        else { return nil }
        append(next)
      case UInt8(ascii: "$"):
        guard let digit = rest.popFirst(), digit &- 48 < 10 else { return nil }
        var number = Int(digit - 48)
        while let digit = rest.first, digit &- 48 < 10, number * 10 + Int(digit - 48) <= groupCount
        {
          number = number * 10 + Int(digit - 48)
          rest.removeFirst()
        }
        if number <= groupCount { parts.append(.group(number)) }
      default: append(byte)
      }
    }
  }

  private mutating func append(_ byte: UInt8) {
    if case .text(let bytes) = parts.last {
      parts[parts.count - 1] = .text(bytes + [byte])
    } else {
      parts.append(.text([byte]))
    }
  }
}
