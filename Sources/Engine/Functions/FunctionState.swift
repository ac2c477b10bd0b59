import RDF

/// What functions keep during one evaluation.
final class FunctionState {
  /// NOW is one instant for the whole query.
  let now = XSDDateTime(
    attoseconds: Int128(Clock.microsecondsSince1970()) * 1_000_000_000_000, offsetMinutes: 0)
  var generator = SystemRandomNumberGenerator()
}
