/// A block that outlives the call that handed it over, so that another thread can take it in.
///
/// Sendable because nothing changes after `init`: it has its own copy of the bytes that its tokens need.
public final class KeptBlock: @unchecked Sendable {
  /// The part of the input that the block speaks of, from `inputStart` on.
  private let input: UnsafeMutableBufferPointer<UInt8>
  private let copied: UnsafeMutableBufferPointer<UInt8>
  private let tokens: UnsafeMutableBufferPointer<TermToken>
  private let quads: UnsafeMutableBufferPointer<TokenQuad>
  private let inputStart: Int
  private let inputOffset: Int

  public init(_ block: borrowing TripleBlock) {
    let range = Self.usedInput(block)
    input = Self.copy(UnsafeBufferPointer(rebasing: block.input[range]))
    copied = Self.copy(block.copied)
    tokens = Self.copy(block.tokens)
    quads = Self.copy(block.quads)
    inputStart = range.lowerBound
    inputOffset = block.inputOffset
    for index in tokens.indices where !tokens[index].isCopied {
      let isTagged = tokens[index].kind.isTagged
      let isEmpty = tokens[index].length == 0 && !isTagged
      tokens[index].offset = isEmpty ? 0 : tokens[index].offset - UInt32(inputStart)
      if isTagged { tokens[index].first -= UInt32(inputStart) }
    }
    for index in quads.indices { quads[index].offset -= UInt32(inputStart) }
  }

  deinit {
    input.deallocate()
    copied.deallocate()
    tokens.deallocate()
    quads.deallocate()
  }

  /// Gives the block to a closure.
  public func withBlock<Failure: Error>(
    _ body: (borrowing TripleBlock) throws(Failure) -> Void
  ) throws(Failure) {
    try body(
      TripleBlock(
        input: UnsafeBufferPointer(input), copied: UnsafeBufferPointer(copied),
        tokens: UnsafeBufferPointer(tokens), quads: UnsafeBufferPointer(quads),
        inputOffset: inputOffset + inputStart))
  }

  /// What tokens and statements point at.
  private static func usedInput(_ block: borrowing TripleBlock) -> Range<Int> {
    var low = UInt32.max
    var high: UInt32 = 0
    for token in block.tokens where !token.isCopied {
      if token.length > 0 {
        low = min(low, token.offset)
        high = max(high, token.offset + token.length)
      }
      if token.kind.isTagged {
        low = min(low, token.offset, token.first)
        high = max(high, token.offset, token.first + token.second)
      }
    }
    for quad in block.quads {
      low = min(low, quad.offset)
      high = max(high, quad.offset)
    }
    return low > high ? 0..<0 : Int(low)..<Int(high)
  }

  private static func copy<Element>(
    _ elements: UnsafeBufferPointer<Element>
  ) -> UnsafeMutableBufferPointer<Element> {
    let copy = UnsafeMutableBufferPointer<Element>.allocate(capacity: elements.count)
    _ = copy.initialize(from: elements)
    return copy
  }
}

extension TermToken.Kind {
  fileprivate var isTagged: Bool {
    switch self {
    case .taggedLiteral, .taggedLiteralLeftToRight, .taggedLiteralRightToLeft: true
    case .iri, .blankNode, .anonymousNode, .string, .typedLiteral, .tripleTerm: false
    }
  }
}
