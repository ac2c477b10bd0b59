public import Algebra
public import Diagnostics
public import Engine
import Glibc
import RDF
import SPARQL

/// The graph asked and changed in SPARQL.
extension KnowledgeBase {
  /// Answers a query from the graph as it is.
  public func query(
    _ query: Query, limits: Limits = Limits(), profile: Bool = false
  ) throws(EvaluationError) -> Evaluation {
    try QueryEngine().evaluate(
      query, on: settledSnapshot(until: limits.cancellation), limits: limits, profile: profile)
  }

  /// Answers the query that a text is. Its prefixes are those of sentences and what it declares itself.
  ///
  /// A text asked again is neither read nor planned anew unless the graph or the prefixes have changed.
  /// - Throws: `Diagnostic` or `EvaluationError`.
  public func query(_ source: SourceText, limits: Limits = Limits()) throws -> Evaluation {
    var limits = limits
    let prepared = try prepared(source.bytes, until: limits.cancellation) {
      let reading = ReadingLimits(limits)
      let (prefixes, base) = (sparqlPrefixes, sparqlBase)
      let query = reading.read { goesOn in
        var parser = SPARQLParser(source: source, prefixes: prefixes, base: base)
        parser.goesOn = goesOn
        return Result { () throws(Diagnostic) in try parser.query() }
      }
      limits = try reading.finish()
      return try query.get()
    }
    return try QueryEngine().evaluate(prepared, limits: limits)
  }

  /// The query of a text with the plan it had before, if any.
  func prepared(
    _ text: [UInt8], until cancellation: CancellationFlag?, _ read: () throws -> Query
  ) rethrows -> PreparedQuery {
    settle(until: cancellation)
    if let known = recentQueries[text] { return known }
    let prepared = PreparedQuery(try read(), on: snapshot)
    recentQueries.keep(prepared, for: text)
    return prepared
  }

  /// Carries out a request as one change, which `undo` takes back whole; one that fails changes nothing.
  ///
  /// - Parameters:
  ///   - origin: The number of the line the request stands on, among all origins; nil when there is none.
  ///   - directory: LOAD reads files below it, by `file:` IRIs; nil when it may read none.
  public func update(
    _ operations: [UpdateOperation], limits: Limits = Limits(), origin: UInt32? = nil,
    loadingBelow directory: String? = nil
  ) throws(UpdateError) -> Change {
    settle()
    let engine = UpdateEngine(limits: limits, origin: origin ?? Snapshot.noOrigin) {
      source, take throws(UpdateError) in
      try self.load(source, below: directory, limits.cancellation, take)
    }
    let result = try engine.apply(operations, to: snapshot)
    let changes = result.changes
    let counts = Change.TripleCounts(added: changes.added.count, removed: changes.removed.count)
    let change = Change(.updated, facts: [], factCount: 0, tripleCounts: counts)
    let isNews =
      counts.added + counts.removed > 0 || result.snapshot.graphNames != snapshot.graphNames
    if isNews { record(result, changes, counts, limits) }
    return change
  }

  private func record(
    _ result: UpdateResult, _ changes: (added: [EncodedQuad], removed: [EncodedQuad]),
    _ counts: Change.TripleCounts, _ limits: Limits
  ) {
    snapshot = result.snapshot
    var delta: (added: [Addition], removed: [EncodedTriple])?
    if counts.added + counts.removed <= History.keptTripleLimit {
      // Names are those of the default graph.
      delta = (
        changes.added.filter { $0.graph == .none }.map {
          Addition(triple: $0.triple, line: snapshot.origin(of: $0.triple) ?? Snapshot.noOrigin)
        }, changes.removed.filter { $0.graph == .none }.map(\.triple)
      )
    }
    adaptNames(
      added: delta?.added.map(\.triple), removed: delta?.removed, until: limits.cancellation)
    history.record(
      History.Step(
        kind: .updated, before: result.before, after: snapshot, delta: delta,
        sentenceEnds: [delta?.added.count ?? 0], shownFacts: [], factCount: 0, tripleCounts: counts)
    )
  }

  // MARK: LOAD

  private func load(
    _ source: String, below directory: String?, _ cancellation: CancellationFlag?,
    _ take: (EncodedTriple, _ graph: TermID, _ origin: UInt32) -> Void
  ) throws(UpdateError) {
    let path = try Self.path(of: source, below: directory)
    guard let format = RDFFormat(fileName: path) else {
      throw .notLoaded(source: source, cause: "its name does not end as an RDF format's does")
    }
    documentCount += 1
    var rdf = RDFLoad(dictionary, until: cancellation)
    let loaded: Snapshot
    do {
      let report = try rdf.read(
        DocumentPart(path: path, format: format, keepsGoing: false),
        at: RDFLoad.Place(document: documentCount, firstLine: origins.nextNumber))
      _ = origins.reserve(file: path, lineCount: report.lineCount)
      if let problem = report.problems.first {
        let place = "\(problem.position.line):\(problem.position.column)"
        throw UpdateError.notLoaded(
          source: source, cause: "\(place): \(problem.diagnostic.message)")
      }
      loaded = try rdf.finish(adding: Snapshot(dictionary: dictionary))
    } catch let error as UpdateError {
      throw error
    } catch let error as EvaluationError {
      throw .evaluation(error)
    } catch let failure as SystemFailure {
      throw .notLoaded(source: source, cause: failure.cause)
    } catch {
      preconditionFailure("an error of no known kind: \(error)")
    }
    for name in [TermID.none] + loaded.graphNames {
      loaded.forEach(inGraph: name) { triple in
        take(triple, name, loaded.origin(of: triple, inGraph: name) ?? Snapshot.noOrigin)
      }
    }
  }

  /// The file of a `file:` IRI, links followed; it has to lie below the directory.
  private static func path(
    of source: String, below directory: String?
  ) throws(UpdateError) -> String {
    guard let directory else {
      throw .notLoaded(source: source, cause: "no directory was named that LOAD may read from")
    }
    guard let path = filePath(source) else {
      throw .notLoaded(
        source: source, cause: "only files are read, by IRIs such as file:///tmp/a.ttl")
    }
    guard let root = resolved(directory), let file = resolved(path) else {
      throw .notLoaded(source: source, cause: String(cString: strerror(errno)))
    }
    guard file.hasPrefix(root == "/" ? root : root + "/") else {
      throw .notLoaded(source: source, cause: "it is not below \(directory)")
    }
    return file
  }

  private static func resolved(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// The path of a `file:` IRI, its escapes undone; nil for another IRI or host.
  private static func filePath(_ iri: String) -> String? {
    let scheme = "file://"
    guard iri.lowercased().hasPrefix(scheme) else { return nil }
    var rest = Array(iri.utf8.dropFirst(scheme.utf8.count))[...]
    if rest.starts(with: "localhost".utf8) { rest = rest.dropFirst(9) }
    guard rest.first == UInt8(ascii: "/") else { return nil }
    var bytes: [UInt8] = []
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%") {
        guard let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16),
          value != 0
        else { return nil }
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
