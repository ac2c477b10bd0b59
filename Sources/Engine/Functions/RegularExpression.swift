import CPCRE2

/// A regular expression of XPath, run by PCRE2.
///
/// Matching is by code point. A match that takes too many steps is an error, not a hang; what ends
/// the evaluation ends it, too.
/// Source: XPath Functions and Operators 3.1, section 5.6.
final class RegularExpression {
  private let code: OpaquePointer
  private let data: OpaquePointer
  private let limits: OpaquePointer
  let groupCount: Int
  /// Flag `q`: neither pattern nor replacement have special characters.
  private let isLiteral: Bool

  private let watch: SearchWatch

  /// Steps of one match.
  private static let matchLimit: UInt32 = 1_000_000
  /// Kibibytes that one match may hold.
  private static let heapLimit: UInt32 = 1 << 16

  /// nil for a pattern that is none, or flags other than `smixq`.
  init?(_ pattern: String, flags: String, _ context: ExecutionContext) {
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
    pcre2_set_heap_limit_8(limits, Self.heapLimit)
    watch = SearchWatch(context)
    pcre2_set_callout_8(limits, takeStep, Unmanaged.passUnretained(watch).toOpaque())
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

  /// What the compiled pattern and the places of its groups take.
  var byteCount: Int {
    var size = 0
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_SIZE), &size)
    return size + groupCount * 2 * MemoryLayout<Int>.stride
  }

  private static func options(_ flags: String) -> UInt32? {
    var options =
      PCRE2_AUTO_CALLOUT | PCRE2_UTF | PCRE2_UCP | PCRE2_DOLLAR_ENDONLY
      | PCRE2_MATCH_UNSET_BACKREF
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
      ? options : options & (PCRE2_AUTO_CALLOUT | PCRE2_LITERAL | PCRE2_UTF | PCRE2_CASELESS)
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
    // What is saved at a step, and what it may look at.
    watch.stepWeight = 1 + groupCount / 16 + text.count >> 12
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
  func replacing(
    in text: String, with replacement: String
  ) throws(EvaluationError) -> String? {
    let parsed =
      isLiteral
      ? Replacement(literal: replacement) : Replacement(replacement, groupCount: groupCount)
    guard let parts = parsed else { return nil }
    var text = text
    let result = text.withUTF8 { replaced(in: $0, with: parts.parts) }
    try checkEnd()
    guard let result else { return nil }
    return try watch.context.string(result)
  }

  private func replaced(
    in text: UnsafeBufferPointer<UInt8>, with parts: [Replacement.Part]
  ) -> [UInt8]? {
    guard matches(UnsafeBufferPointer(start: nil, count: 0)) == false else { return nil }
    var result: [UInt8] = []
    var start = 0
    while start <= text.count {
      guard let isFound = find(text, from: start) else { return nil }
      if !isFound { break }
      guard let whole = group(0), !whole.isEmpty else { return nil }
      result += text[start..<whole.lowerBound]
      for part in parts {
        let added =
          switch part {
          case .text(let bytes): bytes[...]
          case .group(let number): group(number).map { ArraySlice(text[$0]) } ?? []
          }
        guard watch.admits(added.count, after: &result) else { return nil }
        result += added
      }
      start = whole.upperBound
    }
    result += text[min(start, text.count)...]
    return result
  }

  /// Throws what has ended the last search, or the text made of it.
  func checkEnd() throws(EvaluationError) {
    if let end = watch.takeEnd() { throw end }
  }

  /// Where a group of the last match lies.
  private func group(_ number: Int) -> Range<Int>? {
    guard number <= groupCount, let vector = pcre2_get_ovector_pointer_8(data) else { return nil }
    let (start, end) = (vector[2 * number], vector[2 * number + 1])
    return start < 0 || end < start ? nil : start..<end
  }
}

/// Ends a search, which may take millions of steps, when its evaluation is to end.
private final class SearchWatch {
  let context: ExecutionContext
  /// In those of the evaluation.
  var stepWeight = 1
  private var end: EvaluationError?

  init(_ context: ExecutionContext) {
    self.context = context
  }

  /// Whether the search goes on.
  @inline(__always)
  func step() -> Bool {
    do throws(EvaluationError) {
      try context.tick(stepWeight)
      return true
    } catch {
      end = error
      return false
    }
  }

  /// Whether a text may have so many bytes more, and makes room for them.
  func admits(_ byteCount: Int, after text: inout [UInt8]) -> Bool {
    do throws(EvaluationError) {
      try context.tick()
      try context.admit(textOf: text.count + byteCount)
      try text.makeRoom(for: byteCount, context)
      return true
    } catch {
      end = error
      return false
    }
  }

  func takeEnd() -> EvaluationError? { end.take() }
}

private func takeStep(
  _ block: UnsafeMutablePointer<pcre2_callout_block_8>?, _ watch: UnsafeMutableRawPointer?
) -> Int32 {
  guard let watch else { return 0 }
  return Unmanaged<SearchWatch>.fromOpaque(watch)._withUnsafeGuaranteedRef {
    $0.step() ? 0 : PCRE2_ERROR_CALLOUT
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
    var text: [UInt8] = []
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "\\"):
        guard let next = rest.popFirst(), next == UInt8(ascii: "\\") || next == UInt8(ascii: "$")
        else { return nil }
        text.append(next)
      case UInt8(ascii: "$"):
        guard let digit = rest.popFirst(), digit &- 48 < 10 else { return nil }
        var number = Int(digit - 48)
        while let digit = rest.first, digit &- 48 < 10, number * 10 + Int(digit - 48) <= groupCount
        {
          number = number * 10 + Int(digit - 48)
          rest.removeFirst()
        }
        if number > groupCount { continue }
        parts += [.text(text), .group(number)]
        text = []
      default: text.append(byte)
      }
    }
    parts.append(.text(text))
  }
}
