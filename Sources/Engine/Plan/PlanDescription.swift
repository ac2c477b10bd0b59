import Algebra
import RDF

/// The words of a report on an operator.
struct PlanDescription {
  let name: String
  let detail: @Sendable (_ label: (Term) -> String) -> String

  private enum Piece: Sendable {
    case text(String)
    case term(TermID)
  }

  init(_ node: PlanNode, _ scope: Scope, _ terms: QueryTerms) {
    let names = Dictionary(
      scope.slots.map { ($0.value, "?" + $0.key.name) }, uniquingKeysWith: { a, _ in a })
    let (name, pieces) = Self.words(node, names)
    self.name = name
    detail = { label in
      pieces.map { piece in
        switch piece {
        case .text(let text): text
        case .term(let id): label(terms.term(id))
        }
      }.joined(separator: " ")
    }
  }

  private static func words(_ node: PlanNode, _ names: [Slot: String]) -> (String, [Piece]) {
    func name(_ slot: Slot) -> String { names[slot] ?? "?_\(slot)" }
    func pieces(_ positions: [Position]) -> [Piece] {
      positions.map {
        switch $0 {
        case .constant(let id): .term(id)
        case .slot(let slot): .text(name(slot))
        }
      }
    }
    func list(_ slots: [Slot]) -> [Piece] { slots.map { .text(name($0)) } }
    func shared() -> [Piece] {
      list(node.inputs[1].columns.filter(node.inputs[0].columns.contains))
    }
    switch node.step {
    case .values: return (node.columns.isEmpty ? "start" : "values", list(node.columns))
    case .seed: return ("rows of the other side", [])
    case .lookup(let pattern, _):
      let isScan = Set(pattern.slots).isDisjoint(with: node.inputs[0].columns)
      return (
        isScan ? "scan" : "look up",
        pieces([pattern.subject, pattern.predicate, pattern.object])
      )
    case .intersect(_, let patterns, _):
      return (
        "intersect",
        Array(
          patterns.map { pieces([$0.subject, $0.predicate, $0.object]) }
            .joined(separator: [.text("·")]))
      )
    case .tripleTerm(let slot, let pattern):
      return (
        "triple term",
        [.text(name(slot)), .text("=")]
          + pieces([pattern.subject, pattern.predicate, pattern.object])
      )
    case .path(let path, _): return ("path", pieces([path.subject, path.object]))
    case .join: return ("hash join", shared())
    case .leftJoin: return ("optional hash join", shared())
    case .semiJoin(_, let negated): return (negated ? "antijoin" : "semijoin", shared())
    case .lateralLeftJoin: return ("optional", [])
    case .lateralSemiJoin(_, _, let negated): return (negated ? "not exists" : "exists", [])
    case .minus: return ("minus", shared())
    case .union: return ("union", [])
    case .filter(let planned):
      return (
        "filter", planned.expression.variables.map { "?" + $0.name }.sorted().map { .text($0) }
      )
    case .extend(let slot, _): return ("compute", list([slot]))
    case .number: return ("number rows", [])
    case .group(let keys, _): return ("group", list(keys))
    case .sort: return ("sort", [])
    case .project: return ("project", list(node.columns))
    case .distinct: return ("distinct", [])
    case .combine: return ("combine", list(node.columns))
    case .difference: return ("difference", [])
    case .slice(let offset, let limit):
      return ("slice", [.text("from \(offset)")] + (limit.map { [.text("limit \($0)")] } ?? []))
    }
  }
}
