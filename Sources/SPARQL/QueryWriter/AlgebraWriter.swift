public import Algebra
public import RDF

/// Writes algebra as a tree, one operator a line with its operands below it, for people who look at how a query was read.
/// The operators have the names of SPARQL 1.2 Query, section 18.
public struct AlgebraWriter: Sendable {
  /// Lines of a VALUES table or of triples that are written; what is left out is counted.
  private static let listLimit = 20

  private let prefixes: NamespacePrefixes

  public init(prefixes: NamespacePrefixes = .standard()) {
    self.prefixes = prefixes
  }

  /// Lines, each with its end.
  public func text(of query: Query) -> String {
    var printer = QueryPrinter(prefixes: prefixes, names: VariableNames(query))
    var lines: [String] = []
    add(query.pattern, depth: 0, &printer, &lines)
    return lines.map { $0 + "\n" }.joined()
  }

  private func add(
    _ pattern: Pattern, depth: Int, _ printer: inout QueryPrinter, _ lines: inout [String]
  ) {
    let (name, operands) = describe(pattern, &printer)
    let indentation = String(repeating: "  ", count: depth)
    lines.append(indentation + name)
    for line in list(pattern, &printer) { lines.append(indentation + "  " + line) }
    for operand in operands { add(operand, depth: depth + 1, &printer, &lines) }
  }

  private func describe(
    _ pattern: Pattern, _ printer: inout QueryPrinter
  ) -> (name: String, operands: [Pattern]) {
    switch pattern {
    case .triples: return ("BGP", [])
    case .path(let subject, let path, let object):
      let parts = [printer.text(subject), printer.path(path), printer.text(object)]
      return ("Path " + parts.joined(separator: " "), [])
    case .join(let left, let right): return ("Join", [left, right])
    case .leftJoin(let left, let right, let condition):
      return ("LeftJoin" + (condition.map { " " + printer.expression($0) } ?? ""), [left, right])
    case .union(let left, let right): return ("Union", [left, right])
    case .minus(let left, let right): return ("Minus", [left, right])
    case .filter(let condition, let inner):
      return ("Filter " + printer.expression(condition), [inner])
    case .extend(let inner, let variable, let value):
      return ("Extend \(printer.text(variable)) := \(printer.expression(value))", [inner])
    case .values(let variables, _):
      return (words("Values", variables.map { printer.text($0) }), [])
    case .graph(let name, let inner): return ("Graph " + printer.text(name), [inner])
    case .service(let name, let inner, let silent):
      return ((silent ? "Service SILENT " : "Service ") + printer.text(name), [inner])
    case .group(let inner, let keys, let aggregates):
      let values = aggregates.map {
        "\(printer.text($0.variable)) := \(printer.text($0.aggregate))"
      }
      return (words("Group", keys.map { printer.text($0) } + values), [inner])
    case .orderBy(let inner, let keys):
      let texts = keys.map {
        ($0.descending ? "DESC(" : "ASC(") + printer.expression($0.expression) + ")"
      }
      return (words("OrderBy", texts), [inner])
    case .project(let inner, let variables):
      return (words("Project", variables.map { printer.text($0) }), [inner])
    case .distinct(let inner): return ("Distinct", [inner])
    case .reduced(let inner): return ("Reduced", [inner])
    case .slice(let inner, let offset, let limit):
      return ("Slice \(offset)" + (limit.map { " \($0)" } ?? ""), [inner])
    }
  }

  private func words(_ name: String, _ rest: [String]) -> String {
    ([name] + rest).joined(separator: " ")
  }

  /// What stands below an operator that is a list.
  private func list(_ pattern: Pattern, _ printer: inout QueryPrinter) -> [String] {
    switch pattern {
    case .triples(let triples):
      return limited(triples) {
        words(printer.text($0.subject), [printer.text($0.predicate), printer.text($0.object)])
      }
    case .values(_, let rows):
      return limited(rows) { row in
        row.map { $0.map { printer.terms.text($0) } ?? "UNDEF" }.joined(separator: " ")
      }
    default: return []
    }
  }

  private func limited<Item>(_ items: [Item], _ line: (Item) -> String) -> [String] {
    let lines = items.prefix(Self.listLimit).map(line)
    let rest = items.count - lines.count
    return rest > 0 ? lines + ["… and \(rest) more"] : lines
  }
}
