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

  private indirect enum Slot {
    case term(TermID)
    case variable(Int)
    case triple(Slot, Slot, Slot)
  }

  private enum Item {
    case triple(Slot, Slot, Slot)
    case reach(Slot, forward: PathWitness, backward: PathWitness, Slot)
  }

  private let snapshot: Snapshot
  private let end: Double
  private var items: [Item] = []
  private var numbers: [Variable: Int] = [:]
  /// By number of the variable; `none` where it is open.
  private var bindings: [TermID] = []
  /// The variables bound, in order.
  private var trail: [Int] = []
  /// Those that hang together with the value.
  private var connected: [Int] = []
  private var stepsLeft = 0
  private var isCutOff = false
  /// Whether some part can have no match, whatever the value is.
  private var isHopeless = false

  private static let firstStepLimit = 32
  /// Steps for what has nothing to do with the value.
  private static let otherStepLimit = 1_000

  /// `end` is by the clock of `monotonicSeconds`.
  init(_ premises: Premises, valuesOf value: Variable, on snapshot: Snapshot, until end: Double) {
    self.snapshot = snapshot
    self.end = end
    _ = number(of: value)
    var variables: [Set<Variable>] = []
    for triple in premises.triples {
      items.append(
        .triple(slot(triple.subject), slot(triple.predicate), slot(triple.object)))
      variables.append(Set(triple.variables))
    }
    for reach in premises.reaches {
      items.append(
        .reach(
          slot(reach.subject), forward: PathWitness(reach.path, on: snapshot),
          backward: PathWitness(.inverse(reach.path), on: snapshot), slot(reach.object)))
      variables.append(Set(reach.subject.variables + reach.object.variables))
    }
    connected = Self.connected(to: value, variables)
    let others = items.indices.filter { !connected.contains($0) }
    if !isHopeless { isHopeless = finding(others, Self.otherStepLimit) == .noMatch }
  }

  /// The items that share variables with the value, or with others that do.
  private static func connected(to value: Variable, _ variables: [Set<Variable>]) -> [Int] {
    var reached: Set<Variable> = [value]
    var found: [Int] = []
    while true {
      let more = variables.indices.filter {
        !found.contains($0) && !variables[$0].isDisjoint(with: reached)
      }
      if more.isEmpty { return found }
      for item in more { reached.formUnion(variables[item]) }
      found += more
    }
  }

  // MARK: Asking

  /// Whether there is a match with this value.
  func finding(_ value: TermID, stepLimit: Int) -> Finding {
    if isHopeless { return .noMatch }
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

  /// Those with a match, and those of which that could not be found out: tried in their order, with few steps first, and with more the longer
  /// nothing is found. `count` of them are enough.
  func sort<Candidate>(
    _ candidates: [Candidate], until count: Int, id: (Candidate) -> TermID
  ) -> (fitting: [Candidate], open: [Candidate]) {
    var fitting: [Candidate] = []
    var open = candidates
    var stepLimit = Self.firstStepLimit
    while !open.isEmpty, fitting.count < count, monotonicSeconds() < end {
      open = open.filter { candidate in
        guard fitting.count < count else { return false }
        switch finding(id(candidate), stepLimit: stepLimit) {
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

  private func finding(_ open: [Int], _ stepLimit: Int) -> Finding {
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
    _ open: [Int], among known: inout Set<TermID>, _ body: (inout Set<TermID>) -> Bool
  ) -> Bool {
    if !known.isEmpty, known.contains(bindings[0]) { return true }
    guard let next = cheapest(open) else { return body(&known) }
    let rest = open.filter { $0 != next }
    return forEachMatch(items[next]) { search(rest, among: &known, body) }
  }

  private func cheapest(_ open: [Int]) -> Int? {
    guard open.count > 1 else { return open.first }
    var best: (item: Int, cost: Int)?
    for item in open {
      let cost = cost(items[item])
      if cost == 0 { return item }
      if cost < best?.cost ?? .max { best = (item, cost) }
    }
    return best?.item ?? open.first
  }

  /// How many triples match it as far as it is bound; for paths a guess.
  private func cost(_ item: Item) -> Int {
    switch item {
    case .triple(let subject, let predicate, let object):
      snapshot.count(known(subject), known(predicate), known(object))
    case .reach(let subject, _, _, let object):
      known(subject).isBound || known(object).isBound ? 16 : .max
    }
  }

  private func forEachMatch(_ item: Item, _ body: () -> Bool) -> Bool {
    switch item {
    case .triple(let subject, let predicate, let object):
      var goesOn = true
      snapshot.forEachUnordered(known(subject), known(predicate), known(object)) { triple in
        goesOn = bind(
          [(subject, triple.subject), (predicate, triple.predicate), (object, triple.object)], body)
        return goesOn
      }
      return goesOn
    case .reach(let subject, let forward, let backward, let object):
      let (source, target) = (known(subject), known(object))
      if source.isBound { return forEachEnd(of: forward, from: source, object, body) }
      if target.isBound { return forEachEnd(of: backward, from: target, subject, body) }
      isCutOff = true
      return false
    }
  }

  private func forEachEnd(
    of path: PathWitness, from source: TermID, _ slot: Slot, _ body: () -> Bool
  ) -> Bool {
    let (ends, isAll) = path.ends(from: source, limit: max(1, stepsLeft))
    for id in ends where !bind([(slot, id)], body) { return false }
    if !isAll { isCutOff = true }
    return isAll
  }

  /// Calls `body` with the slots bound to the ids, if they can be; a step. Returns whether to go on.
  private func bind(_ pairs: [(Slot, TermID)], _ body: () -> Bool) -> Bool {
    stepsLeft -= 1
    if stepsLeft < 0 || stepsLeft & 31 == 0 && monotonicSeconds() > end {
      isCutOff = true
      return false
    }
    let mark = trail.count
    defer { while trail.count > mark { bindings[trail.removeLast()] = .none } }
    return pairs.allSatisfy { match($0, $1) } ? body() : true
  }

  private func match(_ slot: Slot, _ id: TermID) -> Bool {
    switch slot {
    case .term(let own): return own == id
    case .variable(let number):
      if bindings[number].isBound { return bindings[number] == id }
      bindings[number] = id
      trail.append(number)
      return true
    case .triple(let subject, let predicate, let object):
      guard let triple = snapshot.dictionary.components(ofTriple: id) else { return false }
      return match(subject, triple.subject) && match(predicate, triple.predicate)
        && match(object, triple.object)
    }
  }

  private func known(_ slot: Slot) -> TermID {
    switch slot {
    case .term(let id): return id
    case .variable(let number): return bindings[number]
    case .triple(let subject, let predicate, let object):
      let triple = EncodedTriple(known(subject), known(predicate), known(object))
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
      return .triple(slot(triple.subject), slot(triple.predicate), slot(triple.object))
    }
  }

  private func number(of variable: Variable) -> Int {
    if let known = numbers[variable] { return known }
    numbers[variable] = bindings.count
    bindings.append(.none)
    return bindings.count - 1
  }
}
