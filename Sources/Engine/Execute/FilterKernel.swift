import Algebra
import RDF

/// Ways to choose rows that need no general evaluation.
enum FilterKernel {
  case sameColumns(Int, Int, negated: Bool)
  case sameConstant(Int, TermID, negated: Bool)
  /// Compares a column with the value of a constant.
  case compare(Expression.Comparison, Int, PackedValue)
  case compareColumns(Expression.Comparison, Int, Int)
  case text(TextKernel)

  /// nil for an expression that must be evaluated row by row.
  init?(_ expression: BoundExpression, _ terms: QueryTerms) {
    switch expression {
    case .call(.sameTerm, let arguments): self.init(arguments, negated: false)
    case .not(.call(.sameTerm, let arguments)): self.init(arguments, negated: true)
    case .compare(let op, .column(let column), .constant(let id)):
      self.init(op, column, terms.packedValue(id))
    case .compare(let op, .constant(let id), .column(let column)):
      self.init(op.mirrored, column, terms.packedValue(id))
    case .compare(let op, .column(let a), .column(let b)): self = .compareColumns(op, a, b)
    case .call(let function, let arguments):
      guard let kernel = TextKernel(function, arguments, terms) else { return nil }
      self = .text(kernel)
    default: return nil
    }
  }

  private init?(_ arguments: [BoundExpression], negated: Bool) {
    guard arguments.count == 2 else { return nil }
    switch (arguments[0], arguments[1]) {
    case (.column(let a), .column(let b)): self = .sameColumns(a, b, negated: negated)
    case (.column(let a), .constant(let id)), (.constant(let id), .column(let a)):
      self = .sameConstant(a, id, negated: negated)
    default: return nil
    }
  }

  private init?(_ op: Expression.Comparison, _ column: Int, _ value: PackedValue) {
    guard value.kind != .none else { return nil }
    self = .compare(op, column, value)
  }

  /// The rows that meet the condition; `general` decides those that the kernel cannot.
  func rows(
    _ batch: Batch, _ terms: QueryTerms,
    general: (Int) throws(EvaluationError) -> Bool
  ) throws(EvaluationError) -> [Int] {
    var rows: [Int] = []
    switch self {
    case .sameColumns(let a, let b, let negated):
      let (a, b) = (batch.columns[a], batch.columns[b])
      for row in 0..<batch.count
      where (a[row] == b[row]) != negated && a[row].isBound && b[row].isBound {
        rows.append(row)
      }
    case .sameConstant(let column, let id, let negated):
      let column = batch.columns[column]
      for row in 0..<batch.count where (column[row] == id) != negated && column[row].isBound {
        rows.append(row)
      }
    case .text(let kernel):
      for row in 0..<batch.count {
        if let holds = kernel.holds(batch, row, terms.dictionary) {
          if holds { rows.append(row) }
        } else if try general(row) {
          rows.append(row)
        }
      }
    case .compareColumns(let op, let a, let b):
      let (a, b) = (batch.columns[a], batch.columns[b])
      for row in 0..<batch.count where a[row].isBound && b[row].isBound {
        let (x, y) = (terms.packedValue(a[row]), terms.packedValue(b[row]))
        let isSameKind = x.tag == y.tag && x.kind != .none
        if isSameKind ? op.holds(x.compare(to: y)) : try general(row) { rows.append(row) }
      }
    case .compare(let op, let column, let constant):
      let column = batch.columns[column]
      for row in 0..<batch.count where column[row].isBound {
        let value = terms.packedValue(column[row])
        if value.tag == constant.tag ? op.holds(value.compare(to: constant)) : try general(row) {
          rows.append(row)
        }
      }
    }
    return rows
  }
}

extension Expression.Comparison {
  /// The comparison with its sides exchanged.
  var mirrored: Expression.Comparison {
    switch self {
    case .equal, .notEqual: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }

  /// Whether values of one kind that stand so to each other meet the comparison.
  @inline(__always)
  func holds(_ order: XSDOrdering) -> Bool {
    switch self {
    case .equal: order == .equal
    case .notEqual: order != .equal
    case .less: order == .less
    case .lessOrEqual: order == .less || order == .equal
    case .greater: order == .greater
    case .greaterOrEqual: order == .greater || order == .equal
    }
  }
}
