import RDF
import Sentences

/// Facts of one subject as one sentence, over several lines where it is long.
struct SentenceText {
  let text: String

  private static let lineWidth = 100

  init(_ facts: [Readback.Fact], _ naming: SentenceWriter.Naming) {
    let parts = facts.map { SentenceWriter.parts($0.triple, naming) }
    var predicates: [[String]] = []
    var lastRelation: String?
    for (fact, parts) in zip(facts, parts) {
      let braces = fact.groups.map { group in
        " " + SentenceWriter.qualifiers(group.map { ($0.relation, $0.value) }, naming)
      }
      let object = parts.object + braces.joined()
      if parts.relation == lastRelation, parts.relation != "is a" {
        predicates[predicates.count - 1].append(object)
      } else {
        predicates.append([Self.relation(parts) + " " + object])
      }
      lastRelation = parts.relation
    }
    let subject = parts.first?.subject ?? ""
    let lists = predicates.map { objects in
      let line = objects.joined(separator: ", ")
      return line.utf8.count > Self.lineWidth ? objects.joined(separator: ",\n        ") : line
    }
    let line = "\(subject) \(lists.joined(separator: "; "))."
    let isShort = lists.count <= 2 && line.utf8.count <= Self.lineWidth
    text = isShort ? line : "\(subject)\n    \(lists.joined(separator: ";\n    "))."
  }

  /// `is an` where English has it.
  private static func relation(_ parts: SentenceWriter.Parts) -> String {
    parts.relation == "is a" ? "is " + Article.before(parts.object) : parts.relation
  }
}
