import Algebra
import RDF

/// Regular expressions and digests.
extension ExpressionEvaluator {
  func patternFunction(_ function: Function, _ values: [Value]) throws(EvaluationError) -> Value? {
    throw .unsupported(function.rawValue)
  }

  func digestFunction(_ function: Function, _ values: [Value]) -> Value? { nil }
}
