/// What functions keep during one evaluation.
final class FunctionState {
  var generator = SystemRandomNumberGenerator()
  /// By pattern and flags in UTF-8: strings that Unicode calls equal may be different patterns.
  private var expressions: [[UInt8]: RegularExpression?] = [:]

  /// More different patterns than this are compiled anew each time.
  private static let expressionLimit = 1000

  /// A compiled pattern, which counts as memory while it is kept; nil when it is none.
  func expression(
    _ pattern: String, _ flags: String, _ context: ExecutionContext
  ) throws(EvaluationError) -> RegularExpression? {
    if let last, last.pattern.utf8.elementsEqual(pattern.utf8), last.flags == flags {
      return last.expression
    }
    let key = Array(flags.utf8) + [0] + Array(pattern.utf8)
    if let known = expressions[key] {
      last = (pattern, flags, known)
      return known
    }
    let made = RegularExpression(pattern, flags: flags, context)
    if expressions.count < Self.expressionLimit {
      try context.charge(byteCount: key.count + (made?.byteCount ?? 0))
      expressions[key] = .some(made)
    }
    last = (pattern, flags, made)
    return made
  }

  private var last: (pattern: String, flags: String, expression: RegularExpression?)?
}
