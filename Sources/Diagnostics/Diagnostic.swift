/// What is wrong with something the user wrote, as data. Drawn by the shell, never here.
public struct Diagnostic: Hashable, Sendable, Error {
  public enum Severity: Hashable, Sendable {
    case error
    case warning
  }

  /// A further remark, with its own place where it has one.
  public struct Note: Hashable, Sendable {
    public var message: String
    public var range: SourceRange?

    public init(_ message: String, at range: SourceRange? = nil) {
      self.message = message
      self.range = range
    }
  }

  /// A change of the text that would make it right.
  public struct FixIt: Hashable, Sendable {
    /// In the user's words, such as `did you mean 'heads'?`.
    public var message: String
    public var range: SourceRange
    public var replacement: String

    public init(_ message: String, replace range: SourceRange, with replacement: String) {
      self.message = message
      self.range = range
      self.replacement = replacement
    }
  }

  public var severity: Severity
  /// A stable word for tests and tools, such as `unknown-name`.
  public var id: String
  /// What was found and what was expected, in the user's words, without a final period.
  public var message: String
  public var range: SourceRange
  public var notes: [Note]
  public var fixIts: [FixIt]

  public init(
    _ severity: Severity = .error, id: String, _ message: String, at range: SourceRange,
    notes: [Note] = [], fixIts: [FixIt] = []
  ) {
    self.severity = severity
    self.id = id
    self.message = message
    self.range = range
    self.notes = notes
    self.fixIts = fixIts
  }
}
