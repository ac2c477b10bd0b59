import Algebra
import Engine
import RDF

/// Why a question has no answer: what its parts match, each alone and together.
public struct Absence: Sendable {
  /// A part of the question, or the failing part with one of its names left open.
  public struct Part: Sendable {
    /// As a sentence with gaps.
    public var text: String
    public var matchCount: Int

    init(text: String, matchCount: Int) {
      self.text = text
      self.matchCount = matchCount
    }
  }

  /// Each fact that the question asks for, alone, in order.
  public var parts: [Part]
  /// The first part that alone matches nothing, or that has nothing in common with those before it; nil when all of them have
  /// matches together, and a condition, a qualifier or a negation leaves none.
  public var failing: Int?
  /// Matches of the parts before the failing one together; of all parts when none fails.
  public var togetherCount: Int
  /// The failing part with one of its names left open, where that has matches.
  public var relaxed: [Part]
}

/// Counts what the parts of a question match.
struct AbsenceSearch {
  private let labeler: Labeler
  private let limits: Limits

  /// Looking for the reason of an empty answer takes no longer than this, in seconds.
  private static let patience = 0.5

  init(_ labeler: Labeler, limits: Limits) {
    self.labeler = labeler
    self.limits = limits.begun()
  }

  /// The reason to be shown beside an empty answer; nil where there is nothing to say: no part, or not enough time.
  static func reason(for pattern: Pattern, _ labeler: Labeler, limits: Limits) -> Absence? {
    var limits = limits.within(seconds: Self.patience)
    limits.progress = nil
    // What takes too long to count is not explained.
    return try? AbsenceSearch(labeler, limits: limits).absence(of: pattern)
  }

  /// nil where there is nothing to say: no part.
  func absence(of pattern: Pattern) throws(EvaluationError) -> Absence? {
    let premises = Premises(pattern)
    let facts = premises.facts.map { fact -> AskedPart in
      AskedPart(
        pattern: .triples([fact.triple]), shown: fact.triple, isRelaxable: true)
    }
    let reaches = premises.reaches.compactMap { reach -> AskedPart? in
      guard let relation = reach.path.leadingPredicate else { return nil }
      return AskedPart(
        pattern: .path(reach.subject, reach.path, reach.object),
        shown: TriplePattern(reach.subject, .term(relation), reach.object), isRelaxable: false)
    }
    let asked = facts + reaches
    return asked.isEmpty ? nil : try absence(asked)
  }

  /// A fact that the question asks for.
  private struct AskedPart {
    var pattern: Pattern
    var shown: TriplePattern
    var isRelaxable: Bool
  }

  private func absence(_ asked: [AskedPart]) throws(EvaluationError) -> Absence {
    var parts: [Absence.Part] = []
    for part in asked {
      parts.append(
        Absence.Part(text: text(part.shown), matchCount: try count(part.pattern)))
    }
    if let failing = parts.firstIndex(where: { $0.matchCount == 0 }) {
      return Absence(
        parts: parts, failing: failing, togetherCount: 0, relaxed: try relaxed(asked[failing]))
    }
    var together = asked[0].pattern
    var togetherCount = parts[0].matchCount
    for (index, part) in asked.enumerated().dropFirst() {
      together = .join(together, part.pattern)
      let count = try count(together)
      if count == 0 {
        return Absence(
          parts: parts, failing: index, togetherCount: togetherCount, relaxed: [])
      }
      togetherCount = count
    }
    return Absence(parts: parts, failing: nil, togetherCount: togetherCount, relaxed: [])
  }

  private func relaxed(_ part: AskedPart) throws(EvaluationError) -> [Absence.Part] {
    let triple = part.shown
    var candidates: [TriplePattern] = []
    if case .term = triple.object {
      candidates.append(TriplePattern(triple.subject, triple.predicate, .variable(Self.open)))
    }
    if case .term = triple.subject {
      candidates.append(TriplePattern(.variable(Self.open), triple.predicate, triple.object))
    }
    if case .term = triple.predicate {
      candidates.append(TriplePattern(triple.subject, .variable(Self.open), triple.object))
    }
    var parts: [Absence.Part] = []
    for candidate in candidates {
      let count = try count(.triples([candidate]))
      if count > 0 { parts.append(Absence.Part(text: text(candidate), matchCount: count)) }
    }
    return parts
  }

  private static let open = Variable(" open")

  private func count(_ pattern: Pattern) throws(EvaluationError) -> Int {
    let count = Variable(" count")
    let grouped = Pattern.group(
      pattern, by: [], aggregates: [AggregateBinding(count, Aggregate(.count, nil, distinct: true))]
    )
    let solutions = try QueryEngine().evaluate(
      Query(.select, .project(grouped, [count])), on: labeler.snapshot, limits: limits
    ).solutions
    guard case .literal(let literal) = solutions.term(row: 0, column: 0) else { return 0 }
    return Int(literal.lexicalForm) ?? 0
  }

  // MARK: Words

  private func text(_ triple: TriplePattern) -> String {
    [phrase(triple.subject), relation(triple.predicate), phrase(triple.object)]
      .joined(separator: " ")
  }

  private func phrase(_ pattern: TermPattern) -> String {
    switch pattern {
    case .term(let term): labeler.phrase(term)
    case .variable(let variable): word(variable, "something")
    case .triple(let triple): "(" + text(triple) + ")"
    }
  }

  private func relation(_ pattern: TermPattern) -> String {
    switch pattern {
    case .term(let term): labeler.relationPhrase(term)
    case .variable(let variable): word(variable, "?r")
    case .triple(let triple): "(" + text(triple) + ")"
    }
  }

  /// A gap as written; what no text can name by a word for it.
  private func word(_ variable: Variable, _ unnamed: String) -> String {
    let isWritable = !variable.name.hasPrefix(" ") && !variable.name.hasPrefix(".")
    return isWritable ? "?" + variable.name : unnamed
  }
}
