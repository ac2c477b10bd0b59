public import Algebra
public import RDF

/// Carries out update requests. Source: SPARQL 1.2 Update.
///
/// A graph is there from CREATE, LOAD or its first triple on until DROP or MOVE; cleared, it is empty.
public struct UpdateEngine {
  /// Reads the document that LOAD names and hands over its triples, each with its graph (`none`
  /// is the default graph) and the line it was read from. Terms are to be interned in the
  /// dictionary of the snapshot.
  public typealias Load = (
    _ source: String, _ take: (EncodedTriple, _ graph: TermID, _ origin: UInt32) -> Void
  ) throws(UpdateError) -> Void

  private let limits: Limits
  private let origin: UInt32
  private let load: Load

  /// - Parameters:
  ///   - origin: The line that triples made by the request carry.
  ///   - load: By default, nothing can be loaded.
  public init(
    limits: Limits = Limits(), origin: UInt32 = Snapshot.noOrigin,
    load: @escaping Load = { source, _ throws(UpdateError) in
      throw .notLoaded(source: source, cause: "nothing can be loaded here")
    }
  ) {
    self.limits = limits
    self.origin = origin
    self.load = load
  }

  /// The dataset after all operations, each of which sees what those before it did. When one fails, nothing has happened
  /// (but that the dictionary may know more terms).
  public func apply(
    _ operations: [UpdateOperation], to snapshot: Snapshot
  ) throws(UpdateError) -> UpdateResult {
    var run = UpdateRun(snapshot, limits: limits, origin: origin, load: load)
    for operation in operations { try run.carryOut(operation) }
    return try run.finish()
  }
}

/// Why a request was given up; nothing has changed then.
public enum UpdateError: Error, Hashable, Sendable {
  case evaluation(EvaluationError)
  case noGraph(Term)
  case graphExists(Term)
  case notLoaded(source: String, cause: String)
}

/// A dataset before and after a request.
public struct UpdateResult: Sendable {
  public let before: Snapshot
  public let snapshot: Snapshot
  /// The quads that are new, and those that are gone.
  public let changes: (added: [EncodedQuad], removed: [EncodedQuad])
}
