import Engine
import RDF
import Sentences

/// Writes a graph as a `.kosh` file: sentences grouped by source and subject, sorted, that read back as the same graph.
///
/// Holds the whole text. A sentence that its names would make ambiguous is written with IRIs in their place.
final class SentenceFileWriter {
  private let labeler: Labeler
  private let document: SentenceDocument
  private let choice: NameChoice
  private let readback: Readback
  private let knownNamespaces: [String: String]
  private let naming: SentenceWriter.Naming
  private let names: NameUse
  private var nodeLabels: [TermID: String] = [:]
  private var text = ""

  /// `namespaces` may be written as prefixes; those of `knownNamespaces` need no declaration.
  init(
    _ labeler: Labeler, base: String, namespaces: [String: String],
    knownNamespaces: [String: String]
  ) {
    self.labeler = labeler
    self.knownNamespaces = knownNamespaces
    document = SentenceDocument(labeler.snapshot, labeler.standard)
    choice = NameChoice(labeler, base: base, namespaces: namespaces)
    readback = Readback(base: choice.base, namespaces: namespaces, labels: choice.labels)
    names = NameUse(choice, readback)
    naming = SentenceWriter.Naming(
      name: { [names] in names.name($0, as: $1) }, notation: { [names] in names.notation($0) })
  }

  /// The whole file. Throws `SystemFailure` for what no sentence can say, and `EvaluationError`.
  func write() throws -> String {
    let arrangement = SentenceArrangement(document, choice, labeler)
    for naming in arrangement.namings { text += try sentence([statement(naming)]) }
    for section in arrangement.sections where !section.blocks.isEmpty {
      separate()
      let defaults = try begin(section)
      for block in section.blocks { try write(block: block.map { statement($0, defaults) }) }
    }
    let rest = arrangement.labels(except: readback.labelled)
    if !rest.isEmpty {
      separate()
      text += "with {}.\n"
    }
    for fact in rest { text += try sentence([statement(fact)]) }
    if text.hasSuffix("\n\n") { text.removeLast() }
    return prologue + text
  }

  private var prologue: String {
    var lines = ""
    if choice.base != Vocabulary.defaultBase { lines += "base <\(choice.base)>.\n" }
    for entry in choice.prefixes.entries
    where names.usedPrefixes.contains(entry.prefix)
      && knownNamespaces[entry.prefix] != entry.namespace
    {
      lines += "prefix \(entry.prefix): <\(entry.namespace)>.\n"
    }
    return lines.isEmpty ? "" : lines + "\n"
  }

  // MARK: Statements

  /// A fact as it will be compared and written.
  private struct Statement {
    var fact: Readback.Fact

    /// Whether it can share its subject with others: `R is transitive` is a form of its own.
    var isTrait: Bool {
      fact.triple.object == .iri(Vocabulary.transitiveProperty)
        || fact.triple.object == .iri(Vocabulary.symmetricProperty)
    }
  }

  private func statement(
    _ fact: SentenceDocument.Fact, _ defaults: EncodedTriple? = nil
  ) -> Statement {
    let groups = fact.reifiers.map { reifier in
      (document.qualifiers[reifier] ?? []).filter {
        defaults == nil || $0.predicate != defaults?.predicate || $0.object != defaults?.object
      }.map(predicateObject)
    }
    // Braces with nothing in them are none, so one of several groups has to repeat what `with` says.
    guard groups.count > 1, let defaults else {
      return Statement(
        fact: Readback.Fact(triple: triple(fact.triple), groups: groups.filter { !$0.isEmpty }))
    }
    return Statement(
      fact: Readback.Fact(
        triple: triple(fact.triple),
        groups: groups.map { $0.isEmpty ? [predicateObject(defaults)] : $0 }))
  }

  private func predicateObject(_ triple: EncodedTriple) -> Readback.PredicateObject {
    guard case .iri(let relation) = term(triple.predicate) else {
      preconditionFailure("a predicate is an IRI")
    }
    return Readback.PredicateObject(relation: relation, value: term(triple.object))
  }

  private func triple(_ triple: EncodedTriple) -> Triple {
    Triple(term(triple.subject), term(triple.predicate), term(triple.object))
  }

  /// The term, with blank nodes labelled in the order in which they are written.
  private func term(_ id: TermID) -> Term {
    if let parts = labeler.snapshot.dictionary.components(ofTriple: id) {
      return .triple(triple(parts))
    }
    guard labeler.snapshot.dictionary.kind(id) == .blankNode else {
      return labeler.snapshot.dictionary.term(id)
    }
    if let label = nodeLabels[id] { return .blankNode(label) }
    let label = "n\(nodeLabels.count + 1)"
    nodeLabels[id] = label
    return .blankNode(label)
  }

  // MARK: Sentences

  /// Writes `with {source …}.`; gives what then need not be said of each fact.
  private func begin(_ section: SentenceArrangement.Section) throws -> EncodedTriple? {
    guard let source = section.source else { return nil }
    let group = [predicateObject(source)]
    for naming in [naming, .plain] {
      let braces = SentenceWriter.qualifiers(group.map { ($0.relation, $0.value) }, naming)
      let sentence = "with \(braces)."
      if try readback.accepts(sentence, setting: group) {
        text += "\(sentence)\n\n"
        return source
      }
    }
    throw unspeakable(Triple(.blankNode("reifier"), .iri(group[0].relation), group[0].value))
  }

  private func separate() {
    if !text.isEmpty, !text.hasSuffix("\n\n") { text += "\n" }
  }

  /// A block is one subject: sentences of facts that share its name. Short ones stand line by line.
  private func write(block: [Statement]) throws {
    let written = try sentences(block)
    let isLong = written.contains("\n ")
    if isLong { separate() }
    text += written
    if isLong { text += "\n" }
  }

  private func sentences(_ block: [Statement]) throws -> String {
    var written = ""
    var rest = block[...]
    while let first = rest.first {
      let subject = SentenceWriter.parts(first.fact.triple, naming).subject
      let count =
        first.isTrait
        ? 1
        : rest.prefix(Self.longestSentence).prefix {
          !$0.isTrait && SentenceWriter.parts($0.fact.triple, naming).subject == subject
        }.count
      written += try sentence(Array(rest.prefix(count)))
      rest = rest.dropFirst(count)
    }
    return written
  }

  /// In facts.
  private static let longestSentence = 100

  /// Facts of one subject as one sentence, or each as its own where that would say something else.
  private func sentence(_ statements: [Statement]) throws -> String {
    let facts = statements.map(\.fact)
    let sentence = SentenceText(facts, naming).text
    if try readback.accepts(sentence, saying: facts) { return sentence + "\n" }
    if statements.count > 1 { return try statements.map { try self.sentence([$0]) }.joined() }
    let plain = SentenceText(facts, .plain).text
    guard try readback.accepts(plain, saying: facts) else { throw unspeakable(facts[0].triple) }
    return plain + "\n"
  }

  private func unspeakable(_ triple: Triple) -> SystemFailure {
    SystemFailure(
      operation: "write as a sentence", subject: TermText.term(.triple(triple)),
      cause: "the language has no way to say it; RDF has")
  }
}

/// The names and prefixes that are used, as the readback takes them.
private final class NameUse {
  private let choice: NameChoice
  private let readback: Readback
  private let names: [String: String]
  private(set) var usedPrefixes: Set<String> = []

  init(_ choice: NameChoice, _ readback: Readback) {
    self.choice = choice
    self.readback = readback
    var names = choice.labels
    for naming in choice.namings { names[naming.iri] = naming.name }
    self.names = names
  }

  func name(_ iri: String, as role: NameRole) -> String? {
    guard let name = names[iri], readback.canName(iri, name, as: role) else { return nil }
    return name
  }

  func notation(_ iri: String) -> String {
    let (text, prefix) = choice.notation(iri)
    if let prefix { usedPrefixes.insert(prefix) }
    return text
  }
}
