/// What functions keep during one evaluation.
final class FunctionState {
  var generator = SystemRandomNumberGenerator()
  private var expressions: [[String]: RegularExpression?] = [:]

  /// More different patterns than this are compiled anew each time.
  private static let expressionLimit = 1000

  /// A compiled pattern; nil when it is none.
  func expression(_ pattern: String, _ flags: String) -> RegularExpression? {
    if let last, last.pattern == pattern, last.flags == flags { return last.expression }
    let key = [pattern, flags]
    let made = expressions[key] ?? RegularExpression(pattern, flags: flags)
    if expressions.count < Self.expressionLimit { expressions[key] = .some(made) }
    last = (pattern, flags, made)
    return made
  }

  private var last: (pattern: String, flags: String, expression: RegularExpression?)?
}
