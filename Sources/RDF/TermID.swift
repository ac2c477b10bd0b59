/// The handle of a term in one dictionary: dense from 1 in order of arrival; 0 is "unbound".
public struct TermID: RawRepresentable, Hashable, Comparable, Sendable, BitwiseCopyable {
  public var rawValue: UInt32

  @inlinable
  public init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// No term: an unbound variable, or an open position of a pattern.
  @inlinable
  public static var none: TermID { TermID(rawValue: 0) }

  @inlinable
  public var isBound: Bool { rawValue != 0 }

  @inlinable
  public static func == (a: TermID, b: TermID) -> Bool { a.rawValue == b.rawValue }

  @inlinable
  public static func < (a: TermID, b: TermID) -> Bool { a.rawValue < b.rawValue }
}

/// A triple of handles of one dictionary.
public struct EncodedTriple: Hashable, Sendable, BitwiseCopyable {
  public var subject: TermID
  public var predicate: TermID
  public var object: TermID

  @inlinable
  public init(_ subject: TermID, _ predicate: TermID, _ object: TermID) {
    self.subject = subject
    self.predicate = predicate
    self.object = object
  }
}
