/// The readable part of an IRI: what follows the last `#`, `/` or `:`, with its words apart.
///
/// Words are split at `_`, `-` and where a capital follows a small letter; percent-encoding is undone.
func localName(ofIRI iri: String) -> String {
  var bytes = Array(iri.utf8)
  while let last = bytes.last, last == UInt8(ascii: "/") || last == UInt8(ascii: "#") {
    bytes.removeLast()
  }
  let separators: [UInt8] = [UInt8(ascii: "#"), UInt8(ascii: "/"), UInt8(ascii: ":")]
  let start = bytes.lastIndex(where: separators.contains).map { $0 + 1 } ?? 0
  let local = percentDecoded(bytes[start...])
  return spaced(String(decoding: local, as: UTF8.self))
}

private func percentDecoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
  var decoded: [UInt8] = []
  var rest = bytes
  while let byte = rest.popFirst() {
    if byte == UInt8(ascii: "%"), rest.count >= 2,
      let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
    {
      decoded.append(value)
      rest.removeFirst(2)
    } else {
      decoded.append(byte)
    }
  }
  return decoded
}

private func spaced(_ name: String) -> String {
  asciiSpaced(name.utf8) ?? unicodeSpaced(name)
}

/// The same for ASCII, of which most names are, without looking up what each character is; nil for anything else.
private func asciiSpaced(_ name: String.UTF8View) -> String? {
  var words: [UInt8] = []
  words.reserveCapacity(name.count + 4)
  func isLower(_ byte: UInt8) -> Bool { byte &- 0x61 < 26 }
  var previousIsLower = false
  let isCamel = name.first.map(isLower) ?? false
  var index = name.startIndex
  while index < name.endIndex {
    let byte = name[index]
    index = name.index(after: index)
    guard byte < 0x80, byte != 0x0D else { return nil }
    if byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") {
      if let last = words.last, last != 0x20 { words.append(0x20) }
      previousIsLower = false
      continue
    }
    let beginsWord = previousIsLower && byte &- 0x41 < 26
    if beginsWord { words.append(0x20) }
    let isPlainWord = isCamel && beginsWord && index < name.endIndex && isLower(name[index])
    words.append(isPlainWord ? byte | 0x20 : byte)
    previousIsLower = isLower(byte)
  }
  while words.last == 0x20 { words.removeLast() }
  return words.isEmpty ? nil : String(decoding: words, as: UTF8.self)
}

private func unicodeSpaced(_ name: String) -> String {
  var result = ""
  var previousIsLower = false
  // `worksFor` is no title; in `Zoom_India` and `hasURL` capitals stay.
  let isCamel = name.first?.isLowercase ?? false
  var rest = Substring(name)
  while let character = rest.popFirst() {
    if character == "_" || character == "-" {
      if !result.isEmpty, result.last != " " { result.append(" ") }
      previousIsLower = false
      continue
    }
    let beginsWord = previousIsLower && character.isUppercase
    if beginsWord { result.append(" ") }
    let isPlainWord = isCamel && beginsWord && rest.first?.isLowercase == true
    result += isPlainWord ? character.lowercased() : String(character)
    previousIsLower = character.isLowercase
  }
  while result.last == " " { result.removeLast() }
  return result.isEmpty ? name : result
}
