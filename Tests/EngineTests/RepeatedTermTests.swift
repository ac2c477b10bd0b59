import Algebra
import Engine
import RDF
import Testing

/// Many rows with few different terms: what depends on terms alone is found once for equal ones.
@Suite struct RepeatedTermTests {
  /// Each of 20,000 subjects has a number below `differentCount` and one of three letters.
  private func fixture(_ differentCount: Int) throws -> Fixture {
    try Fixture(
      (0..<20_000).flatMap { row in
        [
          (iri("s\(row)"), iri("n"), number(row * 7 % differentCount)),
          (iri("s\(row)"), iri("t"), text(["a", "b", ""][row % 3])),
        ]
      })
  }

  private let both = bgp((v("s"), t(iri("n")), v("n")), (v("s"), t(iri("t")), v("t")))
  private let name = Expression.variable(Variable("n"))
  private let letter = Expression.variable(Variable("t"))

  @Test(
    "a filter takes the same rows, few values or more than are remembered",
    arguments: [10, 5000, 20_000])
  func filters(differentCount: Int) throws {
    let digits = Expression.call(.strlen, [.call(.concat, [.call(.str, [name]), letter])])
    let pattern = Pattern.filter(.compare(.equal, digits, .term(number(3))), both)
    let rows = try fixture(differentCount).rows(.project(pattern, [Variable("s")]))
    let expected = (0..<20_000).filter { row in
      "\(row * 7 % differentCount)".count + (row % 3 == 2 ? 0 : 1) == 3
    }
    #expect(Set(rows) == Set(expected.map { "s=s\($0)" }))
    #expect(rows.count == expected.count)
  }

  @Test("so does a computed column, errors among its values", arguments: [10, 20_000])
  func computes(differentCount: Int) throws {
    let ratio = Expression.arithmetic(.divide, .term(number(6)), name)
    let pattern = Pattern.extend(both, Variable("r"), ratio)
    let rows = try fixture(differentCount).rows(
      .project(.filter(.bound(Variable("r")), pattern), [Variable("n")]))
    let zeroCount = (0..<20_000).count { $0 * 7 % differentCount == 0 }
    #expect(rows.count == 20_000 - zeroCount)
    #expect(!rows.contains("n=\"0\"^"))
  }

  @Test("a value that differs from row to row is not remembered")
  func random() throws {
    let pattern = Pattern.extend(both, Variable("r"), .call(.strUUID, []))
    let rows = try fixture(10).rows(.distinct(.project(pattern, [Variable("r")])))
    #expect(rows.count == 20_000)
  }

  @Test("different solutions are put in order after equal ones are dropped")
  func distinctFirst() throws {
    let shown = [Variable("n"), Variable("t")]
    let keys = [SortKey(name, descending: true), SortKey(letter)]
    let pattern = Pattern.distinct(.project(.orderBy(both, keys), shown))
    let fixture = try fixture(10)
    let first = try fixture.rows(.slice(pattern, offset: 1, limit: 3))
    #expect(first == ["n=\"9\"^ t=\"a\"", "n=\"9\"^ t=\"b\"", "n=\"8\"^ t=\"\""])
    let plan = try QueryEngine().evaluate(
      Query(.select, pattern), on: fixture.snapshot, profile: true
    ).plan
    #expect(plan.first { $0.name == "sort" }?.rowCount == 30)
  }

  @Test("but not where the order goes by what is not shown")
  func orderByHidden() throws {
    let pattern = Pattern.distinct(
      .project(.orderBy(both, [SortKey(name), SortKey(letter)]), [Variable("t")]))
    #expect(try fixture(20_000).rows(pattern) == ["t=\"a\"", "t=\"b\"", "t=\"\""])
  }
}
