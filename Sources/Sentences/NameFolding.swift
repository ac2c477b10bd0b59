@_spi(_Unicode) import Swift

/// The key under which a name is looked up: lower case, NFC, words joined by one space.
///
/// `Zoom  India` and `zoom india` have one key. Accents count; `Lexicon.suggestions` forgives them.
public enum NameFolding {
  /// The key of a name as written, without quotes.
  public static func key(_ name: some StringProtocol) -> String {
    var folded: [UInt8] = []
    var text = String(name)
    text.withUTF8 { bytes in
      folded.reserveCapacity(bytes.count)
      appendKey(of: bytes.span, to: &folded)
    }
    return String(decoding: folded, as: UTF8.self)
  }

  /// Appends the key of a name; `name` is UTF-8. One pass over ASCII, linear otherwise.
  public static func appendKey(of name: Span<UInt8>, to folded: inout [UInt8]) {
    let start = folded.count
    var pendingSpace = false
    for index in name.indices {
      let byte = name[index]
      if byte >= 0x80 {
        folded.removeSubrange(start...)
        appendUnicodeKey(of: name, to: &folded)
        return
      }
      if byte <= 0x20 {
        pendingSpace = folded.count > start
        continue
      }
      if pendingSpace {
        folded.append(0x20)
        pendingSpace = false
      }
      folded.append(byte &- 0x41 < 26 ? byte | 0x20 : byte)
    }
  }

  /// A key without the accents over and under its letters: what completion compares.
  public static func withoutAccents(_ key: [UInt8]) -> [UInt8] {
    guard key.contains(where: { $0 >= 0x80 }) else { return key }
    var bare = String.UnicodeScalarView()
    for scalar in String(decoding: key, as: UTF8.self)._nfd
    where !(0x300...0x36F).contains(scalar.value) {
      bare.append(scalar)
    }
    return Array(String(bare).utf8)
  }

  private static func appendUnicodeKey(of name: Span<UInt8>, to folded: inout [UInt8]) {
    var bytes: [UInt8] = []
    for index in name.indices { bytes.append(name[index]) }
    let lowered = String(decoding: bytes, as: UTF8.self).lowercased()
    let start = folded.count
    var pendingSpace = false
    for scalar in lowered._nfc {
      if scalar.properties.isWhitespace {
        pendingSpace = folded.count > start
        continue
      }
      if pendingSpace {
        folded.append(0x20)
        pendingSpace = false
      }
      folded.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
  }
}
