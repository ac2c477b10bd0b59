/// The formats that are read and written.
public enum RDFFormat: String, Hashable, Sendable, CaseIterable {
  case nTriples = "ntriples"
  case nQuads = "nquads"
  case turtle
  case triG = "trig"

  public var fileExtension: String {
    switch self {
    case .nTriples: "nt"
    case .nQuads: "nq"
    case .turtle: "ttl"
    case .triG: "trig"
    }
  }

  /// By the end of a file's name, `.gz` left out; nil for an unknown one.
  public init?(fileName: some StringProtocol) {
    var name = fileName.lowercased()
    if name.hasSuffix(".gz") { name.removeLast(3) }
    let found = Self.allCases.first { name.hasSuffix("." + $0.fileExtension) }
    guard let found else { return nil }
    self = found
  }

  public var mediaType: String {
    switch self {
    case .nTriples: "application/n-triples"
    case .nQuads: "application/n-quads"
    case .turtle: "text/turtle"
    case .triG: "application/trig"
    }
  }

  /// Whether it can hold named graphs.
  public var hasGraphs: Bool { self == .nQuads || self == .triG }

  /// Whether a statement never goes over the end of its line.
  public var isLineBased: Bool { self == .nTriples || self == .nQuads }
}
