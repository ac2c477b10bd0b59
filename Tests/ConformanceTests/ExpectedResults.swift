import Foundation
import FoundationXML
import RDF
import TestSupport
import Testing

/// What a query gives: as an engine has it, or as a results file has it.
enum QueryResults {
  case boolean(Bool)
  case solutions([[String: Term]])
  case graph([Quad])

  /// Reads a results document; nil for a format that is compared as text or not at all.
  init?(_ document: SPARQLTest.Document) throws {
    let data = try Data(contentsOf: URL(filePath: document.path))
    if document.path.hasSuffix(".srx") {
      self = try XMLResults.read(data)
    } else if document.path.hasSuffix(".srj") {
      self = try JSONResults.read(data)
    } else if let format = RDFFormat(fileName: document.path) {
      let quads = W3CSuite.read(document.path, format, base: document.iri).quads
      self = GraphResults.read(quads) ?? .graph(quads)
    } else {
      return nil
    }
  }

  /// The same answer: solutions as multisets (as sets, where `isLax`), blank nodes one for one, numbers by value.
  func matches(_ other: QueryResults, isLax: Bool) -> Bool {
    switch (self, other) {
    case (.boolean(let a), .boolean(let b)): return a == b
    case (.graph(let a), .graph(let b)):
      return DatasetIsomorphism.holds(a.map(Self.normalized), b.map(Self.normalized))
    case (.solutions(let a), .solutions(let b)):
      let (a, b) = (Self.rows(a, isLax), Self.rows(b, isLax))
      if !(a + b).contains(where: { $0.values.contains(where: \.mentionsBlankNode) }) {
        return Self.counted(a) == Self.counted(b)
      }
      return DatasetIsomorphism.holds(Self.quads(a), Self.quads(b))
    default: return false
    }
  }

  private static func rows(_ rows: [[String: Term]], _ isLax: Bool) -> [[String: Term]] {
    let normal = rows.map { $0.mapValues(normalized) }
    return isLax ? Array(Set(normal)) : normal
  }

  private static func counted(_ rows: [[String: Term]]) -> [[String: Term]: Int] {
    Dictionary(rows.map { ($0, 1) }, uniquingKeysWith: +)
  }

  /// A blank node a row, so that an isomorphism pairs rows.
  private static func quads(_ rows: [[String: Term]]) -> [Quad] {
    rows.enumerated().flatMap { number, row in
      let node = Term.blankNode("row \(number)")
      return [Quad(Triple(node, .iri("row"), .iri("row")))]
        + row.map { Quad(Triple(node, .iri("column:" + $0), $1)) }
    }
  }

  private static func normalized(_ quad: Quad) -> Quad {
    let triple = quad.triple
    return Quad(
      Triple(normalized(triple.subject), triple.predicate, normalized(triple.object)),
      graph: quad.graph)
  }

  /// Numbers in their canonical form, language tags in lower case.
  private static func normalized(_ term: Term) -> Term {
    switch term {
    case .iri, .blankNode: return term
    case .triple(let triple):
      return .triple(
        Triple(normalized(triple.subject), triple.predicate, normalized(triple.object)))
    case .literal(var literal):
      literal.language = literal.language?.lowercased()
      if let datatype = XSDDatatype(iri: literal.datatype), datatype.isNumeric,
        let value = XSDValue(literal.lexicalForm, as: datatype)
      {
        literal.lexicalForm = value.canonicalForm
      }
      return .literal(literal)
    }
  }
}

extension Term {
  fileprivate var mentionsBlankNode: Bool {
    switch self {
    case .blankNode: true
    case .triple(let triple): triple.subject.mentionsBlankNode || triple.object.mentionsBlankNode
    case .iri, .literal: false
    }
  }
}

/// Solutions as a graph in the vocabulary of the test suite.
private enum GraphResults {
  private static let namespace = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"

  /// nil for a graph that is no set of results.
  static func read(_ quads: [Quad]) -> QueryResults? {
    let graph = ManifestGraph(quads.map(\.triple))
    let type = Term.iri(namespace + "ResultSet")
    guard let set = graph.subjects.first(where: { graph.object($0, Vocabulary.type) == type })
    else { return nil }
    if let truth = graph.text(set, namespace + "boolean") { return .boolean(truth == "true") }
    return .solutions(
      graph.objects(set, namespace + "solution").map { solution in
        var row: [String: Term] = [:]
        for binding in graph.objects(solution, namespace + "binding") {
          if let name = graph.text(binding, namespace + "variable") {
            row[name] = graph.object(binding, namespace + "value")
          }
        }
        return row
      })
  }
}

private enum JSONResults {
  static func read(_ data: Data) throws -> QueryResults {
    let document = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    if let truth = document["boolean"] as? Bool { return .boolean(truth) }
    let results = try #require(document["results"] as? [String: Any])
    let bindings = try #require(results["bindings"] as? [[String: Any]])
    return .solutions(try bindings.map { try $0.mapValues(term) })
  }

  private static func term(_ json: Any) throws -> Term {
    let cell = try #require(json as? [String: Any])
    let text = cell["value"] as? String ?? ""
    switch cell["type"] as? String {
    case "uri": return .iri(text)
    case "bnode": return .blankNode(text)
    case "triple":
      let parts = try #require(cell["value"] as? [String: Any])
      return .triple(
        Triple(
          try term(parts["subject"] as Any), try term(parts["predicate"] as Any),
          try term(parts["object"] as Any)))
    default:
      guard let language = cell["xml:lang"] as? String else {
        return .literal(Literal(text, datatype: cell["datatype"] as? String ?? XSD.string))
      }
      let direction = (cell["its:dir"] as? String).flatMap(Literal.Direction.init(rawValue:))
      return .literal(Literal(text, language: language, direction: direction))
    }
  }
}

private final class XMLResults: NSObject, XMLParserDelegate {
  private var rows: [[String: Term]] = []
  private var truth: Bool?
  private var variable = ""
  private var text = ""
  private var attributes: [String: String] = [:]
  /// Terms read and not yet taken, for the parts of triple terms.
  private var terms: [Term] = []

  static func read(_ data: Data) throws -> QueryResults {
    let reader = XMLResults()
    let parser = XMLParser(data: data)
    parser.delegate = reader
    try #require(parser.parse())
    return reader.truth.map(QueryResults.boolean) ?? .solutions(reader.rows)
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    switch name {
    case "result": rows.append([:])
    case "binding": variable = attributes["name"] ?? ""
    default: break
    }
    text = ""
    self.attributes = attributes
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    text += string
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    switch name {
    case "boolean": truth = text.trimmingCharacters(in: .whitespaces) == "true"
    case "uri": terms.append(.iri(text))
    case "bnode": terms.append(.blankNode(text))
    case "literal": terms.append(.literal(literal))
    case "triple":
      let parts = terms.suffix(3)
      guard parts.count == 3 else { return parser.abortParsing() }
      terms.removeLast(3)
      terms.append(
        .triple(
          Triple(parts[parts.startIndex], parts[parts.startIndex + 1], parts[parts.startIndex + 2])
        ))
    case "binding": rows[rows.count - 1][variable] = terms.popLast()
    default: break
    }
  }

  private var literal: Literal {
    guard let language = attributes["xml:lang"] else {
      return Literal(text, datatype: attributes["datatype"] ?? XSD.string)
    }
    return Literal(
      text, language: language,
      direction: attributes["its:dir"].flatMap(Literal.Direction.init(rawValue:)))
  }
}
