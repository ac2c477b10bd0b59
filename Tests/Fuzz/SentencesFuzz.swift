import Diagnostics
import RDF
import Sentences

/// A handful of names, some of them with two meanings.
struct FuzzLexicon: Lexicon {
  private static let words: [(String, NameRole)] = [
    ("zoom", .entity), ("zoom india", .entity), ("mha", .entity), ("person 12", .entity),
    ("app", .entity), ("of zoom", .entity), ("advisory", .class), ("company", .class),
    ("heads", .relation), ("part of", .relation), ("part", .relation), ("is", .relation),
    ("says", .relation), ("works for", .relation), ("on", .relation),
  ]
  private static let names = words.map { (utf8: Array($0.0.utf8), role: $0.1) }
  private static let twin = Array("twin".utf8)

  func match(_ foldedName: Span<UInt8>, as role: NameRole) -> NameMatch {
    precondition(!foldedName.isEmpty)
    if Self.equal(foldedName, Self.twin) { return .several }
    let index = Self.names.firstIndex {
      ($0.role == role || $0.role == .class && role == .entity) && Self.equal(foldedName, $0.utf8)
    }
    return index.map { .one(TermID(rawValue: UInt32($0 + 1))) } ?? .unknown
  }

  private static func equal(_ span: Span<UInt8>, _ name: [UInt8]) -> Bool {
    span.count == name.count && span.indices.allSatisfy { span[$0] == name[$0] }
  }

  func allMatches(_ foldedName: String, as role: NameRole) -> [TermID] {
    [TermID(rawValue: 1), TermID(rawValue: 2)]
  }

  func suggestions(for name: String, as role: NameRole) -> [String] { ["zoom india", "it's"] }
  func nearNames(to name: String, as role: NameRole) -> [String] { ["zoom"] }
  func term(_ id: TermID) -> Term { .iri("urn:kosh:\(id.rawValue)") }

  func label(_ id: TermID) -> String {
    let index = Int(id.rawValue) - 1
    return Self.words.indices.contains(index) ? Self.words[index].0 : "supposed"
  }

  func id(ofIRI iri: String) -> TermID? { nil }

  func traits(ofRelation iri: String) -> RelationTraits {
    iri == "urn:kosh:10"
      ? RelationTraits(forward: [iri, "urn:x"], backward: ["urn:y"], isTransitive: true)
      : RelationTraits(forward: [iri])
  }

  func hasSubclasses(_ classIRI: String) -> Bool { classIRI == "urn:kosh:7" }
  func cell(row: Int?, column: String?) -> CellMatch {
    row == 1 || column == "who" ? .term(.iri("urn:cell")) : .missing("there is no such cell")
  }

  func namespace(ofPrefix prefix: String) -> String? { prefix == "ex" ? "urn:ex:" : nil }
  var base: String { "urn:kosh:" }
}

/// Reads the bytes in every way there is. Checks that ranges lie in the text, that reading ends, and that what the writer
/// gives for a fact is read again.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: data, count: count))
  let source = SourceText(name: "fuzz", bytes: bytes)
  let lexicon = FuzzLexicon()
  for mode in [SentenceParser.Mode.script, .prompt] {
    var parser = SentenceParser(source: source, mode: mode)
    var sentenceCount = 0
    while let sentence = parser.next(lexicon) {
      sentenceCount += 1
      precondition(sentenceCount <= count, "reading does not go on")
      check(sentence.range, count)
      if case .rejected(let diagnostics) = sentence.result {
        precondition(!diagnostics.isEmpty)
        diagnostics.forEach { check($0, count) }
      }
      sentence.warnings.forEach { check($0, count) }
      if case .statement(.facts(let facts)) = sentence.result {
        facts.forEach { rewrite($0, lexicon) }
      }
    }
  }
  _ = SentenceParser.completeness(of: source)
  let marks = SentenceParser.marks(
    of: source, cursor: count / 2, lexicon: lexicon, beginsName: { $0.first == UInt8(ascii: "z") })
  marks.forEach { check($0.range, count) }
  // Completion reads the text hundreds of times: once in eight runs is enough.
  guard bytes.reduce(0, &+) % 8 == 0 else { return 0 }
  let expected = SentenceParser.expectation(at: count, in: source, lexicon: lexicon)
  expected.candidates.forEach { check($0.partial, count) }
  check(expected.wordPartial, count)
  return 0
}

func check(_ diagnostic: Diagnostic, _ count: Int) {
  check(diagnostic.range, count)
  precondition(!diagnostic.message.isEmpty)
  diagnostic.notes.forEach { note in note.range.map { check($0, count) } }
  diagnostic.fixIts.forEach { check($0.range, count) }
}

func check(_ range: SourceRange, _ count: Int) {
  precondition(range.upperBound <= count, "range outside the text")
}

/// Writes a fact of IRIs and literals and reads it again.
func rewrite(_ fact: Fact, _ lexicon: FuzzLexicon) {
  let triple = Triple(
    term(fact.subject, lexicon), term(fact.relation, lexicon), term(fact.object, lexicon))
  let text = SentenceWriter.fact(triple, label: { _ in nil })
  var parser = SentenceParser(source: SourceText(name: "again", text), mode: .script)
  guard case .statement(.facts(let again)) = parser.next(lexicon)?.result, again.count == 1 else {
    preconditionFailure("not read again: \(text)")
  }
  let second = Triple(
    term(again[0].subject, lexicon), term(again[0].relation, lexicon),
    term(again[0].object, lexicon))
  precondition(second == triple, "read again as another: \(text)")
}

func term(_ reference: Reference, _ lexicon: FuzzLexicon) -> Term {
  switch reference {
  case .known(let id): lexicon.term(id)
  case .new(let name, _): .iri(SentenceWriter.iri(forName: name, base: lexicon.base))
  case .standard(let standard): .iri(standard.iri)
  case .term(let term): term
  case .claim(let s, let p, let o):
    .triple(Triple(term(s, lexicon), term(p, lexicon), term(o, lexicon)))
  }
}
