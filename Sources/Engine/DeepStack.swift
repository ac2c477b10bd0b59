import Algebra

/// Runs what may recurse deeply on a thread with room for it: the caller's may have little.
enum DeepStack {
  private static let byteCount = 256 << 20

  /// Runs what works on a pattern: on the calling thread when the pattern is small or no other
  /// thread can be had, on one of its own otherwise.
  static func run<R>(
    ifLarge isLarge: Bool, _ body: () throws(EvaluationError) -> R
  ) throws(EvaluationError) -> R {
    guard isLarge else { return try body() }
    var result: Result<R, EvaluationError>?
    func carryOut() {
      do throws(EvaluationError) {
        result = .success(try body())
      } catch {
        result = .failure(error)
      }
    }
    withoutActuallyEscaping(carryOut) { work in
      // This thread does nothing meanwhile.
      nonisolated(unsafe) let work = work
      if let thread = WorkerThread(stackByteCount: byteCount, { work() }) {
        thread.join()
      } else {
        work()
      }
    }
    guard let result else { preconditionFailure("the work has not been done") }
    return try result.get()
  }
}

extension Pattern {
  /// Whether so many parts, expressions and triples are inside that recursion over them, or over
  /// their plan, may need a stack of its own. Not recursive.
  var isLarge: Bool {
    var count = 0
    var patterns = [self]
    var expressions: [Expression] = []
    var paths: [Path] = []
    while count < 50 {
      count += 1
      if let expression = expressions.popLast() {
        expressions += expression.parts
        if case .exists(let pattern) = expression { patterns.append(pattern) }
      } else if let path = paths.popLast() {
        paths += path.parts
      } else if let pattern = patterns.popLast() {
        if case .triples(let triples) = pattern { count += triples.count }
        if case .path(_, let path, _) = pattern { paths.append(path) }
        patterns += pattern.parts
        expressions += pattern.expressions
      } else {
        return false
      }
    }
    return true
  }

  private var parts: [Pattern] {
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

  private var expressions: [Expression] {
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
}

extension Path {
  fileprivate var parts: [Path] {
    switch self {
    case .predicate, .negated: []
    case .inverse(let inner), .zeroOrMore(let inner), .oneOrMore(let inner), .zeroOrOne(let inner):
      [inner]
    case .sequence(let a, let b), .alternative(let a, let b): [a, b]
    }
  }
}
