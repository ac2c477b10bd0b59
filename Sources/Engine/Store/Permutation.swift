import RDF

/// An order of the three positions of a triple.
enum Permutation: Int, CaseIterable {
  case spo
  case sop
  case pso
  case pos
  case osp
  case ops

  /// The permuted triple: leading, second and third position.
  @inline(__always)
  func permuted(_ t: EncodedTriple) -> EncodedTriple {
    switch self {
    case .spo: t
    case .sop: EncodedTriple(t.subject, t.object, t.predicate)
    case .pso: EncodedTriple(t.predicate, t.subject, t.object)
    case .pos: EncodedTriple(t.predicate, t.object, t.subject)
    case .osp: EncodedTriple(t.object, t.subject, t.predicate)
    case .ops: EncodedTriple(t.object, t.predicate, t.subject)
    }
  }

  /// The triple whose leading, second and third positions are given.
  @inline(__always)
  func restored(_ a: TermID, _ b: TermID, _ c: TermID) -> EncodedTriple {
    switch self {
    case .spo: EncodedTriple(a, b, c)
    case .sop: EncodedTriple(a, c, b)
    case .pso: EncodedTriple(b, a, c)
    case .pos: EncodedTriple(c, a, b)
    case .osp: EncodedTriple(b, c, a)
    case .ops: EncodedTriple(c, b, a)
    }
  }

  /// Which position of a triple (0 subject, 1 predicate, 2 object) comes first, second, third.
  var positions: [Int] {
    switch self {
    case .spo: [0, 1, 2]
    case .sop: [0, 2, 1]
    case .pso: [1, 0, 2]
    case .pos: [1, 2, 0]
    case .osp: [2, 0, 1]
    case .ops: [2, 1, 0]
    }
  }

  /// Whether triples sorted by `spo` need only be put in order by their leading position.
  var isMadeByCounting: Bool { self == .pso || self == .osp }

  /// The permutation with the given positions first and second.
  init(_ first: Int, _ second: Int) {
    switch (first, second) {
    case (0, 1): self = .spo
    case (0, _): self = .sop
    case (1, 0): self = .pso
    case (1, _): self = .pos
    case (_, 0): self = .osp
    case (_, _): self = .ops
    }
  }
}
