import Diagnostics
import Glibc
import RDF

/// The one reader to fuzz; nil for all.
let onlyReader = getenv("KOSH_FUZZ_READER").flatMap { RDFFormat(rawValue: String(cString: $0)) }

/// The first byte chooses the format, the sizes of the pieces and what else is checked; the rest is the document.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
  guard size > 1 else { return 0 }
  let choice = Int(data[0])
  let format = onlyReader ?? RDFFormat.allCases[choice & 3]
  let document = Array(UnsafeBufferPointer(start: data + 1, count: size - 1))
  let pieces = [1, 7, 64, 1000][choice >> 2 & 3]
  let (quads, problems) = read(document, format, pieces, keepsGoing: choice & 16 != 0)
  let whole = read(document, format, 1 << 16, keepsGoing: choice & 16 != 0)
  precondition(quads == whole.quads, "pieces change the triples")
  precondition(problems == whole.problems, "pieces change the problems")
  checkLines(document, format, quads)
  if problems.isEmpty, quads.count < 200 { checkRoundTrip(quads) }
  return 0
}

func read(_ document: [UInt8], _ format: RDFFormat, _ pieces: Int, keepsGoing: Bool)
  -> (quads: [Quad], problems: [String])
{
  let reader = RDFReader(
    format, base: "http://e/", keepsGoing: keepsGoing, longestStatement: 1 << 20, chunkSize: pieces)
  var quads: [Quad] = []
  let report = reader.read(document) { block in
    quads += block.quads.map { block.quad($0, anonymousPrefix: "\(format)-") }
  }
  precondition(report.quadCount == quads.count)
  return (
    quads, report.problems.map { "\($0.position.line):\($0.position.column) \($0.diagnostic.id)" }
  )
}

/// Blocks written as lines are the quads in the same order.
func checkLines(_ document: [UInt8], _ format: RDFFormat, _ quads: [Quad]) {
  var writer = BlockLineWriter(document: format.isLineBased ? nil : 1)
  var lines: [UInt8] = []
  _ = RDFReader(format, base: "http://e/", longestStatement: 1 << 20).read(document) { block in
    precondition(writer.append(block, hasGraphs: true, to: &lines))
  }
  let again = read(lines, .nQuads, 1 << 16, keepsGoing: false)
  precondition(again.problems.isEmpty, "BlockLineWriter wrote what cannot be read")
  precondition(again.quads.count <= quads.count, "BlockLineWriter made quads")
  let predicates = zip(again.quads, quads).allSatisfy { $0.triple.predicate == $1.triple.predicate }
  precondition(predicates, "BlockLineWriter changed a predicate")
}

/// What is written reads back: the same terms but for labels, which tests compare.
func checkRoundTrip(_ quads: [Quad]) {
  // Language tags are written in lower case.
  let quads = quads.map(lowered)
  let turtle = read(Array(TurtleWriter().text(quads).utf8), .triG, 1 << 16, keepsGoing: false)
  precondition(turtle.problems.isEmpty, "TurtleWriter wrote what cannot be read")
  precondition(Set(turtle.quads).count == Set(quads).count, "TurtleWriter lost or made triples")
  let lines = read(Array(LineWriter().text(quads).utf8), .nQuads, 1 << 16, keepsGoing: false)
  precondition(lines.problems.isEmpty, "LineWriter wrote what cannot be read")
  precondition(Set(lines.quads).count <= Set(quads).count, "LineWriter made triples")
}

func lowered(_ quad: Quad) -> Quad {
  Quad(lowered(quad.triple), graph: quad.graph)
}

func lowered(_ triple: Triple) -> Triple {
  Triple(lowered(triple.subject), triple.predicate, lowered(triple.object))
}

func lowered(_ term: Term) -> Term {
  switch term {
  case .literal(var literal):
    literal.language = literal.language?.lowercased()
    return .literal(literal)
  case .triple(let triple): return .triple(lowered(triple))
  case .iri, .blankNode: return term
  }
}
