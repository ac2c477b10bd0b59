import PropertySupport
import Testing

/// A thousand seeds; `make properties` tries ten thousand in release.
@Suite("The engine agrees with the definitions")
struct EvaluationProperties {
  @Test(arguments: Property.allCases, 0..<10)
  func holds(property: Property, block: Int) throws {
    let seedCount = property == .patterns ? 100 : 20
    for seed in block * seedCount..<(block + 1) * seedCount {
      if let found = try property.counterexample(seed: seed) {
        Issue.record("\(found)")
        return
      }
    }
  }
}
