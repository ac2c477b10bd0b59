import Glibc

/// A median of repeated timings, in a unit of its own.
struct Measurement {
  var name: String
  var value: Double
  var unit: String

  static func show(_ measurements: [Measurement]) {
    for measurement in measurements {
      print("\(measurement.name): \(text(measurement.value)) \(measurement.unit)")
    }
  }

  /// A number with three decimals, or none when it is large.
  static func text(_ value: Double) -> String {
    let whole = Int(value)
    if value >= 100 { return "\(whole)" }
    let decimals = "\(1000 + Int((value - Double(whole)) * 1000))".dropFirst()
    return "\(whole).\(decimals)"
  }

  /// The median of `count` runs, in seconds.
  static func median(
    of count: Int, _ clock: clockid_t = CLOCK_MONOTONIC, _ body: () -> Void
  ) -> Double {
    let times = (0..<count).map { _ in
      let start = seconds(clock)
      body()
      return seconds(clock) - start
    }
    return times.sorted()[count / 2]
  }

  static func seconds(_ clock: clockid_t = CLOCK_MONOTONIC) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
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

  /// The most bytes of memory the process has held.
  static func peakByteCount() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss << 10
  }

  /// The bytes of a file; nil when it cannot be read.
  static func contents(of path: String) -> [UInt8]? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 12)
    while true {
      let count = fread(&block, 1, block.count, file)
      if count == 0 { return ferror(file) == 0 ? bytes : nil }
      bytes += block[..<count]
    }
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
