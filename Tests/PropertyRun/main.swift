import Glibc
import PropertySupport

// kosh-properties [COUNT [FIRST]]: tries each property with COUNT seeds, 10,000 unless said, from FIRST on.

let numbers = CommandLine.arguments.dropFirst().map { Int($0) ?? 0 }
let count = numbers.first ?? 10_000
let first = numbers.dropFirst().first ?? 0
guard count > 0, first >= 0 else {
  print("usage: kosh-properties [COUNT [FIRST]]")
  exit(2)
}
for property in Property.allCases {
  for seed in first..<first + count {
    if let found = try property.counterexample(seed: seed) {
      print(found)
      exit(1)
    }
  }
  print("\(property.rawValue): \(count) seeds agree")
}
