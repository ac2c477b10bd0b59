import Algebra
import RDF

extension QueryPrinter {
  /// How tightly an expression's notation binds, loosest first.
  private enum Level: Int {
    case or
    case and
    case relation
    case sum
    case product
    case unary
    case primary
  }

  mutating func expression(_ expression: Expression) -> String { text(expression, at: .or) }

  /// What stands after FILTER.
  mutating func constraint(_ condition: Expression) -> String {
    switch condition {
    case .exists, .not(.exists): expression(condition)
    default: "(" + expression(condition) + ")"
    }
  }

  private mutating func text(_ expression: Expression, at level: Level) -> String {
    let (text, own) = notation(expression)
    return own.rawValue < level.rawValue ? "(\(text))" : text
  }

  private mutating func binary(
    _ a: Expression, _ left: Level, _ sign: String, _ b: Expression, _ right: Level
  ) -> String {
    "\(text(a, at: left)) \(sign) \(text(b, at: right))"
  }

  private mutating func notation(_ expression: Expression) -> (String, Level) {
    switch expression {
    case .term(let term): return (terms.text(term), .primary)
    case .variable(let variable): return notation(variable)
    case .bound(let variable): return ("BOUND(\(text(variable)))", .primary)
    case .not(.exists(let pattern)): return ("NOT " + exists(pattern), .primary)
    case .not(let inner): return ("!" + text(inner, at: .primary), .unary)
    case .negate(let inner): return ("-" + operand(inner), .unary)
    case .and(let a, let b): return (binary(a, .and, "&&", b, .and), .and)
    case .or(let a, let b): return (binary(a, .or, "||", b, .or), .or)
    case .compare(let sign, let a, let b):
      return (binary(a, .sum, sign.rawValue, b, .sum), .relation)
    case .arithmetic(let sign, let a, let b):
      switch sign {
      case .add, .subtract: return (binary(a, .sum, sign.rawValue, b, .product), .sum)
      case .multiply, .divide: return (binary(a, .product, sign.rawValue, b, .unary), .product)
      }
    case .oneOf(let value, let candidates, let negated):
      let sign = negated ? "NOT IN" : "IN"
      return ("\(text(value, at: .sum)) \(sign) \(arguments(candidates))", .relation)
    case .conditional(let test, let yes, let no):
      return ("IF" + arguments([test, yes, no]), .primary)
    case .coalesce(let list): return ("COALESCE" + arguments(list), .primary)
    case .call(let function, let list):
      if function == .iri { usesBase = true }
      return (Self.spelling(function) + arguments(list), .primary)
    case .callIRI(let iri, let list): return (terms.text(iri: iri) + arguments(list), .primary)
    case .exists(let pattern): return (exists(pattern), .primary)
    case .triple(let subject, let predicate, let object):
      return (triple(subject, predicate, object), .primary)
    }
  }

  private mutating func notation(_ variable: Variable) -> (String, Level) {
    switch substitutes[variable] {
    case nil: (text(variable), .primary)
    case .aggregate(let aggregate): (text(aggregate), .primary)
    case .expression(let value): notation(value)
    }
  }

  /// What stands after a minus: a number there would become a negative literal.
  private mutating func operand(_ inner: Expression) -> String {
    if case .term(.literal) = inner { return "(\(expression(inner)))" }
    return text(inner, at: .primary)
  }

  private mutating func arguments(_ list: [Expression]) -> String {
    "(" + list.map { expression($0) }.joined(separator: ", ") + ")"
  }

  private mutating func exists(_ pattern: Pattern) -> String {
    var builder = SelectBuilder(names: names)
    let group = builder.group(pattern)
    names = builder.names
    return "EXISTS " + block(group, canBeShort: true)
  }

  /// `<<( … )>>` where the grammar allows its parts, else the function.
  private mutating func triple(
    _ subject: Expression, _ predicate: Expression, _ object: Expression
  ) -> String {
    guard isName(subject), isName(predicate), isTriplePart(object) else {
      return "TRIPLE" + arguments([subject, predicate, object])
    }
    return "<<( \(expression(subject)) \(expression(predicate)) \(expression(object)) )>>"
  }

  private func isName(_ expression: Expression) -> Bool {
    switch expression {
    case .variable(let variable): substitutes[variable] == nil
    case .term(.iri): true
    default: false
    }
  }

  private func isTriplePart(_ expression: Expression) -> Bool {
    switch expression {
    case .variable, .term(.iri): isName(expression)
    case .term(.literal): true
    case .triple(let subject, let predicate, let object):
      isName(subject) && isName(predicate) && isTriplePart(object)
    default: false
    }
  }

  mutating func text(_ aggregate: Aggregate) -> String {
    let outer = substitutes
    defer { substitutes = outer }
    substitutes = [:]
    let distinct = aggregate.distinct ? "DISTINCT " : ""
    let argument = distinct + (aggregate.argument.map { expression($0) } ?? "*")
    switch aggregate.function {
    case .count: return "COUNT(\(argument))"
    case .sum: return "SUM(\(argument))"
    case .average: return "AVG(\(argument))"
    case .minimum: return "MIN(\(argument))"
    case .maximum: return "MAX(\(argument))"
    case .sample: return "SAMPLE(\(argument))"
    case .groupConcat(" "): return "GROUP_CONCAT(\(argument))"
    case .groupConcat(let separator):
      return "GROUP_CONCAT(\(argument); SEPARATOR=\(TermText.quoted(separator)))"
    }
  }

  /// The keyword as the specification writes it.
  private static func spelling(_ function: Function) -> String {
    switch function {
    case .isIRI: "isIRI"
    case .isBlank: "isBLANK"
    case .isLiteral: "isLITERAL"
    case .isNumeric: "isNUMERIC"
    case .isTriple: "isTRIPLE"
    case .hasLang: "hasLANG"
    case .hasLangDir: "hasLANGDIR"
    case .langMatches: "langMATCHES"
    case .sameTerm: "sameTERM"
    default: function.rawValue
    }
  }
}
