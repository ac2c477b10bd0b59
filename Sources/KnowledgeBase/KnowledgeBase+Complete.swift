import Diagnostics
public import Engine
import RDF
import SPARQL
import Sentences

extension KnowledgeBase {
  /// The most completions that are offered.
  public static let completionLimit = 100

  /// How many names with a prefix are ranked; those beyond are not considered.
  private static let rankedNameLimit = 2_000
  private static let valueLimit = 20

  /// What can stand at a byte offset of a line typed at the prompt, best first: names by their number of facts, then words.
  ///
  /// When the words before the cursor can be the beginning of names of several lengths, the longest that some name begins with counts.
  ///
  /// After a relation only what its facts have there is offered in a question, values included, and comes first elsewhere. An
  /// empty text gets whole questions that this graph answers.
  public func complete(
    _ text: String, at byteOffset: Int, for purpose: CompletionPurpose = .list
  ) -> Completions {
    if text.allSatisfy(\.isWhitespace) {
      let end = SourceRange(byteOffset, byteOffset)
      return Completions(range: end, items: ExampleQuestions(labeler: labeler).list())
    }
    let source = SourceText(name: "<prompt>", text)
    let before = SourceText(name: source.name, bytes: Array(source.bytes.prefix(byteOffset)))
    let statement = typedStatement(before) ?? begunStatement(before, evenWhereSentence: false)
    if let statement { return completions(of: statement, in: before, purpose) }
    var found = sentenceCompletions(source, at: byteOffset, purpose)
    let first = StatementCompleter.firstWords(
      typedAs: String(decoding: before.bytes, as: UTF8.self))
    if first.isEmpty, found.items.isEmpty,
      let statement = begunStatement(before, evenWhereSentence: true)
    {
      return completions(of: statement, in: before, purpose)
    }
    if !first.isEmpty, found.items.isEmpty { found.range = SourceRange(0, byteOffset) }
    if found.range.lowerBound == 0 { found.items += first }
    return found
  }

  private func completions(
    of statement: TypedStatement, in source: SourceText, _ purpose: CompletionPurpose
  ) -> Completions {
    StatementCompleter(self, statement, in: source, for: purpose).completions
  }

  private func sentenceCompletions(
    _ source: SourceText, at byteOffset: Int, _ purpose: CompletionPurpose
  ) -> Completions {
    let start = monotonicSeconds()
    let expectation = SentenceParser.expectation(
      at: byteOffset, in: source, shortest: purpose.shortestName,
      lexicon: GraphLexicon(knowledge: self, suggestsNames: false))
    let keywords = keywords(expectation, in: source)
    let seconds = completionSeconds(for: purpose)
    let end = max(start + seconds, monotonicSeconds() + seconds / 3)
    let braces = source.bytes.prefix(byteOffset).last { $0 == 0x7B || $0 == 0x7D }
    let isInBraces = braces == UInt8(ascii: "{")
    for candidate in expectation.candidates.reversed() {
      let typed = unquoted(source.text(candidate.partial))
      // A blank behind whole words asks for names that go on.
      let blank: [UInt8] = typed.last?.isWhitespace ?? false ? [0x20] : []
      let prefix = NameFolding.fold(typed) + blank
      let names = names(
        withPrefix: prefix, for: candidate, isAsked: expectation.hasGap, isInBraces: isInBraces,
        purpose, until: end)
      if names.isEmpty { continue }
      let isSamePlace = candidate.partial == expectation.wordPartial
      return Completions(range: candidate.partial, items: names + (isSamePlace ? keywords : []))
    }
    return Completions(range: expectation.wordPartial, items: keywords)
  }

  /// Builds what completion needs of the graph, so that the first key does not wait for it. `progress` is called as by `load`; once
  /// `cancellation` is raised, the first key waits after all.
  public func prepareCompletion(
    progress: ((LoadProgress) -> Void)? = nil, until cancellation: CancellationFlag? = nil
  ) {
    if cancellation?.isRaised == true { return }
    if namesAreStale { rebuildNames(progress, until: cancellation) }
    _ = settledSnapshot.count(.none, .none, standard.type)
  }

  /// How long a completion may read a sentence and search for what has a match with all that stands before.
  func completionSeconds(for purpose: CompletionPurpose) -> Double {
    switch purpose {
    case .list: completionSeconds
    case .hint: completionSeconds / 4
    }
  }

  private func keywords(
    _ expectation: SentenceParser.Expectation, in source: SourceText
  ) -> [Completion] {
    let typed = source.text(expectation.wordPartial)
    return expectation.words.filter { $0.utf8.starts(with: typed.utf8) }
      .map { Completion(text: $0, kind: .keyword, detail: "") }
  }

  /// A name as far as it is typed, without the quote that opens it.
  private func unquoted(_ typed: String) -> String {
    typed.hasPrefix("'") ? String(typed.dropFirst()) : typed
  }

  /// Whether a text typed at the prompt is whole.
  public static func completeness(of text: String) -> Completeness {
    let source = SourceText(name: "<prompt>", text)
    let statements = StatementReader(source)
    var parser = SentenceParser(source: source, mode: .prompt)
    var open: String?
    while true {
      switch statements.progress(at: parser.position) {
      case .open(let mark): return .incomplete(open: mark)
      case .whole(let end):
        parser.skip(to: max(end, parser.position + 1))
        open = nil
      case nil:
        guard parser.skipSentence() else {
          return open.map { .incomplete(open: $0) } ?? .complete
        }
        open = parser.openMark
      }
    }
  }

  private func names(
    withPrefix prefix: [UInt8], for candidate: SentenceParser.Expectation.Candidate, isAsked: Bool,
    isInBraces: Bool, _ purpose: CompletionPurpose, until end: Double
  ) -> [Completion] {
    guard !candidate.roles.isEmpty else { return [] }
    let snapshot = settledSnapshot
    let place = FactPlace(
      snapshot: snapshot, standard: standard, relation: candidate.relation,
      subject: candidate.subject)
    var values = candidate.roles.contains(.entity) ? place.values(withPrefix: prefix) : []
    let fit = QuestionFit(isAsked ? candidate.patterns : [], self, until: end)
    let entities = fit.all(.entity)
    let roles = entities == nil ? candidate.roles : candidate.roles.subtracting([.entity])
    var ranked = self.ranked(withPrefix: prefix, roles, at: place, isInBraces: isInBraces)
    ranked += self.ranked(entities ?? [], as: .entity, withPrefix: prefix, at: place)
    ranked += self.ranked(fit.all(.class) ?? [], as: .class, withPrefix: prefix, at: place)
    let isMatched = ranked.contains { $0.matchCount > 0 }
    if isAsked, place.relation != nil, isMatched || !values.isEmpty {
      ranked.removeAll { $0.matchCount == 0 }
    }
    // What is left out needs no weight.
    for index in ranked.indices {
      ranked[index].weight = weight(of: ranked[index].id, ranked[index].role, in: snapshot)
    }
    if isAsked {
      ranked.removeAll { $0.role == .relation && $0.weight == 0 && !hasFacts($0.id, snapshot) }
    }
    // A question goes on with a relation more often than with a new subject.
    ranked.sort {
      let isRelation = ($0.role == .relation, $1.role == .relation)
      return isAsked && isRelation.0 != isRelation.1 ? isRelation.0 : $0.isBetter(than: $1)
    }
    if isAsked {
      let (names, openNames) = fit.sort(ranked, upTo: purpose.limit) { ($0.id, $0.role) }
      let (facts, openValues) = fit.sort(values, upTo: Self.valueLimit) { ($0.id, .entity) }
      let isSure = !names.isEmpty || !facts.isEmpty
      (ranked, values) = isSure ? (names, facts) : (openNames, openValues)
    }
    return distinct(ranked) + values.prefix(Self.valueLimit).map(\.completion)
  }

  /// The names with a prefix that can stand in a place, without their weight.
  private func ranked(
    withPrefix prefix: [UInt8], _ roles: Set<NameRole>, at place: FactPlace, isInBraces: Bool
  ) -> [RankedName] {
    let wanted = [NameRole.class, .relation, .entity].filter(roles.contains)
    var found: [RankedName] = []
    let names = names
    for number in names.numbers(withPrefix: prefix, limit: Self.rankedNameLimit) {
      names.forEachBearer(of: number) { id in
        guard let role = wanted.first(where: { names.plays(id, $0) }),
          role != .relation || isInBraces || !isOnlyQualifier(id)
        else { return }
        found.append(
          RankedName(
            id: id, number: number, role: role, matchCount: place.factCount(with: id, role)))
      }
    }
    return found
  }

  /// The names of some terms that begin with a prefix.
  private func ranked(
    _ ids: Set<TermID>, as role: NameRole, withPrefix prefix: [UInt8], at place: FactPlace
  ) -> [RankedName] {
    let prefix = NameFolding.withoutAccents(prefix)
    var found: [RankedName] = []
    for id in ids {
      var folded = names(of: id).map(NameFolding.fold)
      if let name = ownName(id) { folded.append(name) }
      for name in folded where NameFolding.withoutAccents(name).starts(with: prefix) {
        guard let number = names.number(of: name.span), names.bearersList(number).contains(id)
        else { continue }
        let count = place.factCount(with: id, role)
        found.append(RankedName(id: id, number: number, role: role, matchCount: count))
      }
    }
    return found
  }

  /// Whether a relation without facts of its own follows from one that has some.
  private func hasFacts(_ relation: TermID, _ snapshot: Snapshot) -> Bool {
    let place = FactPlace(
      snapshot: snapshot, standard: standard, relation: relation, subject: nil)
    return place.factCount(with: .none, .entity) > 0
  }

  private struct RankedName {
    var id: TermID
    var number: Int
    var role: NameRole
    /// How many facts have it in this place.
    var matchCount: Int
    /// How many have it anywhere.
    var weight = 0

    func isBetter(than other: RankedName) -> Bool {
      (matchCount, weight, other.number) > (other.matchCount, other.weight, number)
    }
  }

  private func distinct(_ ranked: [RankedName]) -> [Completion] {
    var seen: Set<String> = []
    var completions: [Completion] = []
    for name in ranked where completions.count < Self.completionLimit {
      let completion = completion(name.id, name.number, name.role, name.weight)
      if seen.insert(completion.text).inserted { completions.append(completion) }
    }
    return completions
  }

  private func weight(of id: TermID, _ role: NameRole, in snapshot: Snapshot) -> Int {
    switch role {
    case .relation: snapshot.count(.none, id, .none)
    case .class: snapshot.count(.none, standard.type, id)
    case .entity: snapshot.count(id, .none, .none) + snapshot.count(.none, .none, id)
    }
  }

  private func completion(
    _ id: TermID, _ number: Int, _ role: NameRole, _ weight: Int
  ) -> Completion {
    let name = spelling(of: number, bearer: id)
    let noun = role == .class ? "member" : "fact"
    let kind: Completion.Kind =
      switch role {
      case .entity: .entity
      case .class: .class
      case .relation: .relation
      }
    let text = standard.word(id) == nil ? SentenceWriter.name(name, as: role) : name
    return Completion(text: text, kind: kind, detail: Completion.count(weight, noun))
  }

  /// The name as the graph writes it, capitals and accents included.
  private func spelling(of number: Int, bearer: TermID) -> String {
    let folded = names.text(number)
    let stated = names(of: bearer).first {
      String(decoding: NameFolding.fold($0), as: UTF8.self) == folded
    }
    return stated ?? folded
  }
}

extension CompletionPurpose {
  /// With fewer bytes of a name nothing is looked for.
  var shortestName: Int { self == .list ? 0 : 2 }

  /// How many of what fits are enough.
  var limit: Int { self == .list ? KnowledgeBase.completionLimit : 1 }
}
