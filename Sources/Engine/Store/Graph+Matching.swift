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
