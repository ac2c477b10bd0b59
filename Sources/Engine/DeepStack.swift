import Algebra

/// Runs what may recurse deeply on a thread with room for it: the caller's may have little.
enum DeepStack {
  private static let byteCount = 256 << 20

  /// Runs what works on a pattern in an evaluation: on the calling thread when the pattern is small or no other thread can be
  /// had, on one of its own otherwise. Once the limits have ended that, nobody waits for it, which may be planning something
  /// or freeing it, and does nothing then that others see.
  static func run<R>(
    ifLarge isLarge: Bool, _ context: ExecutionContext,
    _ body: @escaping () throws(EvaluationError) -> R
  ) throws(EvaluationError) -> R {
    guard isLarge else { return try body() }
    // This thread does nothing meanwhile, and what the body uses is its own when it has ended.
    nonisolated(unsafe) let work = body
    return try DetachedThread.result(
      of: { Result(catching: work) }, stackByteCount: byteCount, poll: context.giveUpIfEnded
    ).get()
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
