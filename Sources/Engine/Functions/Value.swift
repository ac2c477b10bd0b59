import Algebra
import RDF

/// What an expression gives: a term of the query, or a value not yet made a term.
enum Value: Sendable {
  case id(TermID)
  /// The literal with the value's canonical form.
  case xsd(XSDValue)
  case text(TaggedText)

  static func boolean(_ value: Bool) -> Value { .xsd(.boolean(value)) }
  static func string(_ value: String) -> Value { .xsd(.string(value)) }
  static func integer(_ value: some BinaryInteger) -> Value { .xsd(.integer(Int128(value))) }
}

/// A string with its language and direction, if any.
struct TaggedText {
  var text: String
  var language: String?
  var direction: Literal.Direction?

  /// The same tags on another text.
  func with(_ text: String) -> Value {
    language == nil ? .string(text) : .text(TaggedText(text, language, direction))
  }

  /// Its tags only.
  var withoutText: TaggedText { TaggedText("", language, direction) }

  init(_ text: String, _ language: String? = nil, _ direction: Literal.Direction? = nil) {
    self.text = text
    self.language = language
    self.direction = direction
  }

  /// Whether `other` may be an argument beside this one. Source: SPARQL 1.2, section 17.4.3.1.2.
  func accepts(_ other: TaggedText) -> Bool { other.language == nil || hasTags(of: other) }

  /// Whether both have the same language, case aside, and direction.
  func hasTags(of other: TaggedText) -> Bool {
    language?.lowercased() == other.language?.lowercased() && direction == other.direction
  }

  /// The same literal; by code points, not by Unicode's equivalence.
  func isSame(as other: TaggedText) -> Bool {
    text.utf8.elementsEqual(other.text.utf8) && hasTags(of: other)
  }

  var literal: Literal {
    language.map { Literal(text, language: $0, direction: direction) } ?? Literal(text)
  }
}
