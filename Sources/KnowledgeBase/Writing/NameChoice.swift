import Engine
import RDF
import Sentences

/// How each IRI of a graph is best written in sentences.
struct NameChoice {
  /// Under which most labelled IRIs are as their labels would make them.
  private(set) var base: String
  /// The labels of IRIs that the base and the label make: the name alone says both.
  private(set) var labels: [String: String] = [:]
  /// The other IRIs with names, each with the triple that has to name it first.
  private(set) var namings: [(iri: String, name: String, triple: EncodedTriple)] = []
  let prefixes: NamespacePrefixes

  private static let longestName = 120

  /// `base` is taken where the graph shows no other.
  init(_ labeler: Labeler, base: String, namespaces: [String: String]) {
    let snapshot = labeler.snapshot
    let dictionary = snapshot.dictionary
    var bases: [String: Int] = [:]
    var found: [(iri: String, name: String)] = []
    snapshot.forEach(.none, labeler.standard.label, .none) { triple in
      guard case .iri(let iri) = dictionary.term(triple.subject),
        dictionary.kind(triple.object) == .plainLiteral,
        case .literal(let label) = dictionary.term(triple.object),
        Self.isWritable(label.lexicalForm)
      else { return true }
      let local = SentenceWriter.iri(forName: label.lexicalForm, base: "")
      if iri.utf8.count > local.utf8.count, iri.hasSuffix(local) {
        bases[String(iri.dropLast(local.count)), default: 0] += 1
        found.append((iri, label.lexicalForm))
      }
      return true
    }
    let best = bases.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    self.base = bases[base] == nil ? best ?? base : base
    if !IRIText.isNamespace(self.base) { self.base = base }
    for (iri, name) in found
    where iri == SentenceWriter.iri(forName: name, base: self.base) && labels[iri] == nil {
      labels[iri] = name
    }
    prefixes = NamespacePrefixes(
      namespaces.sorted { $0.key < $1.key }.map { NamespacePrefixes.Entry($0.key, $0.value) })
    findNamings(labeler)
  }

  private mutating func findNamings(_ labeler: Labeler) {
    var seen: Set<TermID> = []
    for predicate in labeler.standard.naming {
      labeler.snapshot.forEach(.none, predicate, .none) { triple in
        guard seen.insert(triple.subject).inserted,
          case .iri(let iri) = labeler.snapshot.dictionary.term(triple.subject), labels[iri] == nil,
          labeler.standard.word(triple.subject) == nil,
          let naming = labeler.naming(triple.subject), Self.isWritable(naming.name)
        else { return true }
        namings.append((iri, naming.name, naming.triple))
        return true
      }
    }
    namings.sort { $0.iri < $1.iri }
  }

  /// Whether a name in quotes is read as it is.
  private static func isWritable(_ name: String) -> Bool {
    guard !name.isEmpty, name.utf8.count <= longestName else { return false }
    return name.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
      && name.split { $0.isWhitespace }.joined(separator: " ") == name
  }

  /// `ex:name` where a prefix allows it, else `<…>`.
  func notation(_ iri: String) -> (text: String, prefix: String?) {
    guard let (entry, local) = prefixes.abbreviation(of: iri), !local.isEmpty,
      IRIText.isWord(local), entry.prefix.isEmpty || IRIText.isWord(entry.prefix[...]),
      entry.prefix != "_"
    else { return ("<\(iri)>", nil) }
    return ("\(entry.prefix):\(local)", entry.prefix)
  }
}

/// Pieces of IRIs that sentences can hold.
private enum IRIText {
  /// Whether the text is one word of the language: letters, digits and `_`, with `-` or `.` between.
  static func isWord(_ text: Substring) -> Bool {
    var wasInner = true
    for byte in text.utf8 {
      let isWordByte =
        (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- 0x30 < 10 || byte == UInt8(ascii: "_")
      let isInner = byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
      guard isWordByte || isInner && !wasInner else { return false }
      wasInner = isInner
    }
    return !wasInner
  }

  /// Whether names can be put behind it.
  static func isNamespace(_ text: String) -> Bool {
    guard let last = text.utf8.last else { return false }
    return text.utf8.contains(UInt8(ascii: ":"))
      && [UInt8(ascii: ":"), UInt8(ascii: "/"), UInt8(ascii: "#")].contains(last)
  }
}
