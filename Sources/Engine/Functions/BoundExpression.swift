import Algebra
import RDF

/// An expression whose variables are columns of certain batches.
indirect enum BoundExpression {
  case constant(TermID)
  case column(Int)
  /// A variable that is bound in no row.
  case unbound
  case bound(BoundExpression)
  case not(BoundExpression)
  case and(BoundExpression, BoundExpression)
  case or(BoundExpression, BoundExpression)
  case compare(Expression.Comparison, BoundExpression, BoundExpression)
  case arithmetic(Expression.Arithmetic, BoundExpression, BoundExpression)
  case negate(BoundExpression)
  case oneOf(BoundExpression, [BoundExpression], negated: Bool)
  case conditional(BoundExpression, BoundExpression, BoundExpression)
  case coalesce([BoundExpression])
  case call(Function, [BoundExpression])
  /// REGEX with a pattern and flags that are the same for all rows.
  case match(BoundExpression, RegularExpression)
  case cast(XSDDatatype, BoundExpression)
  case exists(ExistsProbe)
  case triple(BoundExpression, BoundExpression, BoundExpression)

  /// Binds variables to the columns of batches with the given slots.
  init(
    _ planned: PlannedExpression, columns: [Slot], _ context: ExecutionContext
  ) throws(EvaluationError) {
    let binder = Binder(planned: planned, columns: columns, context: context)
    self = try binder.bind(planned.expression, depth: 0)
  }

  /// Whether it gives the same for equal terms in the columns that it reads, which are added; a pattern that is
  /// asked for may read others.
  func isRepeatable(reading columns: inout SlotSet) -> Bool {
    switch self {
    case .constant, .unbound: return true
    case .column(let column):
      columns.insert(column)
      return true
    case .exists, .call(.rand, _), .call(.bnode, _), .call(.uuid, _), .call(.strUUID, _):
      return false
    case .bound(let a), .not(let a), .negate(let a), .match(let a, _), .cast(_, let a):
      return a.isRepeatable(reading: &columns)
    case .and(let a, let b), .or(let a, let b), .compare(_, let a, let b),
      .arithmetic(_, let a, let b):
      return a.isRepeatable(reading: &columns) && b.isRepeatable(reading: &columns)
    case .conditional(let a, let b, let c), .triple(let a, let b, let c):
      return a.isRepeatable(reading: &columns) && b.isRepeatable(reading: &columns)
        && c.isRepeatable(reading: &columns)
    case .oneOf(let a, let list, _):
      return a.isRepeatable(reading: &columns) && Self.areRepeatable(list, &columns)
    case .coalesce(let list), .call(_, let list): return Self.areRepeatable(list, &columns)
    }
  }

  private static func areRepeatable(
    _ list: [BoundExpression], _ columns: inout SlotSet
  ) -> Bool {
    for expression in list where !expression.isRepeatable(reading: &columns) { return false }
    return true
  }
}

private struct Binder {
  let planned: PlannedExpression
  let columns: [Slot]
  let context: ExecutionContext

  func bind(_ expression: Expression, depth: Int) throws(EvaluationError) -> BoundExpression {
    guard depth < Planner.depthLimit else {
      throw .unsupported("expressions nested too deeply")
    }
    try context.tick(8)
    let depth = depth + 1
    switch expression {
    case .term(let term): return .constant(try context.terms.intern(term))
    case .variable(let variable): return self.variable(variable)
    case .bound(let variable): return .bound(self.variable(variable))
    case .not(let a): return .not(try bind(a, depth: depth))
    case .and(let a, let b): return .and(try bind(a, depth: depth), try bind(b, depth: depth))
    case .or(let a, let b): return .or(try bind(a, depth: depth), try bind(b, depth: depth))
    case .compare(let op, let a, let b):
      return .compare(op, try bind(a, depth: depth), try bind(b, depth: depth))
    case .arithmetic(let op, let a, let b):
      return .arithmetic(op, try bind(a, depth: depth), try bind(b, depth: depth))
    case .negate(let a): return .negate(try bind(a, depth: depth))
    case .oneOf(let a, let list, let negated):
      return .oneOf(try bind(a, depth: depth), try bind(list, depth: depth), negated: negated)
    case .conditional(let a, let b, let c):
      return .conditional(
        try bind(a, depth: depth), try bind(b, depth: depth), try bind(c, depth: depth))
    case .coalesce(let list): return .coalesce(try bind(list, depth: depth))
    case .call(let function, let list):
      let arguments = try bind(list, depth: depth)
      if function == .regex, let expression = try regularExpression(arguments.dropFirst()) {
        return .match(arguments[0], expression)
      }
      return .call(function, arguments)
    case .callIRI(let iri, let list):
      guard let datatype = XSDDatatype(iri: iri), list.count == 1 else {
        throw .unsupported("there is no function <\(iri)>")
      }
      return .cast(datatype, try bind(list[0], depth: depth))
    case .exists(let pattern):
      return .exists(ExistsProbe(pattern, planned, columns: columns, context))
    case .triple(let a, let b, let c):
      return .triple(
        try bind(a, depth: depth), try bind(b, depth: depth), try bind(c, depth: depth))
    }
  }

  private func bind(_ list: [Expression], depth: Int) throws(EvaluationError) -> [BoundExpression] {
    var result: [BoundExpression] = []
    for part in list { result.append(try bind(part, depth: depth)) }
    return result
  }

  /// A pattern with flags; nil where they are no constants, or no pattern and flags.
  private func regularExpression(
    _ arguments: ArraySlice<BoundExpression>
  ) throws(EvaluationError) -> RegularExpression? {
    var texts: [String] = []
    for argument in arguments {
      guard case .constant(let id) = argument, case .literal(let literal) = context.terms.term(id),
        literal.datatype == XSD.string
      else { return nil }
      texts.append(literal.lexicalForm)
    }
    guard let pattern = texts.first else { return nil }
    let made = RegularExpression(pattern, flags: texts.count > 1 ? texts[1] : "", context)
    try context.charge(byteCount: made?.byteCount ?? 0)
    return made
  }

  private func variable(_ variable: Variable) -> BoundExpression {
    switch planned.scope.position(variable) {
    case .constant(let id): .constant(id)
    case .slot(let slot): columns.firstIndex(of: slot).map { .column($0) } ?? .unbound
    case nil: .unbound
    }
  }
}
