import CZlib

/// Compresses as gzip, piece by piece; the same bytes give the same file, which names no file and no time.
public struct GzipEncoder: ~Copyable {
  private let stream: UnsafeMutablePointer<z_stream>
  private let output: UnsafeMutableRawBufferPointer

  /// nil when there is not enough memory.
  public init?() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    output = .allocate(byteCount: 1 << 16, alignment: 16)
    guard kosh_deflate_init(stream) == Z_OK else {
      stream.deallocate()
      output.deallocate()
      return nil
    }
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
    output.deallocate()
  }

  /// Takes bytes in, and hands over what is compressed by now.
  public mutating func write<Failure: Error>(
    _ bytes: UnsafeRawBufferPointer,
    to sink: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    var rest = bytes
    while !rest.isEmpty {
      let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 30))
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(piece.count))
      stream.pointee.next_in = UnsafeMutablePointer(
        mutating: piece.baseAddress?.assumingMemoryBound(to: Bytef.self))
      stream.pointee.avail_in = uInt(piece.count)
      try run(Z_NO_FLUSH, to: sink)
    }
  }

  /// Hands over the rest.
  public consuming func finish<Failure: Error>(
    to sink: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    stream.pointee.avail_in = 0
    try run(Z_FINISH, to: sink)
  }

  private func run<Failure: Error>(
    _ flush: Int32, to sink: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    var isFull = true
    while isFull {
      stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: Bytef.self)
      stream.pointee.avail_out = uInt(output.count)
      let status = deflate(stream, flush)
      precondition(status != Z_STREAM_ERROR, "the stream was set up by deflateInit2")
      let count = output.count - Int(stream.pointee.avail_out)
      if count > 0 { try sink(UnsafeRawBufferPointer(rebasing: output[..<count])) }
      isFull = stream.pointee.avail_out == 0
    }
  }
}
