public import Diagnostics
import Algebra
import RDF

/// Reads sentences one after another: each is cut into names by what the lexicon knows at that moment.
///
/// A sentence that cannot be read is one result with its diagnostics; reading goes on after its mark, so that all errors
/// of a text are found. Source: Documentation/language.md.
public struct SentenceParser: ~Copyable {
  public enum Mode: Hashable, Sendable {
    /// Every sentence has its mark: `.` after a fact, `?` after a question.
    case script
    /// The same, without the expectations: they are passed over.
    case knowledge
    /// The last mark may be missing: a line without a mark is a question.
    case prompt
  }

  let source: SourceText
  let mode: Mode
  var lexer: Lexer
  var buffer = TokenBuffer()
  var warnings: [Diagnostic] = []
  /// New names of the sentence that have been compared with others.
  var comparedNames: [String: NameRole] = [:]
  /// How the question being read was cut.
  var pieces: [Piece] = []
  /// `which C` gaps of the clause being read, with the IRI of their class.
  var classGaps: [ClassGap] = []
  /// Where each gap of the question was first written, in order.
  var gaps: [GapUse] = []
  var blankCount = 0
  /// What the objects of a list are, after the first.
  var listRole = SideRole.entity
  /// How many patterns of the question have been read.
  var unitCount = 0
  /// How many `not` and `maybe` the clause being read stands under.
  var negationDepth = 0
  /// Starts of the elements of the clause being cut; the last is its end.
  var cutPoints: [Int] = []
  /// Whether what is read stands in braces.
  var readsQualifiers = false
  /// Whether names that the graph does not have are taken as new ones.
  var allowsNewNames = false

  /// Where the cursor is among the tokens, and what was found to fit there; for `expectation`.
  var probedIndex: Int?
  /// Whether it only matters if the sentence can be read, so that problems need no words.
  var isProbing = false
  var probedRoles: Set<NameRole> = []
  var readingBudget = SentenceParser.readingBudget
  /// Facts, objects and qualifiers of the sentence.
  private var factCount = 0

  public init(source: SourceText, mode: Mode) {
    self.source = source
    self.mode = mode
    lexer = Lexer(source.bytes)
  }

  /// Asked once in a while, as a long sentence is read, whether to go on; gets about how many bytes what was read takes.
  public var goesOn: ((_ byteCount: Int) -> Bool)? {
    get { lexer.goesOn }
    set { lexer.goesOn = newValue }
  }

  var tokens: [Token] {
    _read { yield buffer.tokens }
  }

  /// The byte offset after what has been read.
  public var position: Int { lexer.position }

  /// Of `position`, from 1.
  public var line: Int { lexer.line }

  /// Goes on at a byte offset after what has been read.
  public mutating func skip(to position: Int) { lexer.skip(to: position) }

  /// The next sentence, or nil at the end of the text.
  ///
  /// Names are resolved against the lexicon as it is now: what earlier sentences added counts.
  public mutating func next(_ lexicon: some Lexicon) -> ParsedSentence? {
    repeat {
      guard lexer.readSentence(into: &buffer) else { return nil }
    } while mode == .knowledge && lexer.problem == nil && buffer.isWord(0, "expect")
    if buffer.isWord(0, "suppose"), tokens.last?.kind == .period {
      _ = lexer.readSentence(into: &buffer, goingOn: true)
    }
    if let fact = PlainFact(buffer, lexicon), lexer.problem == nil { return sentence(fact) }
    warnings.removeAll(keepingCapacity: true)
    comparedNames.removeAll(keepingCapacity: true)
    factCount = 0
    let result = self.result(lexicon)
    var range = sentenceRange
    if let problem = lexer.problem { range = range.union(problem.range) }
    return ParsedSentence(
      range: range, line: tokens[0].line, result: result, warnings: warnings)
  }

  private var sentenceRange: SourceRange {
    SourceRange(tokens[0].start, tokens[tokens.count - 1].end)
  }

  private mutating func result(_ lexicon: some Lexicon) -> ParsedSentence.Result {
    if let problem = lexer.problem { return .rejected([problem]) }
    do throws(Diagnostic) {
      return .statement(try statement(lexicon))
    } catch {
      return .rejected([error])
    }
  }

  /// For each part of a sentence that has room for many.
  mutating func step() throws(Diagnostic) {
    factCount += 1
    guard factCount & 255 == 0, lexer.isStopped(tokens.count, factCount: factCount) else { return }
    if let problem = lexer.problem { throw problem }
  }

  private func sentence(_ fact: PlainFact) -> ParsedSentence {
    let line = tokens[0].line
    let range = buffer.range(0, tokens.count - 1)
    let facts = [
      Fact(
        .known(fact.subject), .known(fact.relation), .known(fact.object), range: range, line: line)
    ]
    return ParsedSentence(
      range: sentenceRange, line: line, result: .statement(.facts(facts)), warnings: [])
  }
}

/// One sentence of a text, read or rejected.
public struct ParsedSentence: Sendable {
  public enum Result: Hashable, Sendable {
    case statement(Statement)
    case rejected([Diagnostic])
  }

  /// With its mark.
  public var range: SourceRange
  /// Where it begins, from 1.
  public var line: Int
  public var result: Result
  public var warnings: [Diagnostic]
}
