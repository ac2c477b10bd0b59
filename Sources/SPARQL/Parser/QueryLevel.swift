import Algebra
import Diagnostics

/// The parts of one SELECT, or of a query of another form, before they are put together.
struct QueryLevel {
  enum Quantity {
    case all
    case distinct
    case reduced
  }

  /// A column; with a value, `(value AS ?variable)`.
  struct Column {
    var variable: Variable
    var value: Expression?
    var range: SourceRange
  }

  /// A condition of GROUP BY; with a value, one that the variable gets.
  struct Key {
    var variable: Variable
    var value: Expression?
  }

  var quantity = Quantity.all
  /// nil is `*`.
  var columns: [Column]? = []
  /// Of the columns.
  var columnsRange = SourceRange(0, 0)
  var pattern = Pattern.triples([])
  /// Of the pattern and of all the expressions.
  var height = 1
  var keys: [Key] = []
  var having: [Expression] = []
  var order: [SortKey] = []
  var offset = 0
  var limit: Int?
  var values: Pattern?
  var aggregates: [AggregateBinding] = []

  /// At most how many operators stand one upon another above the pattern.
  var operatorCount: Int {
    // Group, HAVING, VALUES, ORDER BY, projection, DISTINCT, slice.
    let extendCount =
      keys.count { $0.value != nil } + (columns?.count { $0.value != nil } ?? 0)
    return extendCount + balancedHeight(having.count, of: 7)
  }

  var isGrouped: Bool { !keys.isEmpty || !aggregates.isEmpty }
}
