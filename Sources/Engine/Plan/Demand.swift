/// What those above a plan want of its rows.
struct Demand {
  /// The slots that somebody reads.
  var slots: SlotSet
  var duplicates: Duplicates
  /// How often rows may be counted by taking others away. Negative weights are for sums where
  /// they meet what they are taken from.
  var differenceCount = 0
}

/// What becomes of equal rows.
enum Duplicates {
  /// Every solution is a row of its own.
  case kept
  /// A row may stand for several equal ones, by its weight.
  case weighted
  /// Only whether there is such a row matters.
  case dropped
}
