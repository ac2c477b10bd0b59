import CPlatform
import Engine
import RDF

/// Threads that parse parts of documents, for one consumer that takes the blocks of one part after the other.
///
/// Threads take parts in their order, a few before the consumer, and a part has room for a few blocks: so the consumer never
/// waits for a part that no thread has, and memory stays bounded. Sendable because all that changes is only touched under the lock.
final class ParsingPool: @unchecked Sendable {
  /// A block with the line feeds before each of its statements, counted from the start of its part.
  struct Block: Sendable {
    var triples: KeptBlock
    var lines: [UInt32]
  }

  /// How a part ended.
  typealias End = Result<DocumentPart.Reading, SystemFailure>

  private struct Queue {
    var blocks: [Block] = []
    var end: End?
    var isUnwanted = false
  }

  /// Blocks that wait for the consumer, of one part: a part of lines fits in whole.
  private static let capacity = 10
  /// Parts that threads may take before the consumer asks for them.
  private static let lead = 8

  private let parts: [DocumentPart]
  private var queues: [Queue]
  private var nextPart = 0
  /// The part that the consumer has come to.
  private var askedPart = 0
  private var isCancelled = false
  private var threads: [WorkerThread] = []
  private let monitor = Monitor()

  init(_ parts: [DocumentPart], threadCount: Int) {
    self.parts = parts
    queues = parts.map { _ in Queue() }
    for _ in 0..<threadCount {
      if let thread = WorkerThread({ self.work() }) { threads.append(thread) }
    }
  }

  /// Whether there is any thread to parse.
  var isRunning: Bool { !threads.isEmpty }

  /// Parts that threads have taken so far.
  var takenCount: Int { monitor.locked { nextPart } }

  /// The next block of a part, or how the part ended. Parts are asked in their order.
  func next(of part: Int) -> (block: Block?, end: End?) {
    monitor.locked {
      if part > askedPart {
        askedPart = part
        monitor.tell()
      }
      while queues[part].blocks.isEmpty {
        if let end = queues[part].end { return (nil, end) }
        monitor.wait()
      }
      let block = queues[part].blocks.removeFirst()
      monitor.tell()
      return (block, nil)
    }
  }

  /// Says that nobody will ask for a part any more.
  func skip(_ part: Int) {
    monitor.locked {
      queues[part].isUnwanted = true
      queues[part].blocks = []
      monitor.tell()
    }
  }

  /// Ends the threads. To be called once.
  func finish() {
    monitor.locked {
      isCancelled = true
      monitor.tell()
    }
    for thread in threads { thread.join() }
    // What one thread allocates and another frees stays with the first one's heap otherwise.
    kosh_trim_memory()
  }

  // MARK: In a thread

  private func work() {
    while let part = takePart() {
      guard let end = parse(part) else { continue }
      monitor.locked {
        queues[part].end = end
        monitor.tell()
      }
    }
  }

  private func takePart() -> Int? {
    monitor.locked {
      while true {
        while nextPart < parts.count, queues[nextPart].isUnwanted { nextPart += 1 }
        if isCancelled || nextPart <= askedPart + Self.lead { break }
        monitor.wait()
      }
      guard nextPart < parts.count, !isCancelled else { return nil }
      nextPart += 1
      return nextPart - 1
    }
  }

  /// nil when nobody wants the part any more.
  private func parse(_ part: Int) -> End? {
    var lines = LineCounter()
    do throws(SystemFailure) {
      return try parts[part].read(until: nil) { block in
        var counts: [UInt32] = []
        lines.count(block, into: &counts)
        return put(Block(triples: KeptBlock(block), lines: counts), into: part)
      }.map { .success($0) }
    } catch {
      return .failure(error)
    }
  }

  /// Waits for room; false when nobody wants the block.
  private func put(_ block: Block, into part: Int) -> Bool {
    monitor.locked {
      while queues[part].blocks.count >= Self.capacity, !isCancelled, !queues[part].isUnwanted {
        monitor.wait()
      }
      if isCancelled || queues[part].isUnwanted { return false }
      queues[part].blocks.append(block)
      monitor.tell()
      return true
    }
  }
}
