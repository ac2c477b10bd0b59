import Glibc

/// A median of repeated timings, in a unit of its own.
struct Measurement {
  var name: String
  var value: Double
  var unit: String

  static func show(_ measurements: [Measurement]) {
    for measurement in measurements {
      let whole = Int(measurement.value)
      let shown =
        measurement.value >= 100
        ? "\(whole)" : "\(whole).\(twoDigits(Int((measurement.value - Double(whole)) * 100)))"
      print("\(measurement.name): \(shown) \(measurement.unit)")
    }
  }

  private static func twoDigits(_ value: Int) -> String {
    value < 10 ? "0\(value)" : "\(value)"
  }

  /// The median of `count` runs, in seconds.
  static func median(of count: Int, _ body: () -> Void) -> Double {
    let times = (0..<count).map { _ in
      let start = seconds()
      body()
      return seconds() - start
    }
    return times.sorted()[count / 2]
  }

  static func seconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// Bytes of memory the process holds now.
  static func residentByteCount() -> Int {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    guard fgets(&line, 256, file) != nil else { return 0 }
    let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    let fields = text.split(separator: " ")
    return (fields.count > 1 ? Int(fields[1]) ?? 0 : 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
  }

  /// Stops the benchmark when a result is not what it has to be.
  static func check(_ condition: Bool, _ what: String) {
    if condition { return }
    complain("kosh-bench: wrong result: \(what)\n")
    exit(1)
  }

  /// Writes to standard error.
  static func complain(_ text: String) {
    let bytes = Array(text.utf8)
    write(2, bytes, bytes.count)
  }
}
