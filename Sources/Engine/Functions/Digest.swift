import Algebra
import CMD

/// Digests in lower-case hexadecimal, by libmd.
enum Digest {
  /// nil for a function that is no digest.
  static func hexadecimal(_ function: Function, of text: String) -> String? {
    var text = text
    return text.withUTF8 { bytes in
      withUnsafeTemporaryAllocation(of: CChar.self, capacity: 129) { buffer -> String? in
        let (start, count, target) = (bytes.baseAddress, bytes.count, buffer.baseAddress)
        let result: UnsafeMutablePointer<CChar>? =
          switch function {
          case .md5: MD5Data(start, count, target)
          case .sha1: SHA1Data(start, count, target)
          case .sha256: SHA256Data(start, count, target)
          case .sha384: SHA384Data(start, count, target)
          case .sha512: SHA512Data(start, count, target)
          default: nil
          }
        return result.map { String(cString: $0) }
      }
    }
  }
}
