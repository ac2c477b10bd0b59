import RDF

/// The most common sentence, read without the machinery for all others: `subject relation object.` in bare known names.
///
/// Gives the same reading as `SentenceParser.facts` or none; bulk data is made of such sentences.
struct PlainFact {
  var subject: TermID
  var relation: TermID
  var object: TermID

  /// Longer runs are left to the general reading.
  private static let maximumWordCount = 16

  /// The one cut of all tokens but the mark into known names; nil when anything else stands there, or several cuts fit.
  init?(_ buffer: borrowing TokenBuffer, _ lexicon: some Lexicon) {
    let tokens = buffer.tokens.span
    let count = tokens.count - 1
    guard count >= 3, count <= Self.maximumWordCount, tokens[count].kind == .period,
      tokens[0].kind == .word, tokens[0].shape == .capitalised
    else { return nil }
    for index in 0..<count {
      guard tokens[index].isWordLike, tokens[index].reserved == .none else { return nil }
    }
    let folded = buffer.folded.span
    var found: PlainFact?
    for first in 1..<(count - 1) {
      for last in (first + 1)...min(count - 1, first + maximumRelationWordCount) {
        let range = tokens[first].foldStart..<tokens[last - 1].foldEnd
        if StandardRelation.mayBe(folded, range) { return nil }
        let relation: TermID
        switch lexicon.match(folded.extracting(range), as: .relation) {
        case .unknown: continue
        case .one(let id): relation = id
        case .several: return nil
        }
        // A number by itself, or with a unit, is a value; so is a truth value.
        guard !Self.mayBeValue(tokens, folded, 0, first),
          !Self.mayBeValue(tokens, folded, last, count)
        else {
          return nil
        }
        let subjectRange = tokens[0].foldStart..<tokens[first - 1].foldEnd
        let objectRange = tokens[last].foldStart..<tokens[count - 1].foldEnd
        switch lexicon.match(folded.extracting(subjectRange), as: .entity) {
        case .unknown: continue
        case .several: return nil
        case .one(let subject):
          switch lexicon.match(folded.extracting(objectRange), as: .entity) {
          case .unknown: continue
          case .several: return nil
          case .one(let object):
            guard found == nil else { return nil }
            found = PlainFact(subject: subject, relation: relation, object: object)
          }
        }
      }
    }
    guard let found else { return nil }
    self = found
  }

  private init(subject: TermID, relation: TermID, object: TermID) {
    self.subject = subject
    self.relation = relation
    self.object = object
  }

  private static func mayBeValue(
    _ tokens: Span<Token>, _ folded: Span<UInt8>, _ low: Int, _ high: Int
  ) -> Bool {
    if tokens[low].kind == .number { return high - low <= 2 }
    guard high == low + 1 else { return false }
    let length = tokens[low].foldEnd - tokens[low].foldStart
    let initial = folded[tokens[low].foldStart]
    return length == 4 && initial == UInt8(ascii: "t")
      || length == 5 && initial == UInt8(ascii: "f")
  }
}

extension StandardRelation {
  /// Whether the folded text has the length and the first letter of a standard relation.
  @inline(__always)
  static func mayBe(_ folded: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let first = folded[range.lowerBound]
    return switch range.count {
    case 2: first == UInt8(ascii: "o")
    case 4: first == UInt8(ascii: "f")
    case 5: first == UInt8(ascii: "u") || first == UInt8(ascii: "q")
    case 6: first == UInt8(ascii: "s")
    case 7: first == UInt8(ascii: "k") || first == UInt8(ascii: "i") || first == UInt8(ascii: "s")
    case 10: first == UInt8(ascii: "i")
    case 13: first == UInt8(ascii: "a")
    default: false
    }
  }
}
