import Sentences

extension NameFolding {
  /// The key of a name as bytes, ready for lookup.
  static func fold(_ name: String) -> [UInt8] {
    var text = name
    return text.withUTF8 { bytes in
      var folded: [UInt8] = []
      appendKey(of: bytes.span, to: &folded)
      return folded
    }
  }
}
