public import Algebra
import Diagnostics

/// Where a term stands among the triples of its group.
public enum TriplePosition: Sendable {
  case subject
  case predicate(of: TermPattern)
  /// The predicate is nil where it is a path.
  case object(of: TermPattern, predicate: TermPattern?)
}

/// What can stand at the end of a statement that is being typed: candidates are put there, and the grammar reads them.
public struct StatementExpectation: Sendable {
  /// Whether what stands before can be read at all; if not, everything may stand there.
  public private(set) var isReadable = false
  public private(set) var allowsVariable = false
  public private(set) var allowsName = false
  /// Where a name or variable would stand; nil where that is not among triples.
  public private(set) var position: TriplePosition?
  /// The triples of the same group before that place.
  public private(set) var triplesBefore: [TriplePattern] = []

  private let before: [UInt8]
  private let start: Int
  private let prefixes: [String: String]

  private enum Reading {
    case fits
    case misfits
    /// What stands before is wrong already.
    case failsBefore
  }

  /// `before` is the text up to the unfinished word, in which the statement begins at `start`.
  public init(before: [UInt8], from start: Int, prefixes: [String: String]) {
    self.prefixes = prefixes
    self.before = before
    self.start = start
    let variable = read("?x", watching: true)
    let name = read("<urn:x>")
    allowsVariable = variable == .fits
    allowsName = name == .fits
    isReadable = variable != .failsBefore
    if position == nil { _ = read("<urn:x>", watching: true) }
  }

  /// The words among some that can stand there, as the grammar spells them.
  public func words(among candidates: [String]) -> [String] {
    candidates.filter { word in
      var copy = self
      return copy.read(word) == .fits
    }
  }

  /// Reads the statement with a text at its end. An error at that text means that it cannot stand there; one behind it, that
  /// something else is missing.
  private mutating func read(_ text: String, watching: Bool = false) -> Reading {
    let place = before.count + 1
    let source = SourceText(name: "", bytes: before + [0x20] + text.utf8)
    var parser = SPARQLParser(source: source, prefixes: prefixes)
    parser.acceptsAnyPrefix = true
    if watching { parser.watchedOffset = place }
    defer {
      if let seen = parser.watched { (position, triplesBefore) = (seen.position, seen.triples) }
    }
    do throws(Diagnostic) {
      try parser.readRequest(at: start)
      return .fits
    } catch {
      if error.range.lowerBound > place { return .fits }
      return error.range.lowerBound == place ? .misfits : .failsBefore
    }
  }
}

extension SPARQLParser {
  /// Reads a whole request that begins at a byte offset, for what it says about its end.
  fileprivate mutating func readRequest(at offset: Int) throws(Diagnostic) {
    try lexer.start(at: offset)
    try prologue()
    try wholeRequest()
  }

  /// Notes the place of a term when it is the watched one.
  @inline(__always)
  mutating func watch(_ position: @autoclosure () -> TriplePosition) {
    if lexer.token.start == watchedOffset { watched = (position(), statements.triples) }
  }
}
