import Engine
import KnowledgeBase
import RDF

/// Draws outcomes for people: tables, trees, chains, lists.
struct OutcomeText {
  var style: Style
  /// The rows of an answer that are drawn; nil draws all.
  var rowLimit: Int?
  /// Once raised, no more rows are drawn.
  var cancellation: CancellationFlag
  /// What IRIs of graphs are shortened by.
  var prefixes: NamespacePrefixes
  /// Whether a footer follows an answer, and sources can stand beside its rows.
  var isForTerminal: Bool
  var showsSources: Bool
  var showsTime: Bool

  func draw(_ outcome: Outcome) -> String {
    switch outcome {
    case .none: ""
    case .answer(let answer): draw(answer)
    case .graph(let graph): draw(graph)
    case .verdict(let verdict): draw(verdict)
    case .change(let change): draw(change)
    case .about(let portrait): draw(portrait)
    case .why(let explanations): draw(explanations)
    case .absence(let absence): absenceLines(absence)
    case .chains(let chains, let from, let to): draw(chains, from: from, to: to)
    case .timeline(let facts): draw(facts)
    case .map(let node): draw(node)
    case .drawing(let file, let nodeCount, let edgeCount):
      "wrote \(printable(file)): \(counted(nodeCount, "node")), \(counted(edgeCount, "edge"))\n"
    case .vocabulary(let list): draw(list)
    case .plan(let plan): draw(plan)
    case .expectation(let expectation): draw(expectation)
    }
  }

  private func draw(_ answer: Answer) -> String {
    let shownCount = min(rowLimit ?? .max, answer.rowCount)
    var rows: [[String?]] = []
    rows.reserveCapacity(shownCount)
    for row in 0..<shownCount {
      if cancellation.isRaised { return "" }
      rows.append(answer.columns.indices.map { cellText(answer, row, $0) })
    }
    let visible = answer.columns.indices.filter { column in
      rows.isEmpty || rows.contains { $0[column] != nil }
    }
    guard shownCount > 0 else { return footer(answer, shownCount: 0) }
    let isWhole = visible.count == answer.columns.count
    let table = TextTable(
      columns: visible.map {
        TextTable.Column(
          title: printable(answer.columns[$0].name), alignsRight: isNumeric(answer, $0, rows))
      },
      rows: isWhole ? rows : rows.map { row in visible.map { row[$0] } },
      notes: isForTerminal && showsSources ? notes(answer, beside: rows) : [],
      isNumbered: true,
      link: style.hasLinks
        ? { row, column in
          guard rows[row][visible[column]].map({ $0.utf8.count < Self.longText }) ?? false,
            case .iri(let iri) = answer.term(row: row, column: visible[column])
          else {
            return nil
          }
          return iri
        } : nil,
      cancellation: cancellation)
    return table.draw(style) + footer(answer, shownCount: shownCount)
  }

  private func notes(_ answer: Answer, beside rows: [[String?]]) -> [String] {
    let limits = Limits(seconds: Self.notePatience, cancellation: cancellation).begun()
    return rows.indices.map { row in
      FactText.sourceNote(answer.support(row: row, limits: limits), beside: rows[row], style)
    }
  }

  /// Seconds that the facts behind the rows of an answer may take to find.
  private static let notePatience = 0.5

  /// An empty text is shown as `""`, so that it is not taken for a missing one; the digits of whole numbers in groups.
  private func cellText(_ answer: Answer, _ row: Int, _ column: Int) -> String? {
    guard let text = answer.text(row: row, column: column, upTo: drawnByteCount) else { return nil }
    if isForTerminal, (5...40).contains(text.utf8.count), let number = Int128(text),
      case .literal(let literal) = answer.term(row: row, column: column),
      literal.datatype == XSD.integer
    {
      return grouped(number)
    }
    return text.isEmpty ? "\"\"" : printable(text)
  }

  /// More of a text than its cell can show, so that it is seen to be cut: one of a hundred megabytes takes seconds to read and to
  /// measure.
  private var drawnByteCount: Int { style.width.map { Self.longText + 64 * $0 } ?? .max }

  private static let longText = 4096

  private func isNumeric(_ answer: Answer, _ column: Int, _ rows: [[String?]]) -> Bool {
    let numeric = [XSD.integer, XSD.decimal, XSD.double, XSD.float]
    for (row, cells) in rows.enumerated() {
      guard let text = cells[column] else { continue }
      guard text.utf8.count < Self.longText,
        case .literal(let literal) = answer.term(row: row, column: column),
        numeric.contains(literal.datatype)
      else { return false }
    }
    return true
  }

  private func footer(_ answer: Answer, shownCount: Int) -> String {
    guard isForTerminal else { return "" }
    return footer(answer.rowCount, "row", shownCount, answer.milliseconds)
      + (answer.absence.map(absenceLines) ?? "") + claimLines(answer.claims)
  }

  /// How many there are, how many of them are shown, and how long it took.
  private func footer(
    _ count: Int, _ noun: String, _ shownCount: Int, _ milliseconds: Double
  ) -> String {
    var text = count == 0 ? "nothing found" : counted(count, noun)
    if shownCount < count { text += " (\(grouped(shownCount)) shown)" }
    let time = showsTime ? duration(milliseconds: milliseconds) : ""
    let hint = shownCount < count ? ".last for all" : ""
    return style.dim(style.dotted([text, time, hint])) + "\n"
  }

  /// The triples as Turtle.
  private func draw(_ graph: GraphAnswer) -> String {
    let shownCount = min(rowLimit ?? .max, graph.tripleCount)
    let turtle = GraphText.turtle((0..<shownCount).map(graph.triple), prefixes)
    let text = isForTerminal ? printableLines(turtle) : turtle
    guard isForTerminal else { return text }
    return text + footer(graph.tripleCount, "triple", shownCount, graph.milliseconds)
  }

  private func draw(_ verdict: Verdict) -> String {
    let value =
      switch verdict.value {
      case .yes: style.good(verdict.value.rawValue)
      case .no: style.bad(verdict.value.rawValue)
      case .notKnown: style.careful(verdict.value.rawValue)
      }
    return value + "\n" + factLines(verdict.support, indent: "  ")
      + claimLines(verdict.claims)
  }

  /// What somebody says, where nothing is known.
  func claimLines(_ claims: [StatedFact]) -> String {
    if claims.isEmpty { return "" }
    return style.dim("but it is claimed:") + "\n" + factLines(claims, indent: "  ")
  }

  private func draw(_ change: Change) -> String {
    let drawn =
      switch change.kind {
      case .added, .updated, .redone, .knownAlready: style.good(change.kind.word)
      case .forgotten, .undone: style.careful(change.kind.word)
      }
    if let counts = change.tripleCounts {
      return drawn + "  " + counted(counts.added, "triple")
        + " added, \(grouped(counts.removed)) removed\n"
    }
    var text: String
    if change.factCount == 1, let fact = change.facts.first {
      text = drawn + "  " + factLine(fact) + "\n"
    } else {
      text = drawn + "  " + counted(change.factCount, "fact") + "\n"
      text += factLines(change.facts, indent: "  ", total: change.factCount)
    }
    for name in change.newNames {
      text += style.dim("new \(name.role)") + "  " + printable(name.name) + "\n"
    }
    return text
  }

  /// Says how many of a list the row limit leaves out.
  func remainder(of count: Int) -> String {
    guard let rowLimit, count > rowLimit else { return "" }
    return style.dim(style.dotted(["and \(grouped(count - rowLimit)) more", ".last for all"]))
      + "\n"
  }

  private func draw(_ list: VocabularyList) -> String {
    guard !list.entries.isEmpty else { return style.dim("no \(list.title)s yet") + "\n" }
    let table = TextTable(
      columns: [
        TextTable.Column(title: list.title),
        TextTable.Column(title: list.unit, alignsRight: true),
        TextTable.Column(title: "example"),
      ],
      rows: list.entries.prefix(rowLimit ?? .max).map {
        [printable($0.name), grouped($0.count), printable($0.example)]
      })
    return table.draw(style) + remainder(of: list.entries.count)
  }

  func draw(_ expectation: Expectation) -> String {
    if expectation.passed {
      return style.good("passed") + "  " + printable(expectation.sentence) + "\n"
    }
    var text = style.bad("failed") + "  " + printable(expectation.sentence) + "\n"
    if !expectation.reading.isEmpty {
      text += "  " + style.dim("read as") + "     " + printable(expectation.reading) + "\n"
    }
    return text + list(expectation.missing, "missing   ")
      + list(expectation.unexpected, "unexpected")
  }

  /// Answers one a line, as many as an answer has rows.
  private func list(_ answers: [String], _ title: String) -> String {
    var text = ""
    for answer in answers.prefix(rowLimit ?? .max) where !cancellation.isRaised {
      text += "  " + style.dim(title) + "  " + printable(answer) + "\n"
    }
    let rest = answers.count - min(rowLimit ?? .max, answers.count)
    return rest > 0 ? text + "  " + style.dim("and \(grouped(rest)) more") + "\n" : text
  }
}
