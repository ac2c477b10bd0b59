import Algebra
import Engine
import RDF
import Testing

/// What REGEX or REPLACE gives; nil for an error.
private func value(_ function: Function, _ arguments: [String]) throws -> String? {
  let call = Expression.call(function, arguments.map { .term(text($0)) })
  let rows = try Fixture([]).rows(.extend(.triples([]), Variable("v"), call))
  return rows[0].isEmpty ? nil : String(rows[0].dropFirst(3).prefix { $0 != "\"" })
}

/// The dialect of XPath, where it is not that of PCRE2.
@Suite struct RegularExpressionTests {
  @Test(arguments: [
    ("xml:lang", #"^\i\c*$"#, "", "true"), ("1a", #"^\i\c*$"#, "", "false"),
    ("-.·", #"^\c+$"#, "", "true"), (" =", #"^\C+$"#, "", "true"), ("7", #"^\I$"#, "", "true"),
    ("a", #"[\I]"#, "", "false"), ("é", #"^[\c-]$"#, "", "true"),
    ("rhythm", "^[a-z-[aeiou]]+$", "", "true"), ("rhyme", "^[a-z-[aeiou]]+$", "", "false"),
    ("e", "[^a-d-[e]]", "", "false"), ("f", "[^a-d-[e]]", "", "true"),
    ("b", "^[a-z-[aeiou-[e]]]$", "", "true"), ("e", "^[a-z-[aeiou-[e]]]$", "", "true"),
    ("é", #"^\p{IsLatin-1Supplement}$"#, "", "true"), ("é", #"\p{IsBasicLatin}"#, "", "false"),
    ("é", #"^\P{IsBasicLatin}$"#, "", "true"), ("é", #"[\P{IsBasicLatin}]"#, "", "true"),
    ("α", #"\p{IsGreek}"#, "", "true"),
    ("a", #"^\P{IsPrivateUseArea}$"#, "", "true"), ("\u{F8FF}", #"\P{IsPrivateUse}"#, "", "false"),
    ("a", #"\p{IsNoBlock}"#, "", nil),
    ("A", #"^\p{Lu}$"#, "i", "true"), ("a", #"^\p{Lu}$"#, "i", "false"),
    ("$", #"^\w$"#, "", "true"), ("_", #"\w"#, "", "false"), ("_", #"^[\W]$"#, "", "true"),
    ("٣", #"^\d$"#, "", "true"), ("\u{A0}", #"\s"#, "", "false"),
    ("\u{A0}", #"^[\S]$"#, "", "true"),
    ("\r", ".", "", "false"), ("\n", ".", "", "false"), ("\r", "^.$", "s", "true"),
    ("\r", ".", "m", "false"), ("\r\n", "[^a]$", "", "true"), ("\r\nb", #"\nb"#, "", "true"),
    ("\r\n", #"^[^\r]"#, "", "false"), ("a\rb", "^b", "m", "false"),
    ("a\nb", "^b$", "", "false"), ("a\nb", "^b$", "m", "true"), ("a\n", "a$", "", "false"),
    ("ab", "a b", "x", "true"), ("a b", "a[ ]b", "x", "true"), ("a#b", "a # b", "x", "true"),
    ("\t", #"^\ t$"#, "x", "true"), ("a.b", "A.B", "qi", "true"), ("axb", "a.b", "q", "false"),
    ("x", #"^(?:(a)|b|x)\1$"#, "", "true"), ("aa", #"^(a)\1$"#, "", "true"),
    ("a1a", #"^(a)1\1$"#, "", "true"), ("a0", #"^(a)\10$"#, "", "false"),
    ("aa0", #"^(a)\10$"#, "", "true"), ("aa", #"^(a\1)$"#, "", nil), ("a", #"\1"#, "", nil),
    ("a", "[]a]", "", nil), ("a", "[[:alpha:]]", "", nil), ("a", "[z-a]", "", nil),
    ("a", "(*UCP)a", "", nil), ("{", "{", "", nil), ("aa", "^a{2}$", "", "true"),
    ("aaa", "^a{2,}$", "", "true"), ("a", #"\Qa"#, "", nil), ("a", #"\e"#, "", nil),
    ("a/b", #"a\/b"#, "", "true"), ("a b", #"\bb"#, "", "true"), ("a-b", "^[a-]+b$", "", "true"),
    ("😀", "^.$", "", "true"), ("😀", "^[😀-😂]$", "", "true"), ("a", "", "", "true"),
    ("a", "a", "z", nil), ("a", "(", "", nil), ("a", ")", "", nil), ("a", "[a", "", nil),
  ])
  func matches(_ text: String, _ pattern: String, _ flags: String, _ expected: String?) throws {
    #expect(try value(.regex, [text, pattern, flags]) == expected)
  }

  @Test("a leading .* is tried once a line", .timeLimit(.minutes(1)))
  func leadingDots() throws {
    let text = String(repeating: "lorem ipsum dolor sit amet ", count: 4000)
    #expect(try value(.regex, [text, ".*muspi.*", ""]) == "false")
    #expect(try value(.regex, [text, "(.*)muspi", ""]) == "false")
  }

  @Test(arguments: [
    (["abracadabra", "a(.)", "a$1$1"], "abbraccaddabbra"), (["abc", "b", "[$0]"], "a[b]c"),
    (["abc", "(b)", "$1$2$12"], "abb2c"), (["abc", "b", #"\$\\"#], #"a$\c"#),
    (["abc", "b", "$"], nil), (["abc", "b", "$x"], nil), (["abc", "b", #"\n"#], nil),
    (["abc", "b", #"\"#], nil), (["abc", ".*", "x"], nil), (["abc", "x?", "y"], nil),
    (["abc", "^$", "y"], nil), (["a.c", ".", "$1", "q"], "a$1c"), (["aBc", "b", "x", "i"], "axc"),
    (["xaxbx", #"(a)|b"#, "[$1]"], "x[a]x[]x"), (["a😀b", "😀", "-"], "a-b"),
    (["abcd", "[a-d-[bc]]", "_"], "_bc_"),
  ])
  func replaces(_ arguments: [String], _ expected: String?) throws {
    #expect(try value(.replace, arguments) == expected)
  }
}
