import Algebra

extension Pattern {
  var parts: [Pattern] {
    switch self {
    case .triples, .path, .values: []
    case .join(let a, let b), .leftJoin(let a, let b, _), .union(let a, let b),
      .minus(let a, let b):
      [a, b]
    case .filter(_, let inner), .extend(let inner, _, _), .graph(_, let inner),
      .service(_, let inner, _), .group(let inner, _, _), .orderBy(let inner, _),
      .project(let inner, _), .distinct(let inner), .reduced(let inner), .slice(let inner, _, _):
      [inner]
    }
  }

  var expressions: [Expression] {
    switch self {
    case .filter(let condition, _): [condition]
    case .leftJoin(_, _, let condition): condition.map { [$0] } ?? []
    case .extend(_, _, let value): [value]
    case .group(_, _, let aggregates): aggregates.compactMap(\.aggregate.argument)
    case .orderBy(_, let keys): keys.map(\.expression)
    case .triples, .path, .values, .join, .union, .minus, .graph, .service, .project, .distinct,
      .reduced, .slice:
      []
    }
  }

  /// The pattern with each of its parts transformed, and each expression beside them.
  func mapping(
    _ transform: (Pattern) -> Pattern, _ expression: (Expression) -> Expression
  ) -> Pattern {
    switch self {
    case .triples, .path, .values: return self
    case .join(let a, let b): return .join(transform(a), transform(b))
    case .leftJoin(let a, let b, let condition):
      return .leftJoin(transform(a), transform(b), condition: condition.map(expression))
    case .union(let a, let b): return .union(transform(a), transform(b))
    case .minus(let a, let b): return .minus(transform(a), transform(b))
    case .filter(let condition, let inner): return .filter(expression(condition), transform(inner))
    case .extend(let inner, let variable, let value):
      return .extend(transform(inner), variable, expression(value))
    case .graph(let name, let inner): return .graph(name, transform(inner))
    case .service(let name, let inner, let silent):
      return .service(name, transform(inner), silent: silent)
    case .group(let inner, let keys, var aggregates):
      for index in aggregates.indices {
        aggregates[index].aggregate.argument = aggregates[index].aggregate.argument.map(expression)
      }
      return .group(transform(inner), by: keys, aggregates: aggregates)
    case .orderBy(let inner, var keys):
      for index in keys.indices { keys[index].expression = expression(keys[index].expression) }
      return .orderBy(transform(inner), keys)
    case .project(let inner, let variables): return .project(transform(inner), variables)
    case .distinct(let inner): return .distinct(transform(inner))
    case .reduced(let inner): return .reduced(transform(inner))
    case .slice(let inner, let offset, let limit):
      return .slice(transform(inner), offset: offset, limit: limit)
    }
  }
}
