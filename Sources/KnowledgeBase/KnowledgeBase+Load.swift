public import Diagnostics
public import Engine
import RDF
import Sentences

/// What a load read.
public struct LoadReport: Sendable {
  public var fileCount = 0
  public var sentenceCount = 0
  public var factCount = 0
  public var errorCount = 0
  /// Lines of N-Triples and N-Quads that were left out to keep going; each is an error too.
  public var skippedLineCount = 0
  /// Whether it was cancelled; then nothing was loaded.
  public var wasInterrupted = false
}

/// How a load goes on, and who hears of it.
struct LoadOptions {
  var keepsGoing: Bool
  var cancellation: CancellationFlag?
  var progress: ((LoadProgress) -> Void)?
  var amount: ReadAmount
}

extension KnowledgeBase {
  /// Loads files, and directories with everything below them whose name ends as a format's does (`.kosh`, `.ttl`,
  /// `.nt`, `.nq`, `.trig`, each also with `.gz`), in sorted order.
  ///
  /// Facts are added; expectations are left for `test`, unread unless `readsExpectations`; any other sentence is
  /// an error of the file. All errors are reported; unless
  /// `keepGoing`, one error means that nothing was loaded. `cancellation` is polled once a
  /// sentence, or once some thousand triples. Files are of `format` where it is said, and not what their names say; `-` is
  /// standard input. `progress` is called from time to time once the load has taken half a second.
  public func load(
    _ paths: [String], as format: DocumentFormat? = nil, keepGoing: Bool = false,
    readsExpectations: Bool = false,
    cancellation: CancellationFlag? = nil, progress: ((LoadProgress) -> Void)? = nil,
    report: (SentenceResult, SourceText) -> Void
  ) throws(SystemFailure) -> LoadReport {
    settle()
    var rest = try Self.files(paths)[...]
    let options = LoadOptions(
      keepsGoing: keepGoing, cancellation: cancellation, progress: progress,
      amount: ReadAmount(of: Array(rest)))
    let before = (
      snapshot: snapshot, history: history, base: base, defaults: defaults, namespaces: namespaces
    )
    defer { (base, defaults, nodeScope) = (before.base, before.defaults, "") }
    var summary = LoadReport()
    do throws(SystemFailure) {
      while let file = rest.first, !summary.wasInterrupted {
        let documents = Self.documents(rest, as: format)
        if !documents.isEmpty {
          try read(documents, options, into: &summary, report: report)
          rest = rest.dropFirst(documents.count)
          continue
        }
        rest = rest.dropFirst()
        summary.fileCount += 1
        let source = SourceText(name: file, bytes: try SystemFiles.read(file))
        documentCount += 1
        (base, defaults, nodeScope) = (before.base, [], "d\(documentCount).")
        let mode = readsExpectations ? SentenceParser.Mode.script : .knowledge
        options.amount.add(DocumentPart.size(of: file) ?? 0)
        read(source, mode, options, into: &summary, report: report)
      }
      settle()
    } catch {
      restore(before.snapshot, before.history, before.namespaces)
      throw error
    }
    if summary.wasInterrupted || (summary.errorCount > 0 && !keepGoing) {
      restore(before.snapshot, before.history, before.namespaces)
      summary.factCount = 0
    }
    // What was loaded is where the session starts from: `undo` does not go behind it.
    history = History()
    return summary
  }

  /// The files of RDF that a list begins with.
  private static func documents(
    _ files: ArraySlice<String>, as format: DocumentFormat?
  ) -> [(path: String, format: RDFFormat)] {
    var documents: [(path: String, format: RDFFormat)] = []
    for file in files {
      guard case .rdf(let found)? = format ?? DocumentFormat(fileName: file) else { break }
      documents.append((file, found))
    }
    return documents
  }

  /// Every file that a list of files and directories names, in order.
  static func files(_ paths: [String]) throws(SystemFailure) -> [String] {
    var files: [String] = []
    for path in paths {
      let isDirectory = path == "-" ? false : try SystemFiles.isDirectory(path)
      guard isDirectory else {
        files.append(path)
        continue
      }
      let directory = path.hasSuffix("/") ? String(path.dropLast()) : path
      for entry in try SystemFiles.entries(directory) {
        let child = directory + "/" + entry
        if try SystemFiles.isDirectory(child) {
          files += try Self.files([child])
        } else if DocumentFormat(fileName: entry) != nil {
          files.append(child)
        }
      }
    }
    return files
  }

  private func restore(
    _ old: Snapshot, _ oldHistory: History, _ oldNamespaces: [String: String]
  ) {
    pending = PendingFacts()
    namespaces = oldNamespaces
    snapshot = old
    history = oldHistory
    rebuildNames()
  }

  private func read(
    _ source: SourceText, _ mode: SentenceParser.Mode, _ options: LoadOptions,
    into summary: inout LoadReport, report: (SentenceResult, SourceText) -> Void
  ) {
    var meter = LoadMeter("sentence", options.progress)
    let size = Double(DocumentPart.size(of: source.name) ?? 0)
    let lineBase = origins.reserve(file: source.name, lineCount: source.lineCount)
    let lexicon = GraphLexicon(knowledge: self)
    var parser = SentenceParser(source: source, mode: mode)
    while let sentence = parser.next(lexicon) {
      if options.cancellation?.isRaised == true {
        summary.wasInterrupted = true
        return
      }
      summary.sentenceCount += 1
      if summary.sentenceCount & 1023 == 0 {
        let rest = 1 - Double(sentence.range.upperBound) / Double(max(1, source.bytes.count))
        meter.tick(
          summary.sentenceCount, of: options.amount.fraction(without: Int(size * rest)))
      }
      let result = load(sentence, lineBase: lineBase, summary: &summary)
      if result == nil, sentence.warnings.isEmpty { continue }
      report(
        SentenceResult(
          range: sentence.range, line: sentence.line, result: result ?? .outcome(.none),
          warnings: sentence.warnings),
        source)
      if case .rejected = result { summary.errorCount += 1 }
      if case .stopped = result { return summary.errorCount += 1 }
    }
  }

  /// Takes one sentence of a file in; nil when all is well.
  private func load(
    _ sentence: ParsedSentence, lineBase: UInt32?, summary: inout LoadReport
  ) -> SentenceResult.Result? {
    switch sentence.result {
    case .rejected(let diagnostics): return .rejected(diagnostics)
    case .statement(.facts(let facts)):
      return stopping {
        () throws(EvaluationError) in
        for fact in facts { try lower(fact, into: &pending, lineBase: lineBase) }
        summary.factCount += facts.count
      }
    case .statement(.expect), .statement(.expectNo): return nil
    case .statement(let statement):
      guard statement.isDeclaration else {
        return .rejected([
          Diagnostic(
            id: "not-a-fact", "a file that is loaded holds facts; run questions with `-f`",
            at: sentence.range)
        ])
      }
      return stopping { () throws(EvaluationError) in try declare(statement) }
    }
  }

  private func stopping(
    _ body: () throws(EvaluationError) -> Void
  ) -> SentenceResult.Result? {
    do throws(EvaluationError) {
      try body()
      return nil
    } catch {
      return .stopped(error)
    }
  }

  /// Carries out a statement that sets how what follows is read.
  func declare(_ statement: Statement) throws(EvaluationError) {
    switch statement {
    case .defaults(let qualifiers):
      var interned: [Qualification] = []
      for qualifier in qualifiers {
        interned.append(try intern(qualifier, into: &pending, line: Snapshot.noOrigin))
      }
      defaults = interned
    case .prefix(let prefix, let iri): namespaces[prefix] = iri
    case .base(let iri): base = iri
    default: break
    }
  }
}

extension Statement {
  /// Whether it sets how what follows is read.
  var isDeclaration: Bool {
    switch self {
    case .defaults, .prefix, .base: true
    default: false
    }
  }
}

extension SourceText {
  /// The number of lines, a last one without a line end included.
  var lineCount: Int { 1 + bytes.lineEndCount(in: 0..<bytes.count) }
}
