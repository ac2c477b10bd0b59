import Diagnostics
import Testing

@testable import KnowledgeBase

@Suite struct LongWayTests {
  /// A chain of facts, each entity with its next.
  private func chain(_ count: Int) throws -> KnowledgeBase {
    let transitive = "<urn:kosh:next> a <http://www.w3.org/2002/07/owl#TransitiveProperty> .\n"
    let facts = (0..<count).map { "<urn:kosh:n\($0)> <urn:kosh:next> <urn:kosh:n\($0 + 1)> .\n" }
    return try Files(["chain.ttl": transitive + facts.joined()]).load("chain.ttl")
  }

  private func outcome(_ knowledge: KnowledgeBase, _ sentence: String) -> Outcome {
    var found = Outcome.none
    knowledge.run(SourceText(name: "test", sentence), mode: .prompt) {
      if case .outcome(let outcome) = $0.result { found = outcome }
      return .goOn
    }
    return found
  }

  @Test func aChainMayBeLongerThanTheStackIsDeep() throws {
    let knowledge = try chain(20_000)
    for sentence in ["path n0 to n20000", "paths n0 to n20000 within 30000"] {
      guard case .chains(let chains, _, _) = outcome(knowledge, sentence) else {
        Issue.record("\(sentence) finds no chains")
        continue
      }
      #expect(chains.map(\.steps.count) == [20_000])
      #expect(chains.first?.steps.allSatisfy(\.isForward) == true)
    }
  }

  @Test func whatIsFarInAClosureHasItsFacts() throws {
    let knowledge = try chain(5_000)
    guard case .why(let explanations) = outcome(knowledge, "why n0 next n5000") else {
      Issue.record("it is not known")
      return
    }
    #expect(explanations.map(\.premises.count) == [5_000])
    #expect(explanations.first?.premises.last?.conclusion.object == "n5000")
  }

  @Test func theSearchForChainsEndsWhenThereCanBeNoLongerOne() throws {
    let knowledge = try chain(5)
    #expect(
      outcomes(knowledge, "paths n1 to n4 within 1000000000.") == [">next >next >next"])
  }

  @Test func chainsOfSeveralLengthsMeetNoEntityTwice() {
    let knowledge = KnowledgeBase(
      knowing: """
        Ann knows Bob. Bob knows Cid. Ann likes Cid. Cid knows Dan. Dan knows Bob. Ann knows Ann.

        """)
    #expect(
      outcomes(knowledge, "paths Ann to Cid within 9.") == [
        ">likes; >knows >knows; >knows <knows <knows"
      ])
    #expect(outcomes(knowledge, "paths Ann to Cid within 2.") == [">likes; >knows >knows"])
    #expect(outcomes(knowledge, "path Ann to Dan.") == [">knows <knows; >likes >knows"])
  }

  @Test func noChainLeadsFromAnEntityToItself() {
    let knowledge = KnowledgeBase(knowing: "Ann knows Bob. Bob knows Ann.\n")
    #expect(outcomes(knowledge, "path Ann to Ann.") == [""])
    #expect(outcomes(knowledge, "paths Ann to Ann within 4.") == [""])
  }

  @Test func aWitnessIsAShortestWalkOfTriples() {
    let knowledge = KnowledgeBase(
      knowing: """
        'part of' is transitive. contains is transitive. contains inverse of 'part of'.
        Ann part of Bob. Bob part of Cid. Cid contains Ann.

        """)
    #expect(
      outcomes(knowledge, "why Ann part of Cid.").map { $0.contains("<- [Cid contains Ann") } == [
        true
      ])
  }

  @Test func whatIsForgottenIsWhatTheSentenceSays() {
    let knowledge = KnowledgeBase(
      knowing: """
        Max says (Ann likes Bob). Max says (Ann likes Cid). Nat says (Ann likes Bob). Ann knows Bob {on 2020}.

        """)
    #expect(outcomes(knowledge, "forget Max says (Ann likes ?x).") == ["forgotten 2"])
    #expect(outcomes(knowledge, "who says (Ann likes ?x)?") == ["Nat,Bob"])
    #expect(outcomes(knowledge, "forget ?x knows ?y.") == ["forgotten 1"])
    #expect(outcomes(knowledge, "undo. Ann knows ?x?").last == "Bob")
  }

  @Test func whatOnlyClaimsNameIsKnown() throws {
    let files = try Files([
      "claims.ttl": """
      PREFIX : <urn:kosh:>
      :Max :says <<( :Ann :hates :Bob )>>, <<( :Max :doubts <<( :Cid :fears :Dan )>> )>> .

      """
    ])
    let knowledge = try files.load("claims.ttl")
    #expect(outcomes(knowledge, "Ann hates ?x?") == [""])
    #expect(outcomes(knowledge, "who says (Ann hates ?x)?") == ["Max,Bob"])
    #expect(outcomes(knowledge, "Cid fears Dan?") == ["not known, 0 facts, 0 claims"])
    #expect(
      outcomes(
        knowledge, "INSERT DATA { <urn:kosh:Nat> <urn:kosh:says> <<( :Eve :adores :Fay )>> }",
        .prompt
      ).count == 1)
    #expect(outcomes(knowledge, "who says (Eve adores ?x)?") == ["Nat,Fay"])
  }
}
