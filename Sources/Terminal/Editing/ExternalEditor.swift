import CPlatform
import Glibc

/// The editor that the user has chosen by `$VISUAL` or `$EDITOR`, and `vi` without a choice.
package enum ExternalEditor {
  /// Lets it change a text; nil when it fails or cannot be started.
  package static func edit(_ text: String) -> String? {
    let directory = System.environment("TMPDIR") ?? "/tmp"
    var template = Array("\(directory)/kosh-XXXXXX.kosh".utf8CString)
    let descriptor = mkstemps(&template, 5)
    guard descriptor >= 0 else { return nil }
    let path = template.withUnsafeBufferPointer { bytes in
      String(decoding: bytes.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
    defer { unlink(path) }
    let isWritten = System.write(Array((text + "\n").utf8), to: descriptor)
    close(descriptor)
    guard isWritten, kosh_run_editor(path) == 0, let bytes = System.readFile(path) else {
      return nil
    }
    var edited = String(decoding: bytes, as: UTF8.self)
    while edited.last?.isNewline == true { edited.removeLast() }
    return edited
  }
}
