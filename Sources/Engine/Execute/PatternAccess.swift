import RDF

/// The way to a pattern's matches: which index, and where its leading ids come from.
struct PatternAccess {
  enum Source {
    case constant(TermID)
    case column(Int)
    case open

    @inline(__always)
    func id(_ columns: [[TermID]], _ row: Int) -> TermID {
      switch self {
      case .constant(let id): id
      case .column(let column): columns[column][row]
      case .open: .none
      }
    }

    var isBound: Bool { if case .open = self { false } else { true } }
  }

  private let graph: Graph
  private let permutation: Permutation
  /// In the order of the permutation.
  private let first: Source
  private let second: Source
  private let third: Source
  /// nil while the delta must be minded.
  private let index: PermutationIndex?
  /// For each open position in the order of the permutation, its column among the new ones.
  private let places: [Int]

  var openCount: Int { places.count }

  /// `columns` are the slots of the input rows.
  init(_ pattern: ScanPattern, _ graph: Graph, columns: [Slot]) {
    self.graph = graph
    let sources = (0..<3).map { position -> Source in
      switch pattern[position] {
      case .constant(let id): .constant(id)
      case .slot(let slot): columns.firstIndex(of: slot).map(Source.column) ?? .open
      }
    }
    permutation = Self.permutation(sources)
    let order = permutation.positions
    first = sources[order[0]]
    second = sources[order[1]]
    third = sources[order[2]]
    index = graph.hasDelta ? nil : graph.base.index(permutation)
    let open = (0..<3).filter { !sources[$0].isBound }
    places = order.compactMap { open.firstIndex(of: $0) }
  }

  /// Bound positions first; of two bound ones, a subject leads, then an object that varies.
  private static func permutation(_ sources: [Source]) -> Permutation {
    switch (sources[0].isBound, sources[1].isBound, sources[2].isBound) {
    case (true, true, _), (true, false, false): .spo
    case (false, true, true), (false, true, false): .pos
    case (true, false, true): .osp
    case (false, false, true): .osp
    case (false, false, false): .spo
    }
  }

  /// The matches for one row; nil when there are none.
  @inline(__always)
  func matches(_ columns: [[TermID]], _ row: Int) -> PatternMatches? {
    guard first.isBound else {
      return PatternMatches(all: graph, permutation, places)
    }
    let lead = first.id(columns, row)
    let view: IndexView
    if let index {
      var range = index.range(lead)
      if second.isBound { range = index.range(second.id(columns, row), in: range) }
      view = IndexView(index: index, range: range)
    } else if second.isBound {
      view = graph.view(permutation, lead, second.id(columns, row))
    } else {
      view = graph.view(permutation, lead)
    }
    guard third.isBound else {
      return view.range.isEmpty ? nil : PatternMatches(view, places)
    }
    let wanted = third.id(columns, row)
    let at = view.index.thirds.lowerBound(of: wanted, in: view.range)
    guard at < view.range.upperBound, view.index.thirds[at] == wanted else { return nil }
    return PatternMatches(IndexView(index: view.index, range: at..<at + 1), [])
  }
}

/// Matches still to be taken, in parts.
struct PatternMatches {
  private var view: IndexView
  private let places: [Int]
  /// For a scan of the whole graph, the leading ids still to come.
  private var leads: ArraySlice<TermID> = []
  private var lead = TermID.none
  private var graph: Graph?
  private var permutation = Permutation.spo

  init(_ view: IndexView, _ places: [Int]) {
    self.view = view
    self.places = places
  }

  init(all graph: Graph, _ permutation: Permutation, _ places: [Int]) {
    view = IndexView(index: graph.base.spo, range: 0..<0)
    self.places = places
    self.graph = graph
    self.permutation = permutation
    leads = graph.leads(permutation)[...]
    advance()
  }

  var isDone: Bool { view.range.isEmpty }

  private mutating func advance() {
    while let graph, view.range.isEmpty, let next = leads.popFirst() {
      lead = next
      view = graph.view(permutation, next)
    }
  }

  /// Appends at most `limit` matches to the new columns; how many.
  mutating func take(_ limit: Int, into columns: inout [[TermID]]) -> Int {
    let start = view.range.lowerBound
    let part = start..<min(view.range.upperBound, start + limit)
    switch places.count {
    case 0: break
    case 1: columns[places[0]] += view.index.thirds[part]
    case 2:
      columns[places[0]] += view.index.seconds[part]
      columns[places[1]] += view.index.thirds[part]
    default:
      columns[places[0]] += repeatElement(lead, count: part.count)
      columns[places[1]] += view.index.seconds[part]
      columns[places[2]] += view.index.thirds[part]
    }
    view = IndexView(index: view.index, range: part.upperBound..<view.range.upperBound)
    advance()
    return part.count
  }
}
