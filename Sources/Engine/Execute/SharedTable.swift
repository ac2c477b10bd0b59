/// The table of a join, made when first wanted and then the same for all who probe it.
///
/// Whoever lets several threads probe it has it made before.
final class SharedTable {
  private let make: () throws(EvaluationError) -> JoinTable
  private var made: JoinTable?

  init(_ make: @escaping () throws(EvaluationError) -> JoinTable) {
    self.make = make
  }

  func table() throws(EvaluationError) -> JoinTable {
    if let made { return made }
    let table = try make()
    made = table
    return table
  }
}
