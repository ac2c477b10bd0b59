import RDF

extension Graph {
  /// Calls `body` with the matching triples in index order until it returns false.
  func forEach(_ s: TermID, _ p: TermID, _ o: TermID, _ body: (EncodedTriple) -> Bool) {
    switch (s.isBound, p.isBound, o.isBound) {
    case (true, true, true):
      let triple = EncodedTriple(s, p, o)
      if contains(triple) { _ = body(triple) }
    case (true, true, false): each(view(.spo, s, p), .spo, s, body)
    case (true, false, true): each(view(.osp, o, s), .osp, o, body)
    case (false, true, true): each(view(.pos, p, o), .pos, p, body)
    case (true, false, false): each(view(.spo, s), .spo, s, body)
    case (false, true, false): each(view(.pos, p), .pos, p, body)
    case (false, false, true): each(view(.osp, o), .osp, o, body)
    case (false, false, false):
      for lead in leads(.spo) where !each(view(.spo, lead), .spo, lead, body) { return }
    }
  }

  /// Like `forEach`, in no order that means anything: nothing is merged first, so that the first triples come at once.
  func forEachUnordered(
    _ s: TermID, _ p: TermID, _ o: TermID, _ body: (EncodedTriple) -> Bool
  ) {
    var goesOn = true
    if !s.isBound, !p.isBound, !o.isBound {
      // There are few predicates, while to list all subjects takes long.
      for predicate in leads(.pos) where goesOn {
        forEachUnordered(.none, predicate, .none) {
          goesOn = body($0)
          return goesOn
        }
      }
      return
    }
    guard hasDelta else { return forEach(s, p, o, body) }
    Graph(base: base).forEach(s, p, o) { triple in
      if !removed.contains(triple) { goesOn = body(triple) }
      return goesOn
    }
    if goesOn { Graph(base: added).forEach(s, p, o, body) }
  }

  /// Calls `body` with the different objects of a predicate until it returns false; a run of equal ones is skipped.
  func forEachObject(of predicate: TermID, _ body: (TermID) -> Bool) {
    for set in hasDelta ? [base, added] : [base] {
      let pos = set.index(.pos)
      let range = pos.range(predicate)
      var at = range.lowerBound
      while at < range.upperBound {
        let object = pos.seconds[at]
        let isKnown = set !== base && base.index(.pos).range(predicate, object).count > 0
        if !isKnown, count(.none, predicate, object) > 0, !body(object) { return }
        at = pos.seconds.endOfRun(from: at, to: range.upperBound)
      }
    }
  }

  @discardableResult
  private func each(
    _ view: IndexView, _ permutation: Permutation, _ lead: TermID, _ body: (EncodedTriple) -> Bool
  ) -> Bool {
    for at in view.range {
      let triple = permutation.restored(lead, view.index.seconds[at], view.index.thirds[at])
      if !body(triple) { return false }
    }
    return true
  }
}
