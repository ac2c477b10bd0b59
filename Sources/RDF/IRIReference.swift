/// References to IRIs, absolute and relative.
public enum IRIReference {
  /// The absolute IRI that a reference means; nil for a relative one without a base that has a scheme,
  /// and for text with a character that no IRI has. Source: RFC 3986, section 5.2; RFC 3987.
  public static func resolved(_ reference: String, against base: String?) -> String? {
    guard reference.utf8.allSatisfy(isAllowed) else { return nil }
    let bytes = Array(reference.utf8)
    if bytes.withUnsafeBufferPointer(IRIParts.schemeLength) != nil { return reference }
    // The first segment of a relative path has no colon.
    let first = bytes.prefix {
      $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#")
    }
    guard !first.contains(UInt8(ascii: ":")), let base, let parts = IRIParts(base) else {
      return nil
    }
    return String(decoding: parts.resolve(bytes), as: UTF8.self)
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case 0...0x20, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "{"),
      UInt8(ascii: "}"), UInt8(ascii: "|"), UInt8(ascii: "\\"), UInt8(ascii: "^"),
      UInt8(ascii: "`"):
      false
    default: true
    }
  }
}
