import Algebra
import Engine
import RDF

/// Loads a generated social graph into the engine and asks it; every count is checked against
/// one made from plain arrays.
struct GraphQueries {
  private let personCount: Int
  private let cityCount = 500
  /// Whom each person knows, ascending.
  private var knows: [[Int]] = []
  private var snapshot = Snapshot(dictionary: TermDictionary())

  /// `size` is the number of triples.
  static func run(size: Int?) -> [Measurement] {
    var queries = GraphQueries(personCount: max(100, (size ?? 1_000_000) / 10))
    return queries.load() + queries.ask()
  }

  private init(personCount: Int) {
    self.personCount = personCount
    var state: UInt64 = 42
    func next(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(count))
    }
    for person in 0..<personCount {
      var friends: Set<Int> = []
      while friends.count < 7 {
        let near = person - person % 50 + next(50)
        let friend = next(4) > 0 && near < personCount ? near : next(personCount)
        if friend != person { friends.insert(friend) }
      }
      knows.append(friends.sorted())
    }
  }

  // MARK: Loading

  private mutating func load() -> [Measurement] {
    let before = Measurement.residentByteCount()
    let start = Measurement.seconds()
    var loader = GraphLoader()
    let dictionary = TermDictionary()
    do throws(EvaluationError) {
      for person in 0..<personCount { try append(person, dictionary, &loader) }
    } catch {
      Measurement.check(false, "loading: \(error)")
    }
    let interned = Measurement.seconds()
    snapshot = loader.finish(adding: Snapshot(dictionary: dictionary))
    let end = Measurement.seconds()
    let count = Double(personCount * 10)
    Measurement.check(snapshot.tripleCount == personCount * 10, "triples loaded")
    return [
      Measurement(name: "intern three terms", value: (interned - start) / count * 1e9, unit: "ns"),
      Measurement(name: "index a triple", value: (end - interned) / count * 1e9, unit: "ns"),
      Measurement(
        name: "memory a triple",
        value: Double(Measurement.residentByteCount() - before) / count, unit: "bytes"),
    ]
  }

  private func append(
    _ person: Int, _ dictionary: TermDictionary, _ loader: inout GraphLoader
  ) throws(EvaluationError) {
    func iri(_ text: String) throws(EvaluationError) -> TermID {
      try dictionary.intern(iri: text.utf8.span)
    }
    let subject = try iri("urn:social:person/\(person)")
    func add(_ predicate: String, _ object: TermID) throws(EvaluationError) {
      loader.append(EncodedTriple(subject, try iri("urn:social:\(predicate)"), object))
    }
    try add("city", try iri("urn:social:city/\(person % cityCount)"))
    try add("name", try dictionary.intern(string: "Person \(person)".utf8.span))
    try add(
      "born",
      try dictionary.intern(
        literal: born(person).utf8.span, datatype: XSD.date.utf8.span))
    for friend in knows[person] { try add("knows", try iri("urn:social:person/\(friend)")) }
  }

  private func born(_ person: Int) -> String {
    let (month, day) = (person % 12 + 1, person % 28 + 1)
    return "\(1950 + person % 50)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
  }

  // MARK: Asking

  private func term(_ word: Substring) -> TermPattern {
    word.first == "?"
      ? .variable(Variable(String(word.dropFirst()))) : .term(.iri("urn:social:" + word))
  }

  /// Triples written `subject predicate object`, joined by commas.
  private func pattern(_ text: String) -> Pattern {
    .triples(
      text.split(separator: ",").map { triple in
        let words = triple.split(separator: " ")
        return TriplePattern(term(words[0]), term(words[1]), term(words[2]))
      })
  }

  private func counting(_ pattern: Pattern) -> Pattern {
    .group(
      pattern, by: [], aggregates: [AggregateBinding(Variable("n"), Aggregate(.count, nil))])
  }

  private func measure(
    _ name: String, _ pattern: Pattern, expecting expected: Int, runs: Int = 11
  ) -> Measurement {
    func answer() -> Int {
      guard
        let solutions = try? QueryEngine().evaluate(Query(.select, pattern), on: snapshot)
          .solutions
      else { return -1 }
      guard solutions.variables == [Variable("n")], solutions.rowCount == 1,
        case .literal(let literal) = solutions.term(row: 0, column: 0)
      else { return solutions.rowCount }
      return Int(literal.lexicalForm) ?? -1
    }
    let found = answer()
    Measurement.check(found == expected, "\(name): \(found), not \(expected)")
    return Measurement(
      name: name, value: Measurement.median(of: runs) { _ = answer() } * 1e3, unit: "ms")
  }

  private func ask() -> [Measurement] {
    let date = Variable("d")
    func bound(_ op: Expression.Comparison, _ text: String) -> Expression {
      .compare(op, .variable(date), .term(.literal(Literal(text, datatype: XSD.date))))
    }
    let middle = personCount / 2
    return [
      measure("all about one person", pattern("person/\(middle) ?p ?o"), expecting: 10),
      measure(
        "friends of friends",
        .distinct(
          .project(
            pattern("person/\(middle) knows ?b,?b knows ?c"), [Variable("c")])),
        expecting: Set(knows[middle].flatMap { knows[$0] }).count),
      measure(
        "two hops counted", counting(pattern("?a knows ?b,?b knows ?c")),
        expecting: personCount * 49),
      measure(
        "two hops with a filter",
        counting(
          .filter(
            .compare(.notEqual, .variable(Variable("a")), .variable(Variable("c"))),
            pattern("?a knows ?b,?b knows ?c,?c city ?d"))),
        expecting: twoHopsElsewhere()),
      measure(
        "triangles", counting(pattern("?a knows ?b,?b knows ?c,?a knows ?c")),
        expecting: triangles()),
      measure(
        "births of one decade",
        counting(
          .filter(
            .and(bound(.greaterOrEqual, "1960-01-01"), bound(.less, "1970-01-01")),
            pattern("?a born ?d"))),
        expecting: (0..<personCount).count { $0 % 50 / 10 == 1 }),
      measure(
        "persons by city",
        .group(
          pattern("?a city ?c"), by: [Variable("c")],
          aggregates: [AggregateBinding(Variable("k"), Aggregate(.count, nil))]),
        expecting: min(cityCount, personCount)),
      measure(
        "all reached from one",
        counting(
          .path(
            .term(.iri("urn:social:person/0")), .oneOrMore(.predicate(.iri("urn:social:knows"))),
            .variable(Variable("x")))),
        expecting: reached()),
    ]
  }

  // MARK: The answers, from plain arrays

  private func twoHopsElsewhere() -> Int {
    knows.indices.reduce(0) { sum, person in
      sum + knows[person].reduce(0) { $0 + knows[$1].count { $0 != person } }
    }
  }

  private func triangles() -> Int {
    knows.reduce(0) { sum, friends in
      let known = Set(friends)
      return sum + friends.reduce(0) { $0 + knows[$1].count(where: known.contains) }
    }
  }

  private func reached() -> Int {
    var seen: Set<Int> = []
    var pending = knows[0]
    while let person = pending.popLast() {
      if seen.insert(person).inserted { pending += knows[person] }
    }
    return seen.count
  }
}
