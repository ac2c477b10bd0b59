import Diagnostics
import RDF

/// Names of more words than these are found only when quoted, and a clause has no more pieces: that bounds the work.
let maximumRelationWordCount = 12
let maximumNameWordCount = 40
let maximumClauseLength = 120

extension SentenceParser {
  /// Fills `cutPoints` with the starts of the elements of `low..<high`; a bracketed group is one.
  mutating func findCutPoints(_ low: Int, _ high: Int) {
    cutPoints.removeAll(keepingCapacity: true)
    var index = low
    while index < high {
      cutPoints.append(index)
      let isOpen = tokens[index].kind == .openParenthesis || tokens[index].kind == .openBrace
      index = isOpen ? tokens[index].partner + 1 : index + 1
    }
    cutPoints.append(high)
  }

  /// The same for a clause, which has a limit.
  private mutating func findClauseCutPoints(_ low: Int, _ high: Int) throws(Diagnostic) {
    findCutPoints(low, high)
    if cutPoints.count > maximumClauseLength { throw tooLong(low, high) }
  }

  func tooLong(_ low: Int, _ high: Int) -> Diagnostic {
    Diagnostic(
      id: "too-long", "more than \(maximumClauseLength) words without an end; is a mark missing?",
      at: buffer.range(low, min(low + maximumClauseLength, high)))
  }

  /// The one way to read the tokens as subject, relation, object.
  mutating func cutClause(
    _ low: Int, _ high: Int, inverted: Bool = false, _ lexicon: some Lexicon
  ) throws(Diagnostic) -> Cut {
    if let cut = try findClause(low, high, inverted: inverted, lexicon) { return cut }
    throw unreadable(low, high, hasSubject: true, lexicon)
  }

  /// The one way to read the tokens as relation and object.
  mutating func cutPredicate(_ low: Int, _ high: Int, _ lexicon: some Lexicon)
    throws(Diagnostic) -> Cut
  {
    if let cut = try findPredicate(low, high, lexicon) { return cut }
    throw unreadable(low, high, hasSubject: false, lexicon)
  }

  /// The same, nil where the tokens cannot be read so.
  mutating func findClause(
    _ low: Int, _ high: Int, inverted: Bool = false, _ lexicon: some Lexicon
  ) throws(Diagnostic) -> Cut? {
    try findClauseCutPoints(low, high)
    var best: Cut?
    var rivals: [Cut] = []
    let count = cutPoints.count - 1
    let starts = relationStarts(count, inverted: inverted)
    for first in starts where first < count {
      let lastEnd = min(count - 1, first + maximumRelationWordCount)
      guard first < lastEnd else { continue }
      for last in (first + 1)...lastEnd {
        let cut = fit(
          low, cutPoints[first], cutPoints[last], high, inverted: inverted, lexicon)
        guard let cut else { continue }
        consider(cut, &best, &rivals)
      }
    }
    return try decide(best, rivals, hasSubject: true)
  }

  /// The same, nil where the tokens cannot be read so.
  mutating func findPredicate(_ low: Int, _ high: Int, _ lexicon: some Lexicon)
    throws(Diagnostic) -> Cut?
  {
    try findClauseCutPoints(low, high)
    var best: Cut?
    var rivals: [Cut] = []
    let count = cutPoints.count - 1
    if count >= 2 {
      for last in 1...min(count - 1, maximumRelationWordCount) {
        let end = cutPoints[last]
        let relation = fitRelation(low, end, inverted: false, lexicon)
        guard relation.fit.level > .no else { continue }
        let object = fitSide(end, high, relation.kind.objectRole, lexicon)
        guard object.level > .no else { continue }
        let cut = Cut(
          low: low, relationStart: low, relationEnd: end, high: high, subject: .value,
          relation: relation, object: object)
        consider(cut, &best, &rivals)
      }
    }
    return try decide(best, rivals, hasSubject: false)
  }

  /// Where a relation can begin: at the copula, when there is one.
  private func relationStarts(_ count: Int, inverted: Bool) -> Range<Int> {
    guard count >= 3 else { return 1..<1 }
    if !inverted {
      for index in 1..<(count - 1) where tokens[cutPoints[index]].reserved.isCopula {
        return index..<(index + 1)
      }
    }
    return 1..<(count - 1)
  }

  private func fit(
    _ low: Int, _ start: Int, _ end: Int, _ high: Int, inverted: Bool, _ lexicon: some Lexicon
  ) -> Cut? {
    let relation = fitRelation(start, end, inverted: inverted, lexicon)
    guard relation.fit.level > .no else { return nil }
    let subject = fitSide(low, start, relation.kind.subjectRole, lexicon)
    guard subject.level > .no else { return nil }
    let object = fitSide(end, high, relation.kind.objectRole, lexicon)
    guard object.level > .no else { return nil }
    return Cut(
      low: low, relationStart: start, relationEnd: end, high: high, subject: subject,
      relation: relation, object: object)
  }

  /// Known cuts beat cuts with new names; among those the most words in known names win.
  private func consider(_ cut: Cut, _ best: inout Cut?, _ rivals: inout [Cut]) {
    guard let current = best else {
      best = cut
      return
    }
    if cut.isKnown != current.isKnown {
      if cut.isKnown {
        best = cut
        rivals.removeAll()
      }
    } else if !cut.isKnown && cut.knownWordCount != current.knownWordCount {
      if cut.knownWordCount > current.knownWordCount {
        best = cut
        rivals.removeAll()
      }
    } else if rivals.count < 8 {
      rivals.append(cut)
    }
  }

  private func decide(_ best: Cut?, _ rivals: [Cut], hasSubject: Bool) throws(Diagnostic) -> Cut? {
    guard let best, best.isKnown || allowsNewNames else { return nil }
    if !rivals.isEmpty { throw ambiguous([best] + rivals, hasSubject: hasSubject) }
    return best
  }
}
