import Algebra
import Engine
import RDF
import Testing

/// The value of an expression without variables, in short words; nil for an error.
private func value(_ expression: Expression) throws -> String? {
  let fixture = try Fixture([])
  let rows = try fixture.rows(.extend(.triples([]), Variable("v"), expression))
  #expect(rows.count == 1)
  return rows[0].isEmpty ? nil : String(rows[0].dropFirst(2))
}

private func typed(_ text: String, _ datatype: String) -> Expression {
  .term(.literal(Literal(text, datatype: datatype)))
}
private func string(_ text: String) -> Expression { .term(.literal(Literal(text))) }
private func tagged(_ text: String, _ language: String) -> Expression {
  .term(.literal(Literal(text, language: language)))
}
private func int(_ value: Int) -> Expression { .term(number(value)) }
private func node(_ name: String) -> Expression { .term(iri(name)) }
private let yes = "\"true\"^"
private let no = "\"false\"^"
private let failure = typed("x", XSD.integer)
private let notANumber = Expression.triple(node("s"), node("p"), typed("NaN", XSD.double))

@Suite("Expressions")
struct ExpressionTests {
  @Test(
    "functions of terms",
    arguments: [
      (.isIRI, [node("a")], yes), (.isIRI, [string("a")], no),
      (.isLiteral, [tagged("a", "en")], yes), (.isNumeric, [typed("1.5", XSD.decimal)], yes),
      (.isNumeric, [typed("x", XSD.integer)], no), (.str, [node("a")], "\"a\""),
      (.str, [int(7)], "\"7\""), (.lang, [tagged("a", "en")], "\"en\""),
      (.lang, [string("a")], "\"\""), (.datatype, [string("a")], XSD.string),
      (.datatype, [int(1)], XSD.integer), (.iri, [string("urn:b")], "urn:b"),
      (.strDT, [string("7"), node(XSD.integer)], "\"7\"^"),
      (.strLang, [string("a"), string("en")], "\"a\"@en"),
      (.strLang, [string("a"), string("e n")], nil), (.strLang, [string("a"), string("")], nil),
      (.strLang, [string("a"), string("en-2")], "\"a\"@en-2"),
      (.langMatches, [string("en-GB"), string("en")], yes),
      (.langMatches, [string("eng"), string("en")], no),
      (.langMatches, [string(""), string("*")], no),
      (.langMatches, [string("\u{E9}"), string("e\u{301}")], no),
      (.sameTerm, [int(1), int(1)], yes),
      (.sameTerm, [int(1), typed("01", XSD.integer)], no),
      (.hasLang, [tagged("a", "en")], yes), (.hasLangDir, [tagged("a", "en")], no),
      (.triple, [node("s"), node("p"), int(1)], "<<s p \"1\"^>>"),
      (.triple, [string("s"), node("p"), int(1)], nil), (.subject, [node("s")], nil),
    ] as [(Function, [Expression], String?)])
  func terms(function: Function, arguments: [Expression], expected: String?) throws {
    #expect(try value(.call(function, arguments)) == expected)
  }

  @Test("long texts give what short ones do", arguments: [3, 3000, 300_000])
  func longTexts(_ count: Int) throws {
    let part = "Straße Ὀδυσσεύς İI "
    let text = String(repeating: part, count: count)
    let whole = string(text)
    func mapped(_ function: Function, _ arguments: Expression...) throws -> String? {
      try value(.call(function, [whole] + arguments))
    }
    #expect(try mapped(.ucase) == "\"\(text.uppercased())\"")
    #expect(try mapped(.lcase) == "\"\(text.lowercased())\"")
    #expect(try mapped(.strlen) == "\"\(text.unicodeScalars.count)\"^")
    #expect(try mapped(.substr, int(8), int(9)) == "\"Ὀδυσσεύς \"")
    #expect(try mapped(.contains, string("I S")) == yes)
    #expect(try mapped(.strEnds, string("İI ")) == yes)
    #expect(try mapped(.strBefore, string(" Ὀ")) == "\"Straße\"")
    #expect(try mapped(.strAfter, string("Straße"))?.utf8.count == text.utf8.count - 5)
    #expect(try mapped(.strBefore, string("zzz")) == "\"\"")
    let once = Expression.call(.replace, [whole, string("I S"), string("J")])
    #expect(try value(once)?.utf8.count == text.utf8.count + 2 - 2 * (count - 1))
  }

  @Test("digests of long texts")
  func longDigests() throws {
    let text = string(String(repeating: "a", count: 1_000_000))
    #expect(try value(.call(.md5, [text])) == "\"7707d6ae4e027c70eea2a935c2296f21\"")
    #expect(
      try value(.call(.sha1, [text])) == "\"34aa973cd4c4daa4f61eeb2bdbad27316534016f\"")
    #expect(
      try value(.call(.sha256, [text]))
        == "\"cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0\"")
  }

  @Test(
    "functions of strings",
    arguments: [
      (.strlen, [string("नमस्ते")], "\"6\"^"),
      (.substr, [string("motor car"), int(6)], "\" car\""),
      (.substr, [tagged("metadata", "en"), int(4), int(3)], "\"ada\"@en"),
      (
        .substr, [string("12345"), typed("1.5", XSD.decimal), typed("2.6", XSD.decimal)], "\"234\""
      ),
      (.substr, [string("12345"), int(0), int(3)], "\"12\""),
      (.substr, [string("aüß𝄞z"), int(3), int(2)], "\"ß𝄞\""),
      (.substr, [string("aü"), int(2)], "\"ü\""), (.substr, [string("aü"), int(3)], "\"\""),
      (.substr, [string(""), int(1)], "\"\""), (.substr, [string("ab"), int(1), int(0)], "\"\""),
      (.substr, [string("ab"), typed("-INF", XSD.double)], "\"ab\""),
      (.substr, [string("ab"), typed("NaN", XSD.double)], "\"\""),
      (
        .substr, [string("ab"), typed("-INF", XSD.double), typed("INF", XSD.double)], "\"\""
      ),
      (.ucase, [tagged("straße", "de")], "\"STRASSE\"@de"), (.lcase, [string("ÄB")], "\"äb\""),
      (.lcase, [string("ὈΔΥΣΣΕΎΣ ΣΑΣ' Σ")], "\"ὀδυσσεύς σας' σ\""),
      (.strStarts, [string("foobar"), string("foo")], yes),
      (.strStarts, [tagged("foobar", "en"), string("foo")], yes),
      (.strStarts, [string("foobar"), tagged("foo", "en")], nil),
      (.strEnds, [string("foobar"), string("bar")], yes),
      (.contains, [string("foobar"), string("ob")], yes),
      (.contains, [string("foo"), string("")], yes),
      (.strBefore, [tagged("abc", "en"), string("b")], "\"a\"@en"),
      (.strBefore, [string("abc"), string("x")], "\"\""),
      (.strAfter, [string("abc"), string("b")], "\"c\""),
      (.encodeForURI, [string("a b/ü")], "\"a%20b%2F%C3%BC\""),
      (.encodeForURI, [tagged("az-AZ._~09\n", "en")], "\"az-AZ._~09%0A\""),
      (.concat, [tagged("a", "en"), tagged("b", "en")], "\"ab\"@en"),
      (.concat, [tagged("a", "en"), string("b")], "\"ab\""), (.concat, [], "\"\""),
      (.strlen, [int(1)], nil),
    ] as [(Function, [Expression], String?)])
  func strings(function: Function, arguments: [Expression], expected: String?) throws {
    #expect(try value(.call(function, arguments)) == expected)
  }

  @Test(
    "regular expressions",
    arguments: [
      (.regex, [string("Alice"), string("^ali"), string("i")], yes),
      (.regex, [string("a\nb"), string("a.b")], no),
      (.regex, [string("a\nb"), string("a.b"), string("s")], yes),
      (.regex, [string("a.b"), string("."), string("q")], yes),
      (.regex, [string("ab"), string(".."), string("q")], no),
      (.regex, [string("ü"), string("^.$")], yes), (.regex, [string("a"), string("(")], nil),
      (.regex, [string("a"), string("a"), string("z")], nil),
      (.regex, [int(1), string("1")], nil),
      (.regex, [string(""), string("^$")], yes),
      (.replace, [string("abcd"), string("b"), string("Z")], "\"aZcd\""),
      (.replace, [tagged("abab", "en"), string("(a)(b)"), string("$2$1")], "\"baba\"@en"),
      (.replace, [string("a"), string("a"), string("\\$")], "\"$\""),
      (.replace, [string("a"), string("a"), string("$")], nil),
      (.replace, [string("a"), string("x*"), string("-")], nil),
      (
        .regex,
        [string(String(repeating: "a", count: 40) + "!"), string("^(a+)+$")], nil
      ),
    ] as [(Function, [Expression], String?)])
  func patterns(function: Function, arguments: [Expression], expected: String?) throws {
    #expect(try value(.call(function, arguments)) == expected)
  }

  @Test(
    "functions of numbers, times and digests",
    arguments: [
      (.abs, [int(-3)], "\"3\"^"), (.round, [typed("2.5", XSD.decimal)], "\"3\"^"),
      (.ceil, [typed("-1.5", XSD.decimal)], "\"-1\"^"),
      (.floor, [typed("1.5E0", XSD.double)], "\"1.0E0\"^"), (.abs, [string("1")], nil),
      (.year, [typed("2020-04-12", XSD.date)], "\"2020\"^"),
      (.month, [typed("2020-04-12T01:02:03Z", XSD.dateTime)], "\"4\"^"),
      (.day, [typed("2020-04-12", XSD.date)], "\"12\"^"),
      (.seconds, [typed("2020-04-12T01:02:03.5Z", XSD.dateTime)], "\"3.5\"^"),
      (.tz, [typed("2020-04-12T01:02:03+05:30", XSD.dateTime)], "\"+05:30\""),
      (.tz, [typed("2020-04-12T01:02:03", XSD.dateTime)], "\"\""),
      (.timezone, [typed("2020-04-12T01:02:03-05:00", XSD.dateTime)], "\"-PT5H\"^"),
      (.timezone, [typed("2020-04-12T01:02:03", XSD.dateTime)], nil),
      (.md5, [string("abc")], "\"900150983cd24fb0d6963f7d28e17f72\""),
      (.sha1, [string("abc")], "\"a9993e364706816aba3e25717850c26c9cd0d89d\""),
      (
        .sha256, [string("")],
        "\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\""
      ),
    ] as [(Function, [Expression], String?)])
  func numbers(function: Function, arguments: [Expression], expected: String?) throws {
    #expect(try value(.call(function, arguments)) == expected)
  }

  @Test(
    "operators and their errors",
    arguments: [
      (.arithmetic(.add, int(1), typed("1.5", XSD.decimal)), "\"2.5\"^"),
      (.arithmetic(.divide, int(1), int(2)), "\"0.5\"^"),
      (.arithmetic(.divide, int(1), int(0)), nil),
      (.arithmetic(.multiply, int(2), typed("1.5E0", XSD.double)), "\"3.0E0\"^"),
      (.negate(int(2)), "\"-2\"^"), (.compare(.equal, int(1), typed("1.0", XSD.decimal)), yes),
      (.compare(.equal, int(1), string("1")), no), (.compare(.equal, failure, int(1)), nil),
      (.compare(.equal, typed("a", "d"), typed("a", "d")), yes),
      (.compare(.equal, typed("a", "d"), typed("b", "d")), nil),
      (.compare(.notEqual, tagged("a", "en"), tagged("a", "de")), yes),
      (.compare(.less, string("a"), string("b")), yes),
      (.compare(.less, node("a"), node("b")), nil),
      (.compare(.equal, typed("NaN", XSD.double), typed("NaN", XSD.double)), no),
      (.compare(.equal, notANumber, notANumber), no),
      (.compare(.notEqual, notANumber, notANumber), yes),
      (.compare(.less, typed("2020-04-12", XSD.date), typed("2020-05-01", XSD.date)), yes),
      (
        .compare(
          .equal, typed("2020-04-12T00:00:00Z", XSD.dateTime),
          typed("2020-04-12T05:30:00+05:30", XSD.dateTime)), yes
      ),
      (.and(failure, typed("false", XSD.boolean)), no), (.and(node("a"), int(1)), nil),
      (.or(node("a"), int(1)), yes), (.or(node("a"), int(0)), nil), (.not(string("")), yes),
      (.not(failure), nil), (.oneOf(int(1), [node("a"), int(1)], negated: false), yes),
      (.oneOf(int(1), [failure, int(1)], negated: false), yes),
      (.oneOf(int(1), [failure, int(2)], negated: false), nil),
      (.oneOf(int(1), [], negated: true), yes),
      (.oneOf(.not(node("a")), [], negated: false), nil),
      (.compare(.less, tagged("a", "fr"), tagged("b", "FR")), yes),
      (.compare(.less, tagged("a", "fr"), tagged("b", "en")), nil),
      (.conditional(int(1), string("a"), failure), "\"a\""),
      (.conditional(node("a"), string("a"), string("b")), nil),
      (.coalesce([.variable(Variable("u")), string("a")]), "\"a\""),
      (.bound(Variable("u")), no), (.callIRI(XSD.integer, [string("12")]), "\"12\"^"),
      (.callIRI(XSD.integer, [string("x")]), nil),
      (.callIRI(XSD.string, [node("a")]), "\"a\""),
      (.callIRI(XSD.boolean, [int(0)]), no),
      (
        .call(.datatype, [.callIRI(XSD.namespace + "byte", [typed("1.9", XSD.decimal)])]),
        XSD.namespace + "byte"
      ),
      (.callIRI(XSD.namespace + "byte", [string("+7")]), "\"7\"^"),
      (.callIRI(XSD.namespace + "byte", [int(128)]), nil),
      (.callIRI(XSD.date, [typed("2020-04-12T01:02:03Z", XSD.dateTime)]), "\"2020-04-12Z\"^"),
      (.triple(node("s"), node("p"), node("o")), "<<s p o>>"),
    ] as [(Expression, String?)])
  func operators(expression: Expression, expected: String?) throws {
    #expect(try value(expression) == expected)
  }

  @Test("texts of some megabytes compare by all of their code points")
  func longTexts() throws {
    let megabytes = String(repeating: "ä", count: 1 << 20)
    let pattern = Pattern.values(
      variables: [Variable("a"), Variable("b")],
      rows: [[text(megabytes + "a"), text(megabytes + "b")], [text(megabytes), text(megabytes)]])
    func rowCount(_ op: Expression.Comparison) throws -> Int {
      let compared = Expression.compare(op, .variable(Variable("a")), .variable(Variable("b")))
      return try Fixture([]).rows(.filter(compared, pattern)).count
    }
    #expect(
      try [.less, .lessOrEqual, .equal, .notEqual, .greater].map(rowCount) == [1, 2, 1, 1, 0])
  }

  @Test("the beginning of a term has whole code points")
  func beginnings() throws {
    let parts = [
      text("äöü"), .literal(Literal("äöü", language: "de")), iri("äöü"), number(123_456),
    ]
    let solutions = try QueryEngine().evaluate(
      Query(
        .select, .values(variables: [Variable("t")], rows: parts.map { [$0] })),
      on: Snapshot(dictionary: TermDictionary())
    ).solutions
    func beginnings(_ byteCount: Int) -> [String] {
      parts.indices.compactMap { solutions.term(row: $0, column: 0, upTo: byteCount)?.short }
    }
    #expect(beginnings(3) == ["\"ä\"", "\"ä\"@de", "ä", "\"123\"^"])
    #expect(beginnings(6) == parts.map(\.short))
    #expect(beginnings(0) == ["\"\"", "\"\"@de", "", "\"\"^"])
  }

  @Test("a function that nobody knows is refused")
  func unknownFunction() throws {
    #expect(throws: EvaluationError.unsupported("there is no function <f>")) {
      _ = try value(.callIRI("f", []))
    }
  }

  @Test("IRI resolves against the base of the query")
  func relativeIRI() throws {
    let pattern = Pattern.extend(.triples([]), Variable("x"), .call(.iri, [string("b")]))
    func made(_ base: String?) throws -> Term? {
      try QueryEngine().evaluate(
        Query(.select, pattern, base: base), on: Snapshot(dictionary: TermDictionary())
      ).solutions.term(row: 0, column: 0)
    }
    #expect(try made("http://e/a/c") == iri("http://e/a/b"))
    #expect(try made(nil) == nil)
    #expect(IRIReference.resolved("1:b", against: "http://e/") == nil)
    for character in "\0 \n<>\"{}|\\^`" {
      #expect(IRIReference.resolved("a\(character)b", against: "http://e/") == nil)
    }
    #expect(IRIReference.resolved("a!~ü", against: "http://e/") == "http://e/a!~ü")
    #expect(IRIReference.resolved("c/1:b?d:e", against: "http://e/") == "http://e/c/1:b?d:e")
  }

  @Test("BNODE with a label is one node in a row, and another in the next")
  func labelledBlankNodes() throws {
    let label = Expression.call(.bnode, [string("l")])
    var pattern = Pattern.values(variables: [Variable("n")], rows: [[number(1)], [number(2)]])
    pattern = .extend(pattern, Variable("x"), label)
    pattern = .extend(pattern, Variable("y"), .coalesce([label]))
    pattern = .union(pattern, .extend(.triples([]), Variable("x"), label))
    let found = try QueryEngine().evaluate(
      Query(.select, pattern), on: Snapshot(dictionary: TermDictionary())
    ).solutions
    #expect(found.columns[1][..<2] == found.columns[2][..<2])
    #expect(Set(found.columns[1]).count == 3)
  }

  @Test("a datatype is the same term whether data or the query brought it")
  func datatypesOfTheQuery() throws {
    let fixture = try Fixture([(iri("a"), iri("p"), .iri(XSD.dateTime))])
    var pattern = Pattern.extend(
      bgp((v("s"), t(iri("p")), v("d"))), Variable("n"), .call(.now, []))
    pattern = .filter(
      .call(.sameTerm, [.call(.datatype, [.variable(Variable("n"))]), .variable(Variable("d"))]),
      pattern)
    #expect(try fixture.rows(pattern).count == 1)
  }
}
