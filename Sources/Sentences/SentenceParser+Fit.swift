import RDF

extension SentenceParser {
  /// How the tokens `low..<high` fit as subject or object.
  func fitSide(_ low: Int, _ high: Int, _ role: SideRole, _ lexicon: some Lexicon) -> Fit {
    guard low < high else { return .no }
    let first = tokens[low]
    if first.reserved == .the {
      guard low + 1 < high, tokens[low + 1].reserved != .the else { return .no }
      // A title may begin with the article: `The Tide`.
      if tokens[low + 1].isWordLike, isRun(low + 1, high) {
        let title = lookUp(low, high, role, lexicon)
        if title.level > .no { return title }
      }
      return fitSide(low + 1, high, role, lexicon)
    }
    if high == low + 1 { return fitSingle(low, role, lexicon) }
    if first.kind == .openParenthesis { return first.partner == high - 1 ? .value : .no }
    if first.reserved == .which {
      let fit = fitClass(low + 1, high, lexicon)
      return Fit(level: fit.level, knownWordCount: fit.knownWordCount)
    }
    if first.kind == .number, high == low + 2, isMeasure(low + 1) { return .value }
    return fitRun(low, high, role, lexicon)
  }

  private func fitSingle(_ index: Int, _ role: SideRole, _ lexicon: some Lexicon) -> Fit {
    let token = tokens[index]
    switch token.kind {
    case .text, .date, .iri, .prefixedName, .cell, .variable, .wildcard: return .value
    case .number: return .value
    case .quotedName:
      if role == .name { return .value }
      let fit = lookUp(index, index + 1, role, lexicon)
      return fit.level == .no ? .new : fit
    case .word:
      if token.reserved.isGap || token.reserved.isBlank { return .value }
      return fitRun(index, index + 1, role, lexicon)
    default: return .no
    }
  }

  private func fitRun(_ low: Int, _ high: Int, _ role: SideRole, _ lexicon: some Lexicon) -> Fit {
    guard isRun(low, high) else { return .no }
    if role == .name { return allowsNewNames ? .new : .value }
    if high == low + 1, isBoolean(low) { return .value }
    let fit = lookUp(low, high, role, lexicon)
    if fit.level > .no { return fit }
    if !allowsNewNames { return role == .class ? fitClass(low, high, lexicon) : .no }
    switch role {
    case .entity, .class: return isNewEntity(low, high) ? .new : .no
    case .relation: return isNewRelation(low, high) ? .new : .no
    case .quality, .anything:
      return isNewEntity(low, high) || isNewRelation(low, high) ? .new : .no
    case .name: return .no
    }
  }

  /// A class by its name or, in a question, its plural.
  func fitClass(_ low: Int, _ high: Int, _ lexicon: some Lexicon) -> Fit {
    if tokens[low].reserved == .the, low + 1 < high { return fitClass(low + 1, high, lexicon) }
    if high == low + 1, tokens[low].kind == .quotedName {
      let fit = lookUp(low, high, .class, lexicon)
      return fit.level == .no ? .new : fit
    }
    let kind = tokens[low].kind
    if high == low + 1, kind == .iri || kind == .prefixedName || kind == .cell || kind == .wildcard
    {
      return .value
    }
    guard isRun(low, high) else { return .no }
    let fit = lookUp(low, high, .class, lexicon)
    if fit.level > .no || allowsNewNames { return fit }
    return lookUpPlural(low, high, lexicon)
  }

  /// Whether the tokens are the words of one possible bare name.
  func isRun(_ low: Int, _ high: Int) -> Bool {
    guard high - low <= maximumNameWordCount else { return false }
    for index in low..<high {
      let token = tokens[index]
      guard token.isWordLike else { return false }
      if token.reserved == .none { continue }
      let isInside = index > low && index < high - 1
      guard isInside, token.reserved == .the || token.reserved.isArticle else { return false }
    }
    return true
  }

  /// Capitalised words and numbers, a word first.
  func isNewEntity(_ low: Int, _ high: Int) -> Bool {
    guard tokens[low].kind == .word else { return false }
    for index in low..<high {
      let token = tokens[index]
      let fits =
        token.kind == .number
        || token.kind == .word && token.shape == .capitalised && token.reserved == .none
      guard fits else { return false }
    }
    return true
  }

  /// Lower-case words.
  func isNewRelation(_ low: Int, _ high: Int) -> Bool {
    for index in low..<high {
      let token = tokens[index]
      guard token.kind == .word, token.shape == .lowerCase, token.reserved == .none else {
        return false
      }
    }
    return low < high
  }

  /// What the lexicon knows of the tokens as one name.
  @inline(__always)
  func lookUp(_ low: Int, _ high: Int, _ role: SideRole, _ lexicon: some Lexicon) -> Fit {
    let range = buffer.foldedSpan(low, high)
    guard !range.isEmpty else { return .no }
    let span = buffer.folded.span.extracting(range)
    var match = lexicon.match(span, as: role.nameRole)
    if case .unknown = match, role == .anything {
      match = lexicon.match(span, as: .relation)
    }
    switch match {
    case .unknown: return .no
    case .one(let id): return Fit(level: .known, id: id, knownWordCount: high - low)
    case .several: return Fit(level: .several, knownWordCount: high - low)
    }
  }

  // MARK: Relations

  /// How the tokens fit in relation place.
  func fitRelation(_ low: Int, _ high: Int, inverted: Bool, _ lexicon: some Lexicon)
    -> RelationFit
  {
    guard low < high else { return .no }
    let first = tokens[low]
    if first.reserved.isCopula, !inverted { return fitAfterCopula(low + 1, high, lexicon) }
    if inverted, high == low + 1, first.reserved.isArticle {
      return RelationFit(kind: .standard(.isA), fit: .value)
    }
    if first.reserved != .none { return .no }
    switch first.kind {
    case .word, .number:
      if let end = pathEnd(low, high), end < high {
        let inner = fitRelationName(low, end, lexicon)
        return RelationFit(kind: .path, fit: inner.fit)
      }
      return fitRelationName(low, high, lexicon)
    case .quotedName:
      if let end = pathEnd(low, high), end < high {
        return RelationFit(kind: .path, fit: end == low + 1 ? .value : .no)
      }
      return high == low + 1 ? fitRelationName(low, high, lexicon) : .no
    case .wildcard:
      return high == low + 1 ? RelationFit(kind: .name, fit: .value) : .no
    case .variable:
      return high == low + 1 ? RelationFit(kind: .gap, fit: .value) : .no
    case .iri, .prefixedName, .cell:
      if let end = pathEnd(low, high), end < high {
        return RelationFit(kind: .path, fit: end == low + 1 ? .value : .no)
      }
      return high == low + 1 ? RelationFit(kind: .name, fit: .value) : .no
    case .caret:
      let inner = fitRelation(low + 1, high, inverted: false, lexicon)
      return RelationFit(kind: .path, fit: inner.fit)
    case .openParenthesis:
      guard let end = pathEnd(first.partner, high), end == first.partner + 1 else { return .no }
      return RelationFit(kind: .path, fit: .value)
    default: return .no
    }
  }

  /// Where the operators after a relation begin; nil when something else stands among them.
  private func pathEnd(_ low: Int, _ high: Int) -> Int? {
    var end = high
    while end > low, tokens[end - 1].kind == .plus || tokens[end - 1].kind == .star { end -= 1 }
    return end > low ? end : nil
  }

  private func fitAfterCopula(_ low: Int, _ high: Int, _ lexicon: some Lexicon) -> RelationFit {
    guard low < high else { return RelationFit(kind: .quality, fit: .value) }
    if tokens[low].reserved.isCopula { return .no }
    if tokens[low].reserved.isArticle {
      guard low + 1 < high else { return RelationFit(kind: .standard(.isA), fit: .value) }
      let fit = fitRelationName(low + 1, high, lexicon)
      return fit.fit.level >= .several ? fit : .no
    }
    if tokens[low].reserved == .the {
      return low + 1 < high ? fitAfterCopula(low + 1, high, lexicon) : .no
    }
    return fitRelation(low, high, inverted: false, lexicon)
  }

  func fitRelationName(_ low: Int, _ high: Int, _ lexicon: some Lexicon) -> RelationFit {
    let isQuoted = high == low + 1 && tokens[low].kind == .quotedName
    guard isQuoted || isRun(low, high) else { return .no }
    if !isQuoted, let standard = standardRelation(low, high) {
      return RelationFit(
        kind: .standard(standard), fit: Fit(level: .known, knownWordCount: high - low))
    }
    var fit = lookUp(low, high, .relation, lexicon)
    if fit.level == .no, isQuoted { fit = .new }
    if fit.level == .no {
      if allowsNewNames {
        if isNewRelation(low, high) { fit = .new }
      } else {
        fit = lookUpInflected(low, high, lexicon)
      }
    }
    return RelationFit(kind: .name, fit: fit)
  }

  private func standardRelation(_ low: Int, _ high: Int) -> StandardRelation? {
    let span = buffer.foldedSpan(low, high)
    switch span.count {
    case 2:
      if buffer.spans(span, "on") { return .on }
      return buffer.spans(span, "in") && datesQualifier(high) ? .on : nil
    case 4: return buffer.spans(span, "from") ? .from : nil
    case 5:
      if buffer.spans(span, "until") { return .until }
      if buffer.spans(span, "quote") { return .quote }
      return buffer.spans(span, "since") && datesQualifier(high) ? .from : nil
    case 6: return buffer.spans(span, "source") ? .source : nil
    case 7:
      if buffer.spans(span, "kind of") { return .kindOf }
      if buffer.spans(span, "implies") { return .implies }
      return buffer.spans(span, "same as") ? .sameAs : nil
    case 10: return buffer.spans(span, "inverse of") ? .inverseOf : nil
    case 13: return buffer.spans(span, "also known as") ? .alsoKnownAs : nil
    default: return nil
    }
  }

  /// Whether a date stands at the index, within braces: there `in 2023` says `on`, `since 2021` says `from`.
  private func datesQualifier(_ index: Int) -> Bool {
    guard readsQualifiers, index < tokens.count else { return false }
    return tokens[index].kind == .date || isYear(index)
  }
}
