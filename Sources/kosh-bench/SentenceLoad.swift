import Diagnostics
import Glibc
import KnowledgeBase

/// Loads facts written as sentences, each between two of a tenth as many entities.
enum SentenceLoad {
  static func run(size: Int?) -> [Measurement] {
    let count = size ?? 1_000_000
    let good = text(factCount: count, brokenLine: nil)
    let brokenLine = count / 10 * 9
    let broken = text(factCount: count, brokenLine: brokenLine)
    let directory = "/tmp/kosh-bench-\(getpid())"
    mkdir(directory, 0o700)
    defer { rmdir(directory) }
    let path = directory + "/facts.kosh"
    defer { unlink(path) }
    let seconds = load(good, path) { errors, factCount in
      Measurement.check(errors.isEmpty && factCount == count, "\(factCount) facts loaded")
    }
    let failing = load(broken, path) { errors, factCount in
      Measurement.check(errors == [brokenLine] && factCount == 0, "errors at lines \(errors)")
    }
    return [
      Measurement(name: "sentences loaded", value: Double(count) / seconds, unit: "facts/s"),
      Measurement(name: "error in line \(brokenLine) found after", value: failing, unit: "s"),
    ]
  }

  private static func text(factCount: Int, brokenLine: Int?) -> [UInt8] {
    var random = SplitMix(state: 42)
    let people = UInt64(max(factCount / 10, 2))
    var text: [UInt8] = []
    for line in 1...factCount {
      // Distinct by the line's number, so that the graph holds as many facts as there are lines.
      let subject = UInt64(line) % people
      let object = (subject + 1 + UInt64(line) / people * 7 + random.next() % 7) % people
      let relation = line == brokenLine ? "(knows" : "knows"
      text += Array("Person \(subject) \(relation) Person \(object).\n".utf8)
    }
    return text
  }

  private static func load(
    _ text: [UInt8], _ path: String, check: (_ errorLines: [Int], _ factCount: Int) -> Void
  ) -> Double {
    guard let file = fopen(path, "w") else { return 0 }
    fwrite(text, 1, text.count, file)
    fclose(file)
    return Measurement.median(of: 3) {
      var errorLines: [Int] = []
      var factCount = 0
      do {
        let knowledge = KnowledgeBase()
        let report = try knowledge.load([path]) { result, _ in
          if case .rejected = result.result { errorLines.append(result.line) }
        }
        factCount = report.factCount
      } catch {
        Measurement.complain("kosh-bench: \(error)\n")
      }
      check(errorLines, factCount)
    }
  }
}

/// A seeded generator, the same on every machine. Source: Steele, Lea, Flood, 2014.
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
