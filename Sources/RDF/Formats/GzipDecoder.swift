import CZlib

/// What is wrong with compressed bytes.
public enum GzipProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// They end before the compressed data does.
  case truncated
  /// They are no gzip data, or its checksum is wrong.
  case damaged
  case outOfMemory

  public var description: String {
    switch self {
    case .truncated: "the compressed file ends too early"
    case .damaged: "the compressed file is damaged"
    case .outOfMemory: "there is not enough memory to decompress"
    }
  }
}

/// Undoes gzip, piece by piece; bytes that do not begin as gzip does pass through as they are.
///
/// Files of several members, one after the other, are one text. Source: RFC 1952.
public struct GzipDecoder: ~Copyable {
  private enum Stage {
    case start
    /// Not compressed.
    case plain
    /// Inside a member.
    case inside
    /// Between two members, or after the last.
    case between
    case ended
  }

  private var stage = Stage.start
  private let stream: UnsafeMutablePointer<z_stream>
  private let input: UnsafeMutableRawBufferPointer
  private var isInitialized = false

  public init() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    input = .allocate(byteCount: 1 << 16, alignment: 16)
  }

  deinit {
    if isInitialized { inflateEnd(stream) }
    stream.deallocate()
    input.deallocate()
  }

  /// Fills the buffer as far as it can at once; 0 is the end.
  ///
  /// - Parameters:
  ///   - source: Gives compressed bytes; 0 is their end.
  ///   - failure: Makes the error to throw.
  public mutating func read<Failure: Error>(
    into output: UnsafeMutableRawBufferPointer,
    from source: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int,
    orThrow failure: (GzipProblem) -> Failure
  ) throws(Failure) -> Int {
    if stage == .start { try start(from: source, orThrow: failure) }
    if stage == .plain {
      let held = Int(stream.pointee.avail_in)
      return held > 0 ? takeHeld(held, into: output) : try source(output)
    }
    while stage != .ended {
      if stream.pointee.avail_in == 0 {
        let count = try source(input)
        if count == 0 {
          guard stage == .between else { throw failure(.truncated) }
          stage = .ended
          return 0
        }
        hold(count)
      }
      let produced = try inflate(into: output, orThrow: failure)
      if produced > 0 { return produced }
    }
    return 0
  }

  /// Looks at the first two bytes.
  private mutating func start<Failure: Error>(
    from source: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int,
    orThrow failure: (GzipProblem) -> Failure
  ) throws(Failure) {
    var count = 0
    while count < 2 {
      let added = try source(UnsafeMutableRawBufferPointer(rebasing: input[count...]))
      if added == 0 { break }
      count += added
    }
    hold(count)
    guard count >= 2, input[0] == 0x1F, input[1] == 0x8B else {
      stage = .plain
      return
    }
    guard kosh_inflate_init(stream) == Z_OK else { throw failure(.outOfMemory) }
    isInitialized = true
    stage = .inside
  }

  private func hold(_ count: Int) {
    stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: Bytef.self)
    stream.pointee.avail_in = uInt(count)
  }

  private func takeHeld(_ held: Int, into output: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(held, output.count)
    output.copyBytes(from: UnsafeRawBufferPointer(start: stream.pointee.next_in, count: count))
    stream.pointee.next_in += count
    stream.pointee.avail_in -= uInt(count)
    return count
  }

  private mutating func inflate<Failure: Error>(
    into output: UnsafeMutableRawBufferPointer, orThrow failure: (GzipProblem) -> Failure
  ) throws(Failure) -> Int {
    if stage == .between {
      guard inflateReset(stream) == Z_OK else { throw failure(.damaged) }
      stage = .inside
    }
    let capacity = uInt(min(output.count, 1 << 30))
    stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: Bytef.self)
    stream.pointee.avail_out = capacity
    switch CZlib.inflate(stream, Z_NO_FLUSH) {
    case Z_OK, Z_BUF_ERROR: break
    case Z_STREAM_END: stage = .between
    case Z_MEM_ERROR: throw failure(.outOfMemory)
    default: throw failure(.damaged)
    }
    return Int(capacity - stream.pointee.avail_out)
  }
}
