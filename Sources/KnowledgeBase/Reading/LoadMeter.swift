import Glibc

/// How far a load has come.
public struct LoadProgress: Hashable, Sendable {
  /// Triples or sentences read so far.
  public var count: Int
  /// What they are.
  public var unit: String
  public var seconds: Double
  /// Memory that the process holds.
  public var byteCount: Int
  /// How much of the files has been read, from 0 to 1; nil where it cannot be told, as of a pipe.
  public var fraction: Double?

  public init(
    count: Int, unit: String, seconds: Double, byteCount: Int, fraction: Double? = nil
  ) {
    self.fraction = fraction
    self.count = count
    self.unit = unit
    self.seconds = seconds
    self.byteCount = byteCount
  }
}

/// Reports a load's progress from time to time, once it has taken half a second.
struct LoadMeter {
  private let report: ((LoadProgress) -> Void)?
  private let unit: String
  private let start = monotonicSeconds()
  private var next: Double

  private static let delay = 0.5
  private static let interval = 0.1

  init(_ unit: String, _ report: ((LoadProgress) -> Void)?) {
    self.unit = unit
    self.report = report
    next = start + Self.delay
  }

  mutating func tick(
    _ count: @autoclosure () -> Int, of fraction: @autoclosure () -> Double? = nil,
    evenNow: Bool = false
  ) {
    guard let report else { return }
    let now = monotonicSeconds()
    guard now >= next || evenNow && now >= start + Self.delay else { return }
    next = now + Self.interval
    report(
      LoadProgress(
        count: count(), unit: unit, seconds: now - start, byteCount: Self.residentByteCount(),
        fraction: fraction()))
  }

  private static func residentByteCount() -> Int {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    guard fgets(&line, 128, file) != nil else { return 0 }
    let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    let fields = text.split(separator: " ")
    return (fields.count > 1 ? Int(fields[1]) ?? 0 : 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
  }
}
