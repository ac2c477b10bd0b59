import Algebra
import Engine
import RDF

/// Searches for matches of triples and paths that have to hold together, of which one variable is the value asked for.
///
/// For questions that have to be answered while a key is held down: it starts at once, makes no index, and ends where its steps or its
/// time are used up. Next in turn is always the pattern with the fewest triples for what is bound.
final class MatchSearch {
  enum Finding {
    case match
    case noMatch
    /// The steps or the time did not suffice.
    case unknown
  }

  private enum Slot {
    case term(TermID)
    case variable(Int)
    /// A triple term with a variable inside, by its place in `triples`.
    case triple(Int)
  }

  private struct Item {
    var subject: Slot
    var predicate: Slot
    var object: Slot
    /// Where it is a path: its place in `paths`.
    var path: Int?
  }

  /// Items by their bits.
  private typealias Items = UInt64

  private let snapshot: Snapshot
  private let end: Double
  private var items: [Item] = []
  private var triples: [Item] = []
  private var paths: [(forward: PathWitness, backward: PathWitness)] = []
  private var numbers: [Variable: Int] = [:]
  /// By number of the variable; `none` where it is open.
  private var bindings: [TermID] = []
  /// The variables bound, in order.
  private var trail: [Int] = []
  /// Those that hang together with the value.
  private var connected: Items = 0
  private var stepsLeft = 0
  private var isCutOff = false
  /// Whether some part can have no match, whatever the value is.
  private var isHopeless = false

  private static let firstStepLimit = 32
  private static let allValuesStepLimit = 500
  /// Steps for what has nothing to do with the value.
  private static let otherStepLimit = 1_000

  /// `end` is by the clock of `monotonicSeconds`.
  init(_ premises: Premises, valuesOf value: Variable, on snapshot: Snapshot, until end: Double) {
    self.snapshot = snapshot
    self.end = end
    _ = number(of: value)
    var variables: [Set<Variable>] = []
    for triple in premises.triples.prefix(Items.bitWidth) {
      items.append(item(triple))
      variables.append(Set(triple.variables))
    }
    for reach in premises.reaches.prefix(Items.bitWidth - items.count) {
      items.append(
        Item(
          subject: slot(reach.subject), predicate: .term(.none), object: slot(reach.object),
          path: paths.count))
      paths.append(
        (
          PathWitness(reach.path, on: snapshot), PathWitness(.inverse(reach.path), on: snapshot)
        ))
      variables.append(Set(reach.subject.variables + reach.object.variables))
    }
    connected = Self.connected(to: value, variables)
    let others = items.indices.reduce(0 as Items) { $0 | 1 << Items($1) } & ~connected
    if !isHopeless { isHopeless = finding(others, Self.otherStepLimit) == .noMatch }
  }

  /// The items that share variables with the value, or with others that do.
  private static func connected(to value: Variable, _ variables: [Set<Variable>]) -> Items {
    var reached: Set<Variable> = [value]
    var found: Items = 0
    while true {
      let more = variables.indices.filter {
        found >> Items($0) & 1 == 0 && !variables[$0].isDisjoint(with: reached)
      }
      if more.isEmpty { return found }
      for item in more {
        reached.formUnion(variables[item])
        found |= 1 << Items(item)
      }
    }
  }

  // MARK: Asking

  /// All values that have a match; nil where a short search does not find them all.
  private(set) lazy var allValues: Set<TermID>? = {
    let found = values(stepLimit: Self.allValuesStepLimit)
    return found.isAll ? found.ids : nil
  }()

  /// Whether there is a match with this value.
  func finding(_ value: TermID, stepLimit: Int) -> Finding {
    if isHopeless { return .noMatch }
    if let allValues { return allValues.contains(value) ? .match : .noMatch }
    bindings[0] = value
    defer { bindings[0] = .none }
    return finding(connected, stepLimit)
  }

  /// The values of all matches, as far as the steps go; whether that is all.
  func values(stepLimit: Int) -> (ids: Set<TermID>, isAll: Bool) {
    if isHopeless { return ([], true) }
    begin(stepLimit)
    var found: Set<TermID> = []
    _ = search(connected, among: &found) { found in
      found.insert(bindings[0])
      return true
    }
    return (found, !isCutOff)
  }

  /// Those with a match, and those of which that could not be found out before `end`: tried in their order, with few steps first, and with
  /// more the longer nothing is found. `count` of them are enough.
  static func sort<Candidate>(
    _ candidates: [Candidate], upTo count: Int, until end: Double,
    finding: (Candidate, _ stepLimit: Int) -> Finding
  ) -> (fitting: [Candidate], open: [Candidate]) {
    var fitting: [Candidate] = []
    var open = candidates
    var stepLimit = firstStepLimit
    while !open.isEmpty, fitting.count < count, monotonicSeconds() < end {
      open = open.filter { candidate in
        guard fitting.count < count else { return false }
        switch finding(candidate, stepLimit) {
        case .match:
          fitting.append(candidate)
          return false
        case .noMatch: return false
        case .unknown: return true
        }
      }
      stepLimit *= 8
    }
    return (fitting, open)
  }

  private func finding(_ open: Items, _ stepLimit: Int) -> Finding {
    begin(stepLimit)
    var isFound = false
    var none: Set<TermID> = []
    _ = search(open, among: &none) { _ in
      isFound = true
      return false
    }
    return isFound ? .match : isCutOff ? .unknown : .noMatch
  }

  private func begin(_ stepLimit: Int) {
    stepsLeft = stepLimit
    isCutOff = false
  }

  // MARK: Searching

  /// Calls `body` at each match until it returns false, leaving out values that are known; returns whether to go on.
  private func search(
    _ open: Items, among known: inout Set<TermID>, _ body: (inout Set<TermID>) -> Bool
  ) -> Bool {
    if !known.isEmpty, known.contains(bindings[0]) { return true }
    guard open != 0 else { return body(&known) }
    let next = cheapest(open)
    let rest = open & ~(1 << Items(next))
    return forEachMatch(items[next]) { search(rest, among: &known, body) }
  }

  private func cheapest(_ open: Items) -> Int {
    let first = open.trailingZeroBitCount
    var rest = open & (open - 1)
    guard rest != 0 else { return first }
    var (best, least) = (first, cost(items[first]))
    while rest != 0, least > 0 {
      let item = rest.trailingZeroBitCount
      let cost = cost(items[item])
      if cost < least { (best, least) = (item, cost) }
      rest &= rest - 1
    }
    return best
  }

  /// How many triples match it as far as it is bound; for paths a guess.
  private func cost(_ item: Item) -> Int {
    let (subject, object) = (known(item.subject), known(item.object))
    if item.path != nil { return subject.isBound || object.isBound ? 16 : .max }
    return snapshot.count(subject, known(item.predicate), object)
  }

  private func forEachMatch(_ item: Item, _ body: () -> Bool) -> Bool {
    let (subject, object) = (known(item.subject), known(item.object))
    guard let path = item.path else {
      var goesOn = true
      snapshot.forEachUnordered(subject, known(item.predicate), object) { triple in
        goesOn = step {
          match(item.subject, triple.subject) && match(item.predicate, triple.predicate)
            && match(item.object, triple.object)
        } then: {
          body()
        }
        return goesOn
      }
      return goesOn
    }
    if subject.isBound { return forEachEnd(of: paths[path].forward, subject, item.object, body) }
    if object.isBound { return forEachEnd(of: paths[path].backward, object, item.subject, body) }
    isCutOff = true
    return false
  }

  private func forEachEnd(
    of path: PathWitness, _ source: TermID, _ slot: Slot, _ body: () -> Bool
  ) -> Bool {
    let (ends, isAll) = path.ends(from: source, limit: max(1, stepsLeft))
    for id in ends where !step({ match(slot, id) }, then: body) { return false }
    if !isAll { isCutOff = true }
    return isAll
  }

  /// Calls `body` where `matches` could bind what it has to, and undoes that; returns whether to go on.
  @inline(__always)
  private func step(_ matches: () -> Bool, then body: () -> Bool) -> Bool {
    stepsLeft -= 1
    if stepsLeft < 0 || stepsLeft & 31 == 0 && monotonicSeconds() > end {
      isCutOff = true
      return false
    }
    let mark = trail.count
    let goesOn = matches() ? body() : true
    while trail.count > mark { bindings[trail.removeLast()] = .none }
    return goesOn
  }

  private func match(_ slot: Slot, _ id: TermID) -> Bool {
    switch slot {
    case .term(let own): return own == id
    case .variable(let number):
      let bound = bindings[number]
      if bound.isBound { return bound == id }
      bindings[number] = id
      trail.append(number)
      return true
    case .triple(let place):
      guard let triple = snapshot.dictionary.components(ofTriple: id) else { return false }
      let inner = triples[place]
      return match(inner.subject, triple.subject) && match(inner.predicate, triple.predicate)
        && match(inner.object, triple.object)
    }
  }

  private func known(_ slot: Slot) -> TermID {
    switch slot {
    case .term(let id): return id
    case .variable(let number): return bindings[number]
    case .triple(let place):
      let inner = triples[place]
      let triple = EncodedTriple(known(inner.subject), known(inner.predicate), known(inner.object))
      guard triple.subject.isBound, triple.predicate.isBound, triple.object.isBound else {
        return .none
      }
      return snapshot.dictionary.lookup(triple: triple) ?? .none
    }
  }

  // MARK: Encoding

  private func slot(_ pattern: TermPattern) -> Slot {
    switch pattern {
    case .term(let term):
      let id = snapshot.dictionary.lookup(term)
      if id == nil { isHopeless = true }
      return .term(id ?? .none)
    case .variable(let variable): return .variable(number(of: variable))
    case .triple(let triple):
      triples.append(item(triple))
      return .triple(triples.count - 1)
    }
  }

  private func item(_ triple: TriplePattern) -> Item {
    Item(
      subject: slot(triple.subject), predicate: slot(triple.predicate),
      object: slot(triple.object))
  }

  private func number(of variable: Variable) -> Int {
    if let known = numbers[variable] { return known }
    numbers[variable] = bindings.count
    bindings.append(.none)
    return bindings.count - 1
  }
}
