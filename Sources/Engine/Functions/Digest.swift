import Algebra
import CMD

/// Digests in lower-case hexadecimal, by libmd.
enum Digest {
  /// nil for a function that is no digest. Takes the text in parts, which count as steps of the evaluation.
  static func hexadecimal(
    _ function: Function, of text: String, _ context: ExecutionContext
  ) throws(EvaluationError) -> String? {
    switch function {
    case .md5: try digest(text, MD5_CTX(), MD5Init, MD5Update, MD5End, context)
    case .sha1: try digest(text, SHA1_CTX(), SHA1Init, SHA1Update, SHA1End, context)
    case .sha256: try digest(text, SHA2_CTX(), SHA256Init, SHA256Update, SHA256End, context)
    case .sha384: try digest(text, SHA2_CTX(), SHA384Init, SHA384Update, SHA384End, context)
    case .sha512: try digest(text, SHA2_CTX(), SHA512Init, SHA512Update, SHA512End, context)
    default: nil
    }
  }

  private static func digest<State>(
    _ text: String, _ state: State, _ begin: (UnsafeMutablePointer<State>?) -> Void,
    _ update: (UnsafeMutablePointer<State>?, UnsafePointer<UInt8>?, Int) -> Void,
    _ end: (UnsafeMutablePointer<State>?, UnsafeMutablePointer<CChar>?) ->
      UnsafeMutablePointer<CChar>?,
    _ context: ExecutionContext
  ) throws(EvaluationError) -> String? {
    var state = state
    begin(&state)
    let bytes = text.utf8.span
    for start in stride(from: 0, to: bytes.count, by: partByteCount) {
      let part = bytes.extracting(start..<min(bytes.count, start + partByteCount))
      try context.tick(part.count)
      part.withUnsafeBufferPointer { update(&state, $0.baseAddress, $0.count) }
    }
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 129) { buffer in
      end(&state, buffer.baseAddress).map { String(cString: $0) }
    }
  }

  private static let partByteCount = 1 << 16
}
