import Algebra
import RDF

/// Regular expressions and digests.
extension ExpressionEvaluator {
  func patternFunction(_ function: Function, _ values: [Value]) throws(EvaluationError) -> Value? {
    let flagPlace = function == .regex ? 2 : 3
    guard values.count >= flagPlace, let pattern = plainText(values[1]) else { return nil }
    var flags = ""
    if values.count > flagPlace {
      guard let given = plainText(values[flagPlace]) else { return nil }
      flags = given
    }
    guard let expression = try functions.expression(pattern, flags, context) else { return nil }
    if function == .regex { return try matches(expression, values[0]).map(Value.boolean) }
    guard let text = text(values[0]), let replacement = plainText(values[2]) else {
      return nil
    }
    return try expression.replacing(in: text.text, with: replacement).map(text.with)
  }

  /// Matches a string where it lies, without making a String of it.
  func matches(
    _ expression: RegularExpression, _ value: Value
  ) throws(EvaluationError) -> Bool? {
    var found: Bool?
    if case .id(let id) = value {
      guard kind(value) == .plainLiteral || kind(value) == .languageLiteral else { return nil }
      found = terms.withUTF8(of: id) { span in
        span.withUnsafeBufferPointer { expression.matches($0) }
      }
    } else {
      guard var text = text(value)?.text else { return nil }
      found = text.withUTF8 { expression.matches($0) }
    }
    try expression.checkEnd()
    return found
  }

  func digestFunction(_ function: Function, _ values: [Value]) throws(EvaluationError) -> Value? {
    guard let text = text(values.first), text.language == nil else { return nil }
    return try Digest.hexadecimal(function, of: text.text, context).map(Value.string)
  }
}
