import Algebra
import RDF

/// A query as its text is laid out.
enum QueryDocument {
  case select(SelectClause)
  case ask(GroupPattern)
  case construct([TriplePattern], SelectClause)
  case describe([TermPattern], SelectClause)
}

/// A group of the text, `{ … }`: what its elements mean, read from left to right, its filters last.
struct GroupPattern {
  var elements: [GroupElement] = []
}

/// One element of a group.
enum GroupElement {
  case triple(TriplePattern)
  case path(TermPattern, Path, TermPattern)
  case optional(GroupPattern)
  case union([GroupPattern])
  case minus(GroupPattern)
  case filter(Expression)
  case bind(Expression, Variable)
  case values([Variable], [[Term?]])
  case graph(TermPattern, GroupPattern)
  case service(TermPattern, GroupPattern, silent: Bool)
  case group(GroupPattern)
  case select(SelectClause)
}

/// A SELECT with its modifiers.
struct SelectClause {
  enum Quantity {
    case all
    case distinct
    case reduced
  }

  /// A column; with a value, `(value AS ?variable)`.
  struct Item {
    var variable: Variable
    var value: Expression?
  }

  var quantity = Quantity.all
  var items: [Item] = []
  var group = GroupPattern()
  var groupKeys: [Variable] = []
  var having: [Expression] = []
  var order: [SortKey] = []
  var offset = 0
  var limit: Int?
  /// What stands for a variable in items, HAVING and ORDER BY.
  var substitutes: [Variable: Substitute] = [:]
}

/// What is written in place of a variable of a grouped query.
enum Substitute {
  case aggregate(Aggregate)
  case expression(Expression)
}
