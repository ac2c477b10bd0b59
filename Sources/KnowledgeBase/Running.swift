public import Diagnostics
public import Engine

/// One sentence of a run, and what it led to.
public struct SentenceResult: Sendable {
  public enum Result: Sendable {
    case outcome(Outcome)
    /// What is wrong with the sentence; it changed nothing.
    case rejected([Diagnostic])
    /// A limit or an interrupt ended it; the graph is as it was.
    case stopped(EvaluationError)
    /// The outside world failed, such as a file that cannot be written.
    case failed(SystemFailure)
  }

  public var range: SourceRange
  /// From 1, in the source text.
  public var line: Int
  public var result: Result
  /// Warnings, such as a new name close to a known one.
  public var warnings: [Diagnostic]

  public init(range: SourceRange, line: Int, result: Result, warnings: [Diagnostic] = []) {
    self.range = range
    self.line = line
    self.result = result
    self.warnings = warnings
  }
}

/// An operation of the outside world that failed.
public struct SystemFailure: Error, Hashable, Sendable {
  /// What was tried, such as `read`.
  public var operation: String
  /// On what, such as a path.
  public var subject: String
  /// Why, as the system says it.
  public var cause: String

  public init(operation: String, subject: String, cause: String) {
    self.operation = operation
    self.subject = subject
    self.cause = cause
  }
}

/// Whether a run goes on after a result.
public enum Continuation: Sendable {
  case goOn
  case stop
}

/// Whether a text typed so far is one whole sentence (or several).
public enum Completeness: Hashable, Sendable {
  case complete
  /// What is open, such as `(`, `'`, `"`, `{` or `and`, for the continuation prompt.
  case incomplete(open: String)
}

/// Something that can stand at the cursor.
public struct Completion: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case keyword
    case entity
    case `class`
    case relation
    /// A text, number or date.
    case value
    /// A whole sentence.
    case question
  }

  /// What replaces the text of `Completions.range`, quoted where it needs to be.
  public var text: String
  public var kind: Kind
  /// Such as `412 facts`; empty for keywords.
  public var detail: String

  public init(text: String, kind: Kind, detail: String) {
    self.text = text
    self.kind = kind
    self.detail = detail
  }

  /// `1 fact`, `1,240 facts`.
  static func count(_ number: Int, _ noun: String) -> String {
    "\(groupedDigits(number)) \(noun)\(number == 1 ? "" : "s")"
  }
}

/// What a completion is looked for.
public enum CompletionPurpose: Sendable {
  /// Somebody asks for all that can stand there.
  case list
  /// The best is shown while keys are typed, which may not wait: for names of which two letters stand there, in a quarter of the time.
  case hint
}

/// What can replace the unfinished text before the cursor, best first.
public struct Completions: Hashable, Sendable {
  public var range: SourceRange
  public var items: [Completion]

  public init(range: SourceRange, items: [Completion]) {
    self.range = range
    self.items = items
  }
}
