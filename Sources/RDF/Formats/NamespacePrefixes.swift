/// Names for the beginnings of IRIs, for writers.
public struct NamespacePrefixes: Hashable, Sendable {
  public struct Entry: Hashable, Sendable {
    /// Without the colon; may be empty.
    public var prefix: String
    public var namespace: String

    public init(_ prefix: String, _ namespace: String) {
      self.prefix = prefix
      self.namespace = namespace
    }
  }

  /// In the order in which they are written.
  public private(set) var entries: [Entry]

  /// Where two entries have the same prefix, the first counts.
  public init(_ entries: [Entry] = []) {
    var seen: Set<String> = []
    self.entries = entries.filter { seen.insert($0.prefix).inserted }
  }

  /// The vocabularies of the sentence language, and `:` for its names.
  public static func standard(base: String = Vocabulary.defaultBase) -> NamespacePrefixes {
    NamespacePrefixes([
      Entry("", base), Entry("rdf", Vocabulary.rdf), Entry("rdfs", Vocabulary.rdfs),
      Entry("owl", Vocabulary.owl), Entry("xsd", XSD.namespace), Entry("skos", Vocabulary.skos),
      Entry("dcterms", Vocabulary.dcterms), Entry("schema", Vocabulary.schema),
      Entry("foaf", "http://xmlns.com/foaf/0.1/"), Entry("oa", "http://www.w3.org/ns/oa#"),
      Entry("prov", "http://www.w3.org/ns/prov#"),
    ])
  }

  /// The entry with the longest namespace and the name after it; nil when none gives a name that can be written plainly
  /// in Turtle and SPARQL.
  public func abbreviation(of iri: String) -> (entry: Entry, localName: Substring)? {
    var best: (entry: Entry, localName: Substring)?
    for entry in entries where iri.utf8.starts(with: entry.namespace.utf8) {
      if let best, best.entry.namespace.utf8.count >= entry.namespace.utf8.count { continue }
      let name = iri.dropFirst(utf8: entry.namespace.utf8.count)
      if LocalName.isPlain(name) { best = (entry, name) }
    }
    return best
  }
}

extension String {
  fileprivate func dropFirst(utf8 count: Int) -> Substring {
    self[utf8.index(startIndex, offsetBy: count)...]
  }
}

/// Names after the colon of a prefixed name. Source: Turtle 1.2, production PN_LOCAL.
enum LocalName {
  /// Whether the name needs no escape (percent signs are not taken as plain).
  static func isPlain(_ name: Substring) -> Bool {
    var previous: UInt32 = 0
    for (position, scalar) in name.unicodeScalars.enumerated() {
      let value = scalar.value
      let allowed =
        NameCharacters.isStart(value) || isDigit(value) || value == 0x3A
        || (position > 0 && (value == 0x2E || NameCharacters.isInside(value)))
      guard allowed else { return false }
      previous = value
    }
    return previous != 0x2E
  }

  private static func isDigit(_ value: UInt32) -> Bool { value &- 0x30 < 10 }
}

/// The characters of names. Source: Turtle 1.2, productions PN_CHARS_U and PN_CHARS.
package enum NameCharacters {
  /// PN_CHARS_U: letters and the low line.
  package static func isStart(_ value: UInt32) -> Bool {
    if value < 0x80 { return (value | 0x20) &- 0x61 < 26 || value == 0x5F }
    return starts.contains { $0.contains(value) }
  }

  /// PN_CHARS.
  package static func isInside(_ value: UInt32) -> Bool {
    if value < 0x80 { return isStart(value) || value &- 0x30 < 10 || value == 0x2D }
    return value == 0xB7 || isStart(value) || (0x300...0x36F).contains(value)
      || (0x203F...0x2040).contains(value)
  }

  private static let starts: [ClosedRange<UInt32>] = [
    0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2FF, 0x370...0x37D, 0x37F...0x1FFF, 0x200C...0x200D,
    0x2070...0x218F, 0x2C00...0x2FEF, 0x3001...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFFD,
    0x10000...0xEFFFF,
  ]
}
