import Algebra
import RDF

/// Evaluates expressions over rows. nil is an error in the sense of SPARQL, a value like others.
final class ExpressionEvaluator {
  let context: ExecutionContext
  let terms: QueryTerms
  let functions = FunctionState()
  /// By the number; `none` for those not met yet. Empty until some integers have been asked for.
  private var smallIntegers: [TermID] = []
  private var integerCount = 0

  init(_ context: ExecutionContext) {
    self.context = context
    terms = context.terms
  }

  /// The handle of a value.
  func id(_ value: Value) throws(EvaluationError) -> TermID {
    switch value {
    case .id(let id): id
    case .xsd(.integer(let number)): try id(number)
    case .xsd(let value): try id(value.literal)
    case .text(let text): try id(text.literal)
    }
  }

  /// The handle of a literal, whose text may be so long that it takes a while to find, and to copy.
  private func id(_ literal: Literal) throws(EvaluationError) -> TermID {
    let byteCount = literal.lexicalForm.utf8.count
    try context.tick(byteCount / 8)
    if byteCount <= ExecutionContext.quickByteCount {
      return try terms.intern(.literal(literal))
    }
    let terms = terms
    return try context.aside(textOf: byteCount) {
      Result { () throws(EvaluationError) in try terms.intern(.literal(literal)) }
    }.get()
  }

  /// The handle of an integer; where many are asked for, those of small ones are kept.
  private func id(_ number: Int128) throws(EvaluationError) -> TermID {
    integerCount &+= 1
    if integerCount < Self.keepingCount || number < 0 || number >= Int128(Self.smallLimit) {
      return try terms.intern(.literal(XSDValue.integer(number).literal))
    }
    if smallIntegers.isEmpty {
      smallIntegers = [TermID](repeating: .none, count: Self.smallLimit)
    }
    let known = smallIntegers[Int(number)]
    if known.isBound { return known }
    let made = try terms.intern(.literal(XSDValue.integer(number).literal))
    smallIntegers[Int(number)] = made
    return made
  }

  private static let smallLimit = 4096
  private static let keepingCount = 32

  /// Whether the effective boolean value is true; an error is not.
  func isTrue(
    _ expression: BoundExpression, _ batch: Batch, _ row: Int
  ) throws(EvaluationError) -> Bool {
    try boolean(expression, batch, row) ?? false
  }

  func value(
    _ expression: BoundExpression, _ batch: Batch, _ row: Int
  ) throws(EvaluationError) -> Value? {
    switch expression {
    case .constant(let id): return .id(id)
    case .column(let column):
      let id = batch.columns[column][row]
      return id.isBound ? .id(id) : nil
    case .unbound: return nil
    case .not, .and, .or, .compare, .oneOf, .exists, .bound, .match:
      return try boolean(expression, batch, row).map(Value.boolean)
    case .arithmetic(let op, let a, let b):
      guard let a = xsdUnlessText(try value(a, batch, row)),
        let b = xsdUnlessText(try value(b, batch, row))
      else { return nil }
      return Self.arithmetic(op, a, b).map(Value.xsd)
    case .negate(let a): return xsdUnlessText(try value(a, batch, row))?.negated.map(Value.xsd)
    case .conditional(let test, let a, let b):
      guard let test = try boolean(test, batch, row) else { return nil }
      return try value(test ? a : b, batch, row)
    case .coalesce(let list):
      for part in list { if let value = try value(part, batch, row) { return value } }
      return nil
    case .call(let function, let arguments):
      if function.isCalendarPart || function == .strlen,
        case .column(let column) = arguments[0],
        let number = number(function, of: batch.columns[column][row])
      {
        return .integer(number)
      }
      return try call(function, arguments, batch, row)
    case .cast(let datatype, let argument):
      return try cast(try value(argument, batch, row), to: datatype)
    case .triple(let a, let b, let c):
      return try triple([a, b, c], batch, row)
    }
  }

  /// The length of a string or a part of a date, without the list of values that other functions
  /// take; nil where that does not tell.
  private func number(_ function: Function, of id: TermID) -> Int? {
    if !id.isBound { return nil }
    return function == .strlen
      ? terms.scalarCount(id) : terms.packedValue(id).part(function)
  }

  /// Expressions whose value is a boolean, without making one a term; for others, the effective
  /// boolean value. nil is an error.
  func boolean(
    _ expression: BoundExpression, _ batch: Batch, _ row: Int
  ) throws(EvaluationError) -> Bool? {
    switch expression {
    case .bound(let variable): return try value(variable, batch, row) != nil
    case .not(let a): return try boolean(a, batch, row).map { !$0 }
    case .and(let a, let b):
      let left = try boolean(a, batch, row)
      if left == false { return false }
      let right = try boolean(b, batch, row)
      return right == false ? false : left == nil || right == nil ? nil : true
    case .or(let a, let b):
      let left = try boolean(a, batch, row)
      if left == true { return true }
      let right = try boolean(b, batch, row)
      return right == true ? true : left == nil || right == nil ? nil : false
    case .compare(let op, let a, let b):
      try context.tick()
      guard let a = try value(a, batch, row), let b = try value(b, batch, row) else { return nil }
      return try compare(op, a, b)
    case .oneOf(let a, let list, let negated):
      return try oneOf(a, list, batch, row).map { $0 != negated }
    case .exists(let probe): return try probe.hasMatch(batch, row)
    case .match(let argument, let expression):
      return try value(argument, batch, row).flatMap { value throws(EvaluationError) in
        try matches(expression, value)
      }
    case .constant, .column, .unbound, .arithmetic, .negate, .conditional, .coalesce, .call, .cast,
      .triple:
      return try value(expression, batch, row).flatMap(effectiveBoolean)
    }
  }

  /// IN: true as soon as one is equal, an error when none is but one comparison was an error.
  private func oneOf(
    _ a: BoundExpression, _ list: [BoundExpression], _ batch: Batch, _ row: Int
  ) throws(EvaluationError) -> Bool? {
    guard let a = try value(a, batch, row) else { return nil }
    var hasError = false
    for part in list {
      try context.tick()
      guard let b = try value(part, batch, row), let isEqual = try equals(a, b) else {
        hasError = true
        continue
      }
      if isEqual { return true }
    }
    return hasError ? nil : false
  }

  private func triple(
    _ parts: [BoundExpression], _ batch: Batch, _ row: Int
  ) throws(EvaluationError) -> Value? {
    var ids: [TermID] = []
    for part in parts {
      guard let value = try value(part, batch, row) else { return nil }
      ids.append(try id(value))
    }
    let subject = terms.kind(ids[0])
    guard subject == .iri || subject == .blankNode, terms.kind(ids[1]) == .iri else { return nil }
    return .id(try terms.internTriple(EncodedTriple(ids[0], ids[1], ids[2])))
  }

  private static func arithmetic(
    _ op: Expression.Arithmetic, _ a: XSDValue, _ b: XSDValue
  ) -> XSDValue? {
    switch op {
    case .add: a.adding(b)
    case .subtract: a.subtracting(b)
    case .multiply: a.multiplied(by: b)
    case .divide: a.divided(by: b)
    }
  }
}
