public import RDF

/// How a file of knowledge is written: sentences, or RDF.
public enum DocumentFormat: Hashable, Sendable {
  case sentences
  case rdf(RDFFormat)

  /// By the end of a file's name, `.gz` left out; nil for an unknown one.
  public init?(fileName: String) {
    if let format = RDFFormat(fileName: fileName) {
      self = .rdf(format)
    } else if Self.uncompressed(fileName).hasSuffix(".kosh") {
      self = .sentences
    } else {
      return nil
    }
  }

  /// By a name such as `turtle`, or what a file's name would end in: `ttl`.
  public init?(name: String) {
    let name = name.lowercased()
    if name == "kosh" {
      self = .sentences
    } else if let format = RDFFormat.allCases.first(where: {
      $0.rawValue == name || $0.fileExtension == name
    }) {
      self = .rdf(format)
    } else {
      return nil
    }
  }

  /// Every name that `init(name:)` takes, one a format.
  public static let names = ["kosh"] + RDFFormat.allCases.map(\.rawValue)

  static func isCompressed(_ fileName: String) -> Bool {
    fileName.lowercased().hasSuffix(".gz")
  }

  private static func uncompressed(_ fileName: String) -> String {
    let name = fileName.lowercased()
    return name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
  }

  /// Whether it can hold named graphs.
  var hasGraphs: Bool {
    switch self {
    case .sentences: false
    case .rdf(let format): format.hasGraphs
    }
  }
}
