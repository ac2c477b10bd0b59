import Engine
import Glibc
import RDF
import Testing

@testable import KnowledgeBase

/// Documents parsed by threads give what one thread gives.
@Suite struct ParsingPoolTests {
  private struct Loaded {
    var triples: [EncodedTriple] = []
    var lines: [UInt32?] = []
    var problems: [String] = []
    var skippedLineCounts: [Int] = []
    var lineCounts: [Int] = []
  }

  /// Loads with parts of a length; nil for one thread.
  private func load(
    _ files: Files, _ names: [String], partLength: Int?, keepsGoing: Bool = false
  ) throws -> Loaded {
    let dictionary = TermDictionary()
    var rdf = RDFLoad(dictionary, until: nil)
    let sizes = DocumentSet.Sizes(
      threaded: partLength == nil ? .max : 0, part: partLength ?? .max / 8)
    let documents = DocumentSet(
      names.map { (files[$0], RDFFormat(fileName: $0) ?? .nTriples) }, keepsGoing: keepsGoing,
      sizes: sizes)
    #expect((documents.pool == nil) == (partLength == nil))
    defer { documents.pool?.finish() }
    var loaded = Loaded()
    var firstLine: UInt32 = 0
    for (number, range) in documents.ranges.enumerated() {
      let place = RDFLoad.Place(document: number, firstLine: firstLine)
      let report =
        if let pool = documents.pool {
          try rdf.read(range, of: pool, documents.parts, at: place)
        } else {
          try rdf.read(documents.parts[range.lowerBound], at: place)
        }
      firstLine += UInt32(report.lineCount)
      loaded.problems += report.problems.map {
        "\(number):\($0.position.line):\($0.position.column) \($0.diagnostic.message) "
          + "\($0.diagnostic.range)"
      }
      loaded.skippedLineCounts.append(report.skippedLineCount)
      loaded.lineCounts.append(report.lineCount)
    }
    let snapshot = try rdf.finish(adding: Snapshot(dictionary: dictionary))
    snapshot.forEach(inGraph: .none) { triple in
      loaded.triples.append(triple)
      loaded.lines.append(snapshot.origin(of: triple))
    }
    return loaded
  }

  private func expect(_ a: Loaded, _ b: Loaded) {
    let isSame = a.triples == b.triples
    #expect(isSame, "the same triples")
    let differing = zip(a.lines, b.lines).enumerated().first { $1.0 != $1.1 }
    #expect(differing == nil, "the same lines")
    #expect(a.problems == b.problems)
    #expect(a.skippedLineCounts == b.skippedLineCounts)
    #expect(a.lineCounts == b.lineCounts)
  }

  private static func lines(_ count: Int, wrong: Set<Int> = []) -> String {
    (0..<count).map { number in
      wrong.contains(number)
        ? "<http://e/\(number)> wrong .\n"
        : "<http://e/\(number)> <http://e/p\(number % 3)> \"é \(number % 50)\"@en .\n"
          + (number % 7 == 0 ? "# a comment\n\n_:x <http://e/p> _:n\(number) .\n" : "")
    }.joined()
  }

  @Test func threadsDoNotReadFarBeyondWhatIsAskedFor() throws {
    let files = try Files(["1.nt": Self.lines(4000)])
    let size = try #require(DocumentPart.size(of: files["1.nt"]))
    let documents = DocumentSet(
      [(files["1.nt"], .nTriples)], keepsGoing: false,
      sizes: DocumentSet.Sizes(threaded: 0, part: size / 40))
    let pool = try #require(documents.pool)
    defer { pool.finish() }
    _ = pool.next(of: 0)
    // Until no more parts are taken.
    var last = -1
    while pool.takenCount != last {
      last = pool.takenCount
      usleep(100_000)
    }
    #expect(last < documents.parts.count / 2)
    for part in documents.parts.indices {
      while pool.next(of: part).block != nil {}
    }
    #expect(pool.takenCount == documents.parts.count)
  }

  @Test(arguments: [1, 100, 1000, 20_000])
  func partsGiveTheSameTriplesAndLines(_ partLength: Int) throws {
    let files = try Files([
      "1.nt": Self.lines(400), "2.nq": Self.lines(3) + "<http://e/last> <http://e/p> \"no end\" .",
      "3.ttl": "@prefix : <http://e/> .\n:s :p [ :q \"\", \"x\"@en , 1 ] .\n\n:s :p :o .\n",
      "4.nt": Self.lines(300),
    ])
    let names = ["1.nt", "2.nq", "3.ttl", "4.nt"]
    let one = try load(files, names, partLength: nil)
    #expect(one.triples.count > 500)
    let several = try load(files, names, partLength: partLength)
    expect(several, one)
  }

  @Test func aProblemHasItsPlaceInTheWholeFile() throws {
    let files = try Files(["1.nt": Self.lines(300, wrong: [250, 260]), "2.nt": Self.lines(30)])
    let one = try load(files, ["1.nt", "2.nt"], partLength: nil)
    let several = try load(files, ["1.nt", "2.nt"], partLength: 500)
    #expect(one.problems.count == 1)
    #expect(several.problems == one.problems)
  }

  @Test func whatIsLeftOutIsCountedOverAllParts() throws {
    let wrong = Set(stride(from: 5, to: 300, by: 6))
    let files = try Files(["1.nt": Self.lines(300, wrong: wrong)])
    let one = try load(files, ["1.nt"], partLength: nil, keepsGoing: true)
    let several = try load(files, ["1.nt"], partLength: 300, keepsGoing: true)
    #expect(one.skippedLineCounts == [wrong.count])
    #expect(one.problems.count == 20)
    expect(several, one)
  }

  @Test func aMissingFileIsAnError() throws {
    let files = try Files(["1.nt": Self.lines(300)])
    let parts = DocumentPart(path: files["1.nt"], format: .nTriples, keepsGoing: false)
      .parts(ofLength: 100)
    #expect(parts.count > 10)
    let pool = ParsingPool(
      [DocumentPart(path: files["2.nt"], format: .nTriples, keepsGoing: false)] + parts,
      threadCount: 2)
    defer { pool.finish() }
    #expect(throws: SystemFailure.self) { try pool.next(of: 0).end?.get() }
  }

  @Test func aLoadThatIsDroppedEndsItsThreads() throws {
    let files = try Files(["1.nt": Self.lines(2000)])
    let parts = DocumentPart(path: files["1.nt"], format: .nTriples, keepsGoing: false)
      .parts(ofLength: 100)
    for _ in 0..<20 {
      let pool = ParsingPool(parts, threadCount: 3)
      _ = pool.next(of: 0)
      pool.finish()
    }
  }
}
