import Engine
import RDF
import Sentences
import Testing

@testable import KnowledgeBase

@Suite struct NameIndexTests {
  private static func id(_ number: UInt32) -> TermID { TermID(rawValue: number) }

  private func index(_ names: [(String, UInt32)]) -> NameIndex {
    let index = NameIndex()
    for (name, number) in names {
      index.add(NameFolding.fold(name).span, bearer: Self.id(number))
    }
    return index
  }

  private func match(_ index: NameIndex, _ name: String, as role: NameRole = .entity) -> NameMatch {
    index.match(NameFolding.fold(name).span, as: role)
  }

  @Test func findsNamesWithoutCaseAndWithAnySpaces() {
    let names = index([("Zoom India", 1), ("Zoom", 2)])
    #expect(match(names, "zoom  INDIA") == .one(Self.id(1)))
    #expect(match(names, "Zoom") == .one(Self.id(2)))
    #expect(match(names, "Zoo") == .unknown)
    #expect(match(names, "") == .unknown)
  }

  @Test func findsEveryNameAfterTheTableHasGrown() {
    let all = (1...5000).map { ("Person \($0)", UInt32($0)) }
    let names = index(all)
    #expect(all.allSatisfy { match(names, $0.0) == .one(Self.id($0.1)) })
    #expect(match(names, "Person 5001") == .unknown)
  }

  @Test func saysWhenSeveralTermsBearAName() {
    let names = index([("Paris", 1), ("Paris", 2), ("Paris", 2)])
    #expect(match(names, "paris") == .several)
    #expect(names.allMatches(Array("paris".utf8).span, as: .entity) == [Self.id(1), Self.id(2)])
  }

  @Test func aRelationIsNoEntity() {
    let names = index([("heads", 1), ("Heads", 2)])
    names.mark(Self.id(1), as: .relation)
    #expect(match(names, "heads", as: .relation) == .one(Self.id(1)))
    #expect(match(names, "heads") == .one(Self.id(2)))
    #expect(match(names, "heads", as: .class) == .unknown)
  }

  @Test func forgetsANameOfOneBearerOnly() {
    let names = index([("Paris", 1), ("Paris", 2)])
    names.remove(Array("paris".utf8).span, bearer: Self.id(1))
    #expect(match(names, "Paris") == .one(Self.id(2)))
    names.remove(Array("paris".utf8).span, bearer: Self.id(2))
    #expect(match(names, "Paris") == .unknown)
    names.add(Array("paris".utf8).span, bearer: Self.id(3))
    #expect(match(names, "Paris") == .one(Self.id(3)))
  }

  @Test func listsNamesByPrefixesShorterAndLongerThanEightBytes() {
    let names = index([("Ministry of Home Affairs", 1), ("Ministry", 2), ("Mint", 3), ("Zoom", 4)])
    func texts(_ prefix: String) -> [String] {
      names.numbers(withPrefix: Array(prefix.utf8), limit: 10).map(names.text)
    }
    #expect(texts("min") == ["ministry of home affairs", "ministry", "mint"])
    #expect(texts("ministry of") == ["ministry of home affairs"])
    #expect(texts("ministry") == ["ministry of home affairs", "ministry"])
    #expect(texts("x").isEmpty)
    #expect(texts("").count == 4)
  }

  @Test func listsNearNamesByDistance() {
    let names = index([("heads", 1), ("headed", 2), ("issued", 3), ("haeds", 4)])
    let budget = SearchBudget(Snapshot(dictionary: TermDictionary()), Limits())
    let near = names.numbers(near: Array("haeds".utf8), limit: 2, within: budget) { _ in true }
    #expect(near.map(names.text) == ["haeds", "heads"])
  }
}
