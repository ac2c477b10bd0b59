/// The parts of an IRI as a base, and resolution against it. Source: RFC 3986, sections 3 and 5.2; RFC 3987.
package struct IRIParts {
  let bytes: [UInt8]
  /// Without the colon.
  private let scheme: Range<Int>
  /// With its slashes; nil when there is none.
  private let authority: Range<Int>?
  private let path: Range<Int>
  /// With its question mark; nil when there is none.
  private let query: Range<Int>?

  /// nil when the IRI has no scheme.
  package init?(_ bytes: [UInt8]) {
    guard let schemeLength = bytes.withUnsafeBufferPointer(Self.schemeLength) else { return nil }
    self.bytes = bytes
    scheme = 0..<schemeLength
    let parts = Self.split(bytes[...], from: schemeLength + 1)
    (authority, path, query) = (parts.authority, parts.path, parts.query)
  }

  package init?(_ iri: String) {
    self.init(Array(iri.utf8))
  }

  /// The length of the scheme before its colon; nil when the reference is relative.
  package static func schemeLength(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let first = bytes.first, (first | 0x20) &- 0x61 < 26 else { return nil }
    for (index, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: ":") { return index }
      let isInside =
        (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == UInt8(ascii: "+")
        || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
      if !isInside { return nil }
    }
    return nil
  }

  private static func split(_ bytes: ArraySlice<UInt8>, from start: Int)
    -> (authority: Range<Int>?, path: Range<Int>, query: Range<Int>?, fragment: Range<Int>?)
  {
    let end = bytes.endIndex
    var index = start
    var authority: Range<Int>?
    if bytes[start...].starts(with: [UInt8(ascii: "/"), UInt8(ascii: "/")]) {
      index = bytes[(start + 2)...].firstIndex { "/?#".utf8.contains($0) } ?? end
      authority = start..<index
    }
    let pathEnd = bytes[index...].firstIndex { "?#".utf8.contains($0) } ?? end
    let path = index..<pathEnd
    let queryEnd = bytes[pathEnd...].firstIndex(of: UInt8(ascii: "#")) ?? end
    return (
      authority, path, pathEnd < queryEnd ? pathEnd..<queryEnd : nil,
      queryEnd < end ? queryEnd..<end : nil
    )
  }

  /// The absolute IRI that a relative reference means here.
  package func resolve(_ reference: [UInt8]) -> [UInt8] {
    let parts = Self.split(reference[...], from: 0)
    var result = Array(bytes[scheme]) + [UInt8(ascii: ":")]
    if let own = parts.authority {
      result += reference[own]
      result += Self.withoutDotSegments(reference[parts.path])
      if let query = parts.query { result += reference[query] }
    } else {
      if let authority { result += bytes[authority] }
      let own = reference[parts.path]
      if own.isEmpty {
        result += bytes[path]
        if let query = parts.query {
          result += reference[query]
        } else if let query {
          result += bytes[query]
        }
      } else {
        let merged = own.first == UInt8(ascii: "/") ? Array(own) : merged(own)
        result += Self.withoutDotSegments(merged[...])
        if let query = parts.query { result += reference[query] }
      }
    }
    if let fragment = parts.fragment { result += reference[fragment] }
    return result
  }

  /// The base's path up to its last slash, then the reference's.
  private func merged(_ reference: ArraySlice<UInt8>) -> [UInt8] {
    if authority != nil, path.isEmpty { return [UInt8(ascii: "/")] + reference }
    guard let slash = bytes[path].lastIndex(of: UInt8(ascii: "/")) else { return Array(reference) }
    return Array(bytes[path.lowerBound...slash]) + reference
  }

  /// Section 5.2.4, by segments.
  private static func withoutDotSegments(_ path: ArraySlice<UInt8>) -> [UInt8] {
    let slash = UInt8(ascii: "/")
    var output: [UInt8] = []
    var starts: [Int] = []
    var index = path.startIndex
    while index < path.endIndex {
      let hasSlash = path[index] == slash
      let nameStart = hasSlash ? index + 1 : index
      let nameEnd = path[nameStart...].firstIndex(of: slash) ?? path.endIndex
      let name = path[nameStart..<nameEnd]
      let isLastSegment = nameEnd == path.endIndex
      if name.elementsEqual(".".utf8) || name.elementsEqual("..".utf8) {
        if name.count == 2, let start = starts.popLast() { output.removeLast(output.count - start) }
        if isLastSegment, hasSlash || !output.isEmpty {
          if output.last != slash { output.append(slash) }
        } else if !hasSlash, !isLastSegment {
          // A relative path that begins with dots: the next segment begins without its slash.
          index = nameEnd + 1
          continue
        }
      } else {
        starts.append(output.count)
        if hasSlash { output.append(slash) }
        output += name
      }
      index = nameEnd
    }
    return output
  }
}
