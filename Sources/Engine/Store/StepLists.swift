/// The steps from numbered nodes to others, which their owner frees.
struct StepLists {
  /// The steps from node n lead to `targets[offsets[n]..<offsets[n + 1]]`.
  private let offsets: UnsafeMutableBufferPointer<UInt32>
  let targets: UnsafeMutableBufferPointer<Int32>

  init(offsets: [UInt32], targets: [Int32]) {
    self.offsets = LeadDirectory.kept(offsets)
    self.targets = LeadDirectory.kept(targets)
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
