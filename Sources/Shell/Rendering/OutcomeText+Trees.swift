import Diagnostics
import KnowledgeBase

extension OutcomeText {
  func draw(_ explanations: [Explanation]) -> String {
    guard !explanations.isEmpty else { return style.careful("not known") + "\n" }
    return explanations.map { explanation in
      tree(explanation, indent: 0).joined(separator: "\n") + "\n"
    }.joined()
  }

  private func tree(_ explanation: Explanation, indent: Int) -> [String] {
    var drawn = lines(explanation, indent)
    let shown = explanation.premises.prefix(rowLimit ?? .max)
    for (index, child) in shown.enumerated() where !cancellation.isRaised {
      let isLast = index == explanation.premises.count - 1
      drawn += branch(tree(child, indent: indent + 3), isLast: isLast)
    }
    let rest = remainder(of: explanation.premises.count)
    return rest.isEmpty ? drawn : drawn + branch([String(rest.dropLast())], isLast: true)
  }

  /// A fact with where it is written, and below it what is said about it and what is too wide beside it.
  private func lines(_ explanation: Explanation, _ indent: Int) -> [String] {
    let text = FactText(explanation.conclusion)
    let place = explanation.isAsserted ? text.origin : ""
    let reason = explanation.reason.map { "because " + printable($0) } ?? ""
    let side = style.dotted([reason, place])
    let room = style.width.map { max(20, $0 - indent) }
    let fits = room.map { displayWidth(text.sentence + side) + 2 <= $0 } ?? true
    let head = text.sentence + (side.isEmpty || !fits ? "" : "  " + style.dim(side))
    let bar = explanation.premises.isEmpty ? "  " : (style.isUnicode ? "│ " : "| ")
    let rest = remainder(of: explanation.conclusion.qualifierGroups.count)
    let below =
      ((fits ? [] : [side]) + text.remarks(style, limit: rowLimit)).flatMap {
        wrapped($0, to: room.map { $0 - bar.count })
      } + (rest.isEmpty ? [] : [String(rest.dropLast())])
    return wrapped(head, to: room, indent: 2) + below.map { style.dim(bar) + style.dim($0) }
  }

  /// The lines of a subtree, hung under its parent.
  private func branch(_ lines: [String], isLast: Bool) -> [String] {
    let (tee, corner, bar) =
      style.isUnicode ? ("├─ ", "└─ ", "│  ") : ("|- ", "`- ", "|  ")
    return lines.enumerated().map { index, line in
      style.dim(index == 0 ? (isLast ? corner : tee) : (isLast ? "   " : bar)) + line
    }
  }

  func draw(_ root: MapNode) -> String {
    mapLines(root).joined(separator: "\n") + "\n"
  }

  private func mapLines(_ node: MapNode) -> [String] {
    var name = printable(node.name)
    if node.isRepeated { name += " " + style.dim(style.isUnicode ? "↑" : "(above)") }
    if let relation = node.relation {
      let arrow = style.dim(node.isOutgoing ? style.forwardArrow : style.backwardArrow)
      name = "\(style.relation(printable(relation))) \(arrow) \(name)"
    } else {
      name = style.strong(name)
    }
    var drawn = [name]
    for (index, child) in node.children.enumerated() {
      let isLast = index == node.children.count - 1 && node.omittedCount == 0
      drawn += branch(mapLines(child), isLast: isLast)
    }
    if node.omittedCount > 0 {
      drawn += branch([style.dim("and \(grouped(node.omittedCount)) more")], isLast: true)
    }
    return drawn
  }

  func draw(_ chains: [Chain], from: String, to: String) -> String {
    guard !chains.isEmpty else {
      return style.dim("no chain of facts from \(printable(from)) to \(printable(to))") + "\n"
    }
    let digits = String(chains.count).count
    return chains.prefix(rowLimit ?? .max).enumerated().map { index, chain in
      let number = padded(String(index + 1), to: digits, alignsRight: true) + "  "
      let isNumbered = chains.count > 1
      let indent = isNumbered ? number.count : 0
      return (isNumbered ? style.dim(number) : "") + draw(chain, indent: indent) + "\n"
    }.joined() + remainder(of: chains.count)
  }

  /// `Sameer Raje —heads→ Zoom India ←issued for— MHA`, broken before a link where the width ends.
  private func draw(_ chain: Chain, indent: Int) -> String {
    guard let first = chain.steps.first else { return "" }
    let start = FactText(first.fact)
    var drawn = first.isForward ? start.subject : start.object
    var used = indent + displayWidth(drawn)
    for step in chain.steps where !cancellation.isRaised {
      let text = FactText(step.fact)
      let next = step.isForward ? text.object : text.subject
      let (before, after) =
        step.isForward
        ? (style.dash, style.forwardArrow) : (style.backwardArrow, style.dash)
      let cells = displayWidth(before + text.relation + after + next) + 2
      if let width = style.width, used + cells > width {
        drawn += "\n" + String(repeating: " ", count: indent + 1)
        used = indent + 1
      }
      drawn += " \(style.dim(before))\(style.relation(text.relation))\(style.dim(after)) \(next)"
      used += cells
    }
    return drawn
  }

  func draw(_ plan: PlanReport) -> String {
    let roleWidth = plan.reading.map { displayWidth($0.role) }.max() ?? 0
    var text = plan.reading.isEmpty ? "" : style.strong("reading") + "\n"
    for piece in plan.reading {
      text += "  " + style.dim(padded(printable(piece.role), to: roleWidth))
      text += "  " + printable(piece.text) + "\n"
    }
    text += style.strong("SPARQL") + "\n"
    text += indented(plan.sparql)
    if !plan.algebra.isEmpty { text += style.strong("algebra") + "\n" + indented(plan.algebra) }
    return plan.operators.isEmpty ? text : text + draw(plan.operators)
  }

  private func indented(_ text: String) -> String {
    text.split(separator: "\n").map { "  " + printable(String($0)) + "\n" }.joined()
  }

  private func draw(_ operators: [PlanReport.Operator]) -> String {
    var columns = [
      TextTable.Column(title: "plan"), TextTable.Column(title: ""),
      TextTable.Column(title: "estimated", alignsRight: true),
      TextTable.Column(title: "rows", alignsRight: true),
    ]
    if showsTime { columns.append(TextTable.Column(title: "time", alignsRight: true)) }
    let rows = operators.map { step in
      let cells = [
        String(repeating: "  ", count: step.depth) + printable(step.name), printable(step.detail),
        grouped(Int(max(0, min(1e15, step.estimatedRowCount.rounded())))), grouped(step.rowCount),
      ]
      return showsTime ? cells + [duration(milliseconds: step.milliseconds)] : cells
    }
    return TextTable(columns: columns, rows: rows).draw(style)
  }
}
