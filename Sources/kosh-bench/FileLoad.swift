import KnowledgeBase

/// Loads files of RDF or sentences with indexes ready to ask, from a warm page cache.
enum FileLoad {
  private static let usage = "usage: kosh-bench load FILE ..."

  /// Prints a line a file; 2 without a file, 1 when one does not load.
  static func run(_ files: [String]) -> Int32 {
    if files.isEmpty {
      Measurement.complain(usage + "\n")
      return 2
    }
    for file in files {
      let before = Measurement.residentByteCount()
      let knowledge = KnowledgeBase()
      let start = Measurement.seconds()
      guard load(file, into: knowledge) else { return 1 }
      let seconds = Measurement.seconds() - start
      let count = Double(max(knowledge.tripleCount, 1))
      let held = Measurement.residentByteCount() - before
      print(file)
      Measurement.show([
        Measurement(name: "  triples", value: count, unit: ""),
        Measurement(name: "  load", value: seconds * 1e6 / count, unit: "us/triple"),
        Measurement(name: "  resident", value: Double(held) / count, unit: "bytes/triple"),
      ])
    }
    return 0
  }

  static func load(_ file: String, into knowledge: KnowledgeBase) -> Bool {
    do throws(SystemFailure) {
      return try knowledge.load([file]) { _, _ in }.errorCount == 0
    } catch {
      Measurement.complain("kosh-bench: cannot \(error.operation) \(file): \(error.cause)\n")
      return false
    }
  }
}
