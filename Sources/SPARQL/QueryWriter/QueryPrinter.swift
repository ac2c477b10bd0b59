import Algebra
import RDF

/// Lays out a query's document as text.
struct QueryPrinter {
  var terms: TermPrinter
  var names: VariableNames
  /// What stands for variables in the SELECT clause that is being written.
  var substitutes: [Variable: Substitute] = [:]
  /// Whether something was written that is relative to the base.
  var usesBase = false
  private var depth = 0

  init(prefixes: NamespacePrefixes, names: VariableNames) {
    terms = TermPrinter(prefixes: prefixes)
    self.names = names
  }

  mutating func text(of document: QueryDocument, from dataset: DatasetClause?) -> String {
    let from = self.from(dataset)
    switch document {
    case .select(let clause): return text(of: clause, from: from)
    case .ask(let group): return "ASK" + (from.isEmpty ? " " : from + "\nWHERE ") + block(group)
    case .construct(let template, let clause):
      let group = GroupPattern(elements: template.map(GroupElement.triple))
      return "CONSTRUCT " + block(group) + from + "\nWHERE " + block(clause.group)
        + modifiers(clause)
    case .describe(let described, let clause):
      let list = described.map { text($0) }.joined(separator: " ")
      let head = "DESCRIBE " + list + from
      if clause.group.elements.isEmpty { return head + modifiers(clause) }
      return head + "\nWHERE " + block(clause.group) + modifiers(clause)
    }
  }

  /// FROM and FROM NAMED, each on a line of its own.
  private mutating func from(_ dataset: DatasetClause?) -> String {
    guard let dataset else { return "" }
    let graphs = dataset.defaultGraphs.map { "\nFROM " + terms.text($0) }
    return (graphs + dataset.namedGraphs.map { "\nFROM NAMED " + terms.text($0) }).joined()
  }

  private var indentation: String { String(repeating: "  ", count: depth) }

  func text(_ variable: Variable) -> String { "?" + names.name(variable) }

  mutating func text(_ pattern: TermPattern) -> String {
    switch pattern {
    case .term(let term): terms.text(term)
    case .variable(let variable): text(variable)
    case .triple(let triple):
      "<<( \(text(triple.subject)) \(verb(triple.predicate)) \(text(triple.object)) )>>"
    }
  }

  private mutating func verb(_ pattern: TermPattern) -> String {
    pattern == .term(.iri(Vocabulary.type)) ? "a" : text(pattern)
  }
}

// MARK: SELECT

extension QueryPrinter {
  private mutating func text(of clause: SelectClause, from: String = "") -> String {
    let outer = substitutes
    defer { substitutes = outer }
    substitutes = [:]
    let body = block(clause.group)
    substitutes = clause.substitutes
    var text = "SELECT"
    switch clause.quantity {
    case .all: break
    case .distinct: text += " DISTINCT"
    case .reduced: text += " REDUCED"
    }
    for item in clause.items {
      let name = self.text(item.variable)
      text += item.value.map { " (\(expression($0)) AS \(name))" } ?? " " + name
    }
    return text + (from.isEmpty ? " " : from + "\n") + "WHERE " + body + modifiers(clause)
  }

  /// GROUP BY to LIMIT, each on a line of its own.
  private mutating func modifiers(_ clause: SelectClause) -> String {
    var lines: [String] = []
    if !clause.groupKeys.isEmpty {
      lines.append("GROUP BY " + clause.groupKeys.map { text($0) }.joined(separator: " "))
    }
    if !clause.having.isEmpty {
      let conditions = clause.having.map { "(" + expression($0) + ")" }
      lines.append("HAVING " + conditions.joined(separator: " "))
    }
    if !clause.order.isEmpty {
      for item in clause.items { substitutes[item.variable] = nil }
      lines.append("ORDER BY " + clause.order.map { text($0) }.joined(separator: " "))
    }
    if clause.offset > 0 { lines.append("OFFSET \(clause.offset)") }
    if let limit = clause.limit { lines.append("LIMIT \(limit)") }
    return lines.map { "\n" + indentation + $0 }.joined()
  }

  private mutating func text(_ key: SortKey) -> String {
    let value = expression(key.expression)
    if key.descending { return "DESC(\(value))" }
    if case .variable(let variable) = key.expression, substitutes[variable] == nil { return value }
    return "ASC(\(value))"
  }
}

// MARK: Groups

extension QueryPrinter {
  /// `{ … }`: on one line when short and simple, else a line an element.
  mutating func block(_ group: GroupPattern, canBeShort: Bool = false) -> String {
    depth += 1
    let lines = lines(group)
    depth -= 1
    if lines.isEmpty { return "{}" }
    if canBeShort, lines.count == 1, lines[0].utf8.count <= 72, !lines[0].contains("\n") {
      return "{ \(lines[0]) }"
    }
    let inner = indentation + "  "
    return "{\n" + lines.map { inner + $0 + "\n" }.joined() + indentation + "}"
  }

  private mutating func lines(_ group: GroupPattern) -> [String] {
    if case .select(let clause)? = group.elements.first, group.elements.count == 1 {
      return [text(of: clause)]
    }
    var lines: [String] = []
    var index = 0
    while index < group.elements.count {
      let statements = statements(group.elements[index...])
      if statements.isEmpty {
        lines.append(line(group.elements[index]))
        index += 1
      } else {
        lines += sentences(statements)
        index += statements.count
      }
    }
    return lines
  }

  private mutating func line(_ element: GroupElement) -> String {
    switch element {
    case .triple, .path: ""
    case .optional(let group): "OPTIONAL " + block(group, canBeShort: true)
    case .union(let groups):
      groups.map { block($0, canBeShort: true) }.joined(separator: "\n\(indentation)UNION ")
    case .minus(let group): "MINUS " + block(group, canBeShort: true)
    case .filter(let condition): "FILTER " + constraint(condition)
    case .bind(let value, let variable): "BIND(\(expression(value)) AS \(text(variable)))"
    case .values(let variables, let rows): values(variables, rows)
    case .graph(let name, let group): "GRAPH \(text(name)) " + block(group, canBeShort: true)
    case .service(let name, let group, let silent):
      "SERVICE \(silent ? "SILENT " : "")\(text(name)) " + block(group, canBeShort: true)
    case .group(let group): block(group)
    case .select(let clause): block(GroupPattern(elements: [.select(clause)]))
    }
  }

  private mutating func values(_ variables: [Variable], _ rows: [[Term?]]) -> String {
    let cells = rows.map { row in row.map { $0.map { terms.text($0) } ?? "UNDEF" } }
    if variables.count == 1 {
      return "VALUES \(text(variables[0])) { \(cells.map { $0[0] + " " }.joined())}"
    }
    let head = variables.map { text($0) }.joined(separator: " ")
    let lines = cells.map { indentation + "  (" + $0.joined(separator: " ") + ")\n" }
    return "VALUES (\(head)) {\n\(lines.joined())\(indentation)}"
  }
}

// MARK: Triples

extension QueryPrinter {
  private struct StatementText {
    var subject: String
    var verb: String
    var object: String
  }

  /// The triples and paths at the front.
  private mutating func statements(_ elements: ArraySlice<GroupElement>) -> [StatementText] {
    var statements: [StatementText] = []
    for element in elements {
      switch element {
      case .triple(let triple):
        statements.append(
          StatementText(
            subject: text(triple.subject), verb: verb(triple.predicate),
            object: text(triple.object)))
      case .path(let subject, let path, let object):
        statements.append(
          StatementText(subject: text(subject), verb: self.path(path), object: text(object)))
      default: return statements
      }
    }
    return statements
  }

  /// Neighbours with the same subject share it, with `;`, and with the same verb share that, with `,`.
  private func sentences(_ statements: [StatementText]) -> [String] {
    var lines: [String] = []
    var previous: StatementText?
    for statement in statements {
      if let last = previous, last.subject == statement.subject {
        if last.verb == statement.verb {
          lines[lines.count - 1] += ", \(statement.object)"
        } else {
          lines[lines.count - 1] += " ;"
          lines.append("  \(statement.verb) \(statement.object)")
        }
      } else {
        if previous != nil { lines[lines.count - 1] += " ." }
        lines.append("\(statement.subject) \(statement.verb) \(statement.object)")
      }
      previous = statement
    }
    lines[lines.count - 1] += " ."
    return lines
  }
}
