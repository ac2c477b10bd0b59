import RDF

/// The steps from numbered nodes to others, which their owner frees.
struct StepLists {
  /// The steps from node n lead to `targets[offsets[n]..<offsets[n + 1]]`.
  private let offsets: UnsafeMutableBufferPointer<UInt32>
  let targets: UnsafeMutableBufferPointer<Int32>

  init(offsets: [UInt32], targets: [Int32]) {
    self.init(offsets: LeadDirectory.kept(offsets), targets: LeadDirectory.kept(targets))
  }

  private init(
    offsets: UnsafeMutableBufferPointer<UInt32>, targets: UnsafeMutableBufferPointer<Int32>
  ) {
    self.offsets = offsets
    self.targets = targets
  }

  /// The steps from each of the ascending starts to the end beside it; both are among the nodes,
  /// which are ascending, too.
  init(
    _ nodes: [TermID], _ numbers: TermNumbers, starts: UnsafeBufferPointer<TermID>,
    ends: UnsafeBufferPointer<TermID>
  ) {
    offsets = .allocate(capacity: nodes.count + 1)
    targets = .allocate(capacity: ends.count)
    var at = 0
    for (number, node) in nodes.enumerated() {
      offsets.initializeElement(at: number, to: UInt32(truncatingIfNeeded: at))
      while at < starts.count, starts[at] == node {
        targets.initializeElement(at: at, to: numbers[ends[at]])
        at += 1
      }
    }
    offsets.initializeElement(at: nodes.count, to: UInt32(truncatingIfNeeded: at))
  }

  /// The steps turned round: sorted by counting.
  var reversed: StepLists {
    let nodeCount = offsets.count - 1
    // The start of each node's steps, one place on; placing the steps moves it to where it belongs.
    var starts = [UInt32](repeating: 0, count: nodeCount + 2)
    for target in targets { starts[Int(target) + 2] += 1 }
    for at in 2..<starts.count { starts[at] += starts[at - 1] }
    let reversed = UnsafeMutableBufferPointer<Int32>.allocate(capacity: targets.count)
    for node in 0..<nodeCount {
      for step in steps(from: node) {
        let place = Int(targets[step]) + 1
        reversed.initializeElement(at: Int(starts[place]), to: Int32(truncatingIfNeeded: node))
        starts[place] += 1
      }
    }
    return StepLists(offsets: LeadDirectory.kept(starts.dropLast()), targets: reversed)
  }

  func deallocate() {
    offsets.deallocate()
    targets.deallocate()
  }

  /// Where the targets of a node's steps are.
  @inline(__always)
  func steps(from node: Int) -> Range<Int> {
    Range(uncheckedBounds: (Int(offsets[node]), Int(offsets[node + 1])))
  }

  /// Says that a node's steps will be asked for soon.
  @inline(__always)
  func prefetch(stepsFrom node: Int) { Engine.prefetch(offsets.baseAddress?.advanced(by: node)) }

  /// Says that the targets of a node's steps will be read soon.
  @inline(__always)
  func prefetch(targetsFrom node: Int) {
    Engine.prefetch(targets.baseAddress?.advanced(by: Int(offsets[node])))
  }
}
