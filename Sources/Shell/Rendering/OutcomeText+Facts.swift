import Diagnostics
import KnowledgeBase
import RDF

extension OutcomeText {
  /// A fact in one line, with what is said about it behind it, and on a terminal no longer than that.
  func factLine(_ fact: StatedFact) -> String {
    let text = FactText(fact)
    let remark = text.remark(style)
    return remark.isEmpty ? text.sentence : text.sentence + "  " + style.dim(remark)
  }

  /// Facts one a line, their remarks aligned; says how many of `total` are left out.
  func factLines(_ facts: [StatedFact], indent: String, total: Int? = nil) -> String {
    let texts = facts.map { FactText($0) }
    let widest = texts.map { displayWidth($0.sentence) }.filter { $0 <= 48 }.max() ?? 0
    var drawn = ""
    for text in texts {
      let remark = text.remark(style)
      drawn += indent + remarked(text.sentence, widest: widest, remark, indent: indent.count)
    }
    let rest = (total ?? facts.count) - facts.count
    return rest > 0 ? drawn + indent + style.dim("and \(grouped(rest)) more") + "\n" : drawn
  }

  /// A remark that has fewer cells beside its text goes below it.
  private static let narrowestRemark = 36

  /// A text and a quiet remark beside it, or below it where there is too little room; cut at the width.
  func remarked(_ text: String, widest: Int, _ remark: String, indent: Int) -> String {
    guard !remark.isEmpty else {
      let room = style.width.map { max(16, $0 - indent) }
      let margin = "\n" + String(repeating: " ", count: indent)
      return wrapped(text, to: room, indent: 2).joined(separator: margin) + "\n"
    }
    let gap = max(0, widest - displayWidth(text)) + 2
    let used = indent + displayWidth(text) + gap
    if let width = style.width, used + displayWidth(remark) > width {
      if width - used >= Self.narrowestRemark {
        let shown = elided(remark, to: width - used, mark: style.ellipsis)
        return text + String(repeating: " ", count: gap) + style.dim(shown) + "\n"
      }
      let below = String(repeating: " ", count: indent + 4)
      let room = max(16, width - below.count)
      return text + "\n" + below + style.dim(elided(remark, to: room, mark: style.ellipsis)) + "\n"
    }
    return text + String(repeating: " ", count: gap) + style.dim(remark) + "\n"
  }

  func draw(_ portrait: Portrait) -> String {
    var text = style.strong(printable(portrait.name))
    if !portrait.classes.isEmpty {
      let classes = portrait.classes.map(printable).joined(separator: ", ")
      text += "  " + classes
    }
    if !portrait.otherNames.isEmpty {
      let names = portrait.otherNames.map(printable).joined(separator: ", ")
      text += "  " + style.dim("also known as " + names)
    }
    text += "\n" + style.dim(printable(portrait.iri)) + "\n"
    for group in portrait.groups { text += draw(group) }
    if portrait.uses.count > 0 {
      text +=
        style.dim(counted(portrait.uses.count, "fact")) + "\n"
        + factLines(portrait.uses.facts, indent: "  ", total: portrait.uses.count)
    }
    if !portrait.claims.isEmpty {
      text += style.careful("claims") + "\n" + factLines(portrait.claims, indent: "  ")
    }
    return text
  }

  private func draw(_ group: Portrait.Group) -> String {
    let arrow = group.isOutgoing ? style.forwardArrow : style.backwardArrow
    let relation = style.relation(printable(group.relation))
    let texts = group.facts.map { FactText($0) }
    let others = texts.map { group.isOutgoing ? value($0) : $0.subject }
    let widest = others.map { displayWidth($0) }.filter { $0 <= 40 }.max() ?? 0
    var drawn = "\(relation) \(style.dim(arrow))\n"
    for (other, text) in zip(others, texts) {
      drawn += "  " + remarked(other, widest: widest, text.remark(style), indent: 2)
    }
    let rest = group.factCount - group.facts.count
    return rest > 0 ? drawn + "  " + style.dim("and \(grouped(rest)) more") + "\n" : drawn
  }

  /// An object by itself: an empty text is not taken for none, and digits stand in groups for people.
  private func value(_ text: FactText) -> String {
    guard case .literal(let literal) = text.fact.triple.object else { return text.object }
    if isForTerminal, literal.datatype == XSD.integer, let number = Int(literal.lexicalForm) {
      return abs(number) > 9_999 ? grouped(number) : text.object
    }
    return text.object.isEmpty ? "\"\"" : text.object
  }

  func draw(_ all: [DatedFact]) -> String {
    guard !all.isEmpty else { return style.dim("no dated facts") + "\n" }
    let facts = Array(all.prefix(rowLimit ?? .max))
    let dateWidth = facts.map { displayWidth(printable($0.date)) }.max() ?? 0
    let senses = facts.map { $0.sense == "on" ? "" : printable($0.sense) }
    let senseWidth = senses.map { displayWidth($0) }.max() ?? 0
    let sentences = facts.map { FactText($0.fact).sentence }
    let widest = sentences.map { displayWidth($0) }.filter { $0 <= 48 }.max() ?? 0
    var drawn = ""
    for index in facts.indices {
      drawn += style.strong(padded(printable(facts[index].date), to: dateWidth)) + "  "
      if senseWidth > 0 { drawn += style.dim(padded(senses[index], to: senseWidth)) + "  " }
      let indent = dateWidth + 2 + (senseWidth > 0 ? senseWidth + 2 : 0)
      let source = FactText(facts[index].fact).source ?? ""
      drawn += remarked(sentences[index], widest: widest, source, indent: indent)
    }
    return drawn + remainder(of: all.count)
  }
}
