import Algebra
import RDF

/// Expressions, for the datatypes and functions that the generator uses.
extension ReferenceEvaluator {
  func isTrue(_ expression: Expression, _ row: Row, _ outer: Row) -> Bool {
    truth(value(expression, row, outer)) ?? false
  }

  /// The effective boolean value; nil is an error.
  private func truth(_ term: Term?) -> Bool? {
    guard case .literal(let literal) = term, literal.language == nil else { return nil }
    switch literal.datatype {
    case XSD.boolean: return literal.lexicalForm == "true"
    case XSD.string: return !literal.lexicalForm.isEmpty
    case XSD.integer, XSD.decimal: return Number(.literal(literal)).map { $0.tenths != 0 } ?? false
    default: return nil
    }
  }

  private func boolean(_ value: Bool?) -> Term? {
    value.map { .literal(Literal($0 ? "true" : "false", datatype: XSD.boolean)) }
  }

  /// nil is an error.
  func value(_ expression: Expression, _ row: Row, _ outer: Row) -> Term? {
    switch expression {
    case .term(let term): return term
    case .variable(let variable): return outer[variable] ?? row[variable]
    case .bound(let variable): return boolean((outer[variable] ?? row[variable]) != nil)
    case .not(let a): return boolean(truth(value(a, row, outer)).map { !$0 })
    case .and(let a, let b):
      let (a, b) = (truth(value(a, row, outer)), truth(value(b, row, outer)))
      return boolean(a == false || b == false ? false : a == nil || b == nil ? nil : true)
    case .or(let a, let b):
      let (a, b) = (truth(value(a, row, outer)), truth(value(b, row, outer)))
      return boolean(a == true || b == true ? true : a == nil || b == nil ? nil : false)
    case .compare(let op, let a, let b):
      guard let a = value(a, row, outer), let b = value(b, row, outer) else { return nil }
      return boolean(compare(op, a, b))
    case .arithmetic(let op, let a, let b):
      guard let first = value(a, row, outer), let second = value(b, row, outer) else { return nil }
      guard let a = Number(first), let b = Number(second) else {
        return op == .subtract ? daysBetween(first, second) : nil
      }
      return op == .add ? a.adding(b).term : a.adding(b.negated).term
    case .negate(let a): return value(a, row, outer).flatMap(Number.init)?.negated.term
    case .oneOf(let a, let list, let negated):
      guard let a = value(a, row, outer) else { return nil }
      let results = list.map { value($0, row, outer).flatMap { equals(a, $0) } }
      let found = results.contains(true) ? true : results.contains(nil) ? nil : false
      return boolean(found.map { $0 != negated })
    case .conditional(let test, let a, let b):
      return truth(value(test, row, outer)).flatMap { value($0 ? a : b, row, outer) }
    case .coalesce(let list):
      return list.lazy.compactMap { value($0, row, outer) }.first
    case .call(let function, let arguments):
      let values = arguments.compactMap { value($0, row, outer) }
      return values.count == arguments.count ? call(function, values) : nil
    case .exists(let pattern):
      return boolean(!evaluate(pattern, outer: row.merging(outer) { _, b in b }).isEmpty)
    case .callIRI, .triple: return nil
    }
  }

  private func call(_ function: Function, _ values: [Term]) -> Term? {
    switch (function, values[0]) {
    case (.isIRI, .iri), (.isBlank, .blankNode), (.isLiteral, .literal), (.isTriple, .triple):
      return boolean(true)
    case (.isIRI, _), (.isBlank, _), (.isLiteral, _), (.isTriple, _): return boolean(false)
    case (.isNumeric, _): return boolean(Number(values[0]) != nil)
    case (.sameTerm, _): return boolean(values[0] == values[1])
    case (.str, .iri(let iri)): return .literal(Literal(iri))
    case (.str, .literal(let literal)): return .literal(Literal(literal.lexicalForm))
    case (.lang, .literal(let literal)): return .literal(Literal(literal.language ?? ""))
    case (.datatype, .literal(let literal)): return .iri(literal.datatype)
    case (.strlen, .literal(let literal))
    where literal.language != nil || literal.datatype == XSD.string:
      return .literal(.integer(literal.lexicalForm.count))
    case (.subject, .triple(let triple)): return triple.subject
    case (.object, .triple(let triple)): return triple.object
    default: return nil
    }
  }

  // MARK: Comparing

  private func compare(_ op: Expression.Comparison, _ a: Term, _ b: Term) -> Bool? {
    switch op {
    case .equal: return equals(a, b)
    case .notEqual: return equals(a, b).map { !$0 }
    default: break
    }
    guard let order = order(a, b) else { return nil }
    switch op {
    case .less: return order < 0
    case .lessOrEqual: return order <= 0
    case .greater: return order > 0
    default: return order >= 0
    }
  }

  private func order(_ a: Term, _ b: Term) -> Int? {
    if let a = Number(a), let b = Number(b) { return a.tenths - b.tenths }
    guard case .literal(let x) = a, case .literal(let y) = b, x.datatype == y.datatype,
      x.language == y.language,
      [XSD.string, XSD.date, XSD.boolean, Vocabulary.langString].contains(x.datatype)
    else { return nil }
    return x.lexicalForm == y.lexicalForm ? 0 : x.lexicalForm < y.lexicalForm ? -1 : 1
  }

  private func equals(_ a: Term, _ b: Term) -> Bool? {
    if a == b { return true }
    if case .triple(let x) = a, case .triple(let y) = b {
      let parts = [
        equals(x.subject, y.subject), equals(x.predicate, y.predicate), equals(x.object, y.object),
      ]
      return parts.contains(false) ? false : parts.contains(nil) ? nil : true
    }
    guard case .literal(let x) = a, case .literal(let y) = b else { return false }
    if let order = order(a, b) { return order == 0 }
    if x.language != nil || y.language != nil { return false }
    let known = [XSD.string, XSD.date, XSD.boolean, XSD.integer, XSD.decimal]
    return known.contains(x.datatype) && known.contains(y.datatype) ? false : nil
  }
}

/// The duration from one date without a time zone to another. Source: XPath Functions, op:subtract-dates.
private func daysBetween(_ a: Term, _ b: Term) -> Term? {
  guard let a = dayNumber(a), let b = dayNumber(b) else { return nil }
  let days = a - b
  let text = days == 0 ? "PT0S" : "\(days < 0 ? "-" : "")P\(abs(days))D"
  return .literal(Literal(text, datatype: XSD.dayTimeDuration))
}

/// Days since 1 March of year 0, in the Gregorian calendar.
private func dayNumber(_ term: Term) -> Int? {
  guard case .literal(let literal) = term, literal.datatype == XSD.date else { return nil }
  let parts = literal.lexicalForm.split(separator: "-").compactMap { Int($0) }
  guard parts.count == 3 else { return nil }
  let year = parts[1] > 2 ? parts[0] : parts[0] - 1
  let month = (parts[1] + 9) % 12
  return year * 365 + year / 4 - year / 100 + year / 400 + (month * 306 + 5) / 10 + parts[2] - 1
}

/// A number in tenths: integers, and decimals with one digit after the point.
struct Number {
  var tenths: Int
  var isInteger: Bool

  init(tenths: Int, isInteger: Bool) {
    self.tenths = tenths
    self.isInteger = isInteger
  }

  init?(_ term: Term) {
    guard case .literal(let literal) = term else { return nil }
    if literal.datatype == XSD.integer, let value = Int(literal.lexicalForm) {
      self.init(tenths: value * 10, isInteger: true)
    } else if literal.datatype == XSD.decimal, let value = Double(literal.lexicalForm) {
      self.init(tenths: Int((value * 10).rounded()), isInteger: false)
    } else {
      return nil
    }
  }

  func adding(_ other: Number) -> Number {
    Number(tenths: tenths + other.tenths, isInteger: isInteger && other.isInteger)
  }

  var negated: Number { Number(tenths: -tenths, isInteger: isInteger) }

  var term: Term {
    if isInteger { return .literal(.integer(tenths / 10)) }
    let sign = tenths < 0 ? "-" : ""
    let size = abs(tenths)
    let text = size % 10 == 0 ? "\(sign)\(size / 10)" : "\(sign)\(size / 10).\(size % 10)"
    return .literal(Literal(text, datatype: XSD.decimal))
  }
}

/// The order of ORDER BY, MIN and MAX.
enum ReferenceOrder {
  static func precedes(_ a: Term, _ b: Term) -> Bool { compare(a, b) < 0 }

  private static func rank(_ term: Term) -> Int {
    switch term {
    case .blankNode: return 1
    case .iri: return 2
    case .triple: return 9
    case .literal(let literal):
      if literal.language != nil { return 7 }
      switch literal.datatype {
      case XSD.string: return 3
      case XSD.boolean: return 4
      case XSD.integer, XSD.decimal: return 5
      case XSD.date: return 6
      default: return 8
      }
    }
  }

  /// Negative, zero or positive; unbound comes first.
  static func compare(_ a: Term?, _ b: Term?) -> Int {
    guard let a, let b else { return (a == nil ? 0 : 1) - (b == nil ? 0 : 1) }
    if rank(a) != rank(b) { return rank(a) - rank(b) }
    if let x = Number(a), let y = Number(b) { return x.tenths - y.tenths }
    switch (a, b) {
    case (.iri(let x), .iri(let y)), (.blankNode(let x), .blankNode(let y)):
      return x < y ? -1 : x == y ? 0 : 1
    case (.literal(let x), .literal(let y)):
      let (left, right) = ([x.lexicalForm, x.language ?? ""], [y.lexicalForm, y.language ?? ""])
      return left.lexicographicallyPrecedes(right) ? -1 : left == right ? 0 : 1
    case (.triple(let x), .triple(let y)):
      for (left, right) in [
        (x.subject, y.subject), (x.predicate, y.predicate), (x.object, y.object),
      ] where compare(left, right) != 0 {
        return compare(left, right)
      }
      return 0
    default: return 0
    }
  }
}

extension Literal {
  static func integer(_ value: Int) -> Literal { Literal(String(value), datatype: XSD.integer) }
}
