import Algebra
import Engine
import RDF

/// A property path as a nondeterministic automaton whose moves are steps over triples.
struct PathAutomaton: Sendable {
  /// A step over a triple of one predicate, from its subject or from its object.
  struct Step: Hashable {
    var predicate: TermID
    var isForward: Bool
    var target: UInt32
  }

  /// What leads on from a state, by state.
  private(set) var steps: [[Step]] = []
  /// Whether a walk may end in a state, by state.
  private(set) var isEnd: [Bool] = []
  static let start: UInt32 = 0

  init(_ path: Path, on snapshot: Snapshot) {
    var builder = Builder(snapshot: snapshot)
    let (start, end) = (builder.newState(), builder.newState())
    builder.connect(path, start, end, isForward: true)
    for state in builder.steps.indices {
      let reached = builder.reachedFreely(from: UInt32(state))
      var seen: Set<Step> = []
      steps.append(
        reached.flatMap { builder.steps[Int($0)] }.filter { seen.insert($0).inserted })
      isEnd.append(reached.contains(end))
    }
  }

  /// Makes the automaton with moves that take no step.
  private struct Builder {
    let snapshot: Snapshot
    var steps: [[Step]] = []
    private var freeMoves: [[UInt32]] = []

    init(snapshot: Snapshot) {
      self.snapshot = snapshot
    }

    /// A state and those that it leads to without a step.
    func reachedFreely(from state: UInt32) -> [UInt32] {
      var reached = [state]
      var seen: Set<UInt32> = [state]
      var next = 0
      while next < reached.count {
        for target in freeMoves[Int(reached[next])] where seen.insert(target).inserted {
          reached.append(target)
        }
        next += 1
      }
      return reached
    }

    mutating func newState() -> UInt32 {
      steps.append([])
      freeMoves.append([])
      return UInt32(steps.count - 1)
    }

    mutating func connect(_ path: Path, _ from: UInt32, _ to: UInt32, isForward: Bool) {
      switch path {
      case .predicate(let predicate):
        if let id = snapshot.dictionary.lookup(predicate) {
          steps[Int(from)].append(Step(predicate: id, isForward: isForward, target: to))
        }
      case .inverse(let inner): connect(inner, from, to, isForward: !isForward)
      case .sequence(let first, let second):
        let middle = newState()
        connect(isForward ? first : second, from, middle, isForward: isForward)
        connect(isForward ? second : first, middle, to, isForward: isForward)
      case .alternative(let first, let second):
        connect(first, from, to, isForward: isForward)
        connect(second, from, to, isForward: isForward)
      case .zeroOrOne(let inner):
        skip(from, to)
        connect(inner, from, to, isForward: isForward)
      case .oneOrMore(let inner): loop(inner, from, to, isForward: isForward)
      case .zeroOrMore(let inner):
        skip(from, to)
        loop(inner, from, to, isForward: isForward)
      case .negated(let forward, let inverse):
        connectNegated(isForward ? forward : inverse, from, to, isForward: true)
        connectNegated(isForward ? inverse : forward, from, to, isForward: false)
      }
    }

    private mutating func loop(_ path: Path, _ from: UInt32, _ to: UInt32, isForward: Bool) {
      let entry = newState()
      let exit = newState()
      skip(from, entry)
      connect(path, entry, exit, isForward: isForward)
      skip(exit, entry)
      skip(exit, to)
    }

    private mutating func skip(_ from: UInt32, _ to: UInt32) { freeMoves[Int(from)].append(to) }

    private mutating func connectNegated(
      _ excluded: [Term], _ from: UInt32, _ to: UInt32, isForward: Bool
    ) {
      guard !excluded.isEmpty else { return }
      let ids = Set(excluded.compactMap(snapshot.dictionary.lookup))
      for predicate in snapshot.predicates where !ids.contains(predicate) {
        steps[Int(from)].append(Step(predicate: predicate, isForward: isForward, target: to))
      }
    }
  }
}
