import CEditLine
import Glibc

/// What vi's '.' does: libedit's own command, but what it would have typed goes through the reader.
///
/// libedit pushes the keys of the change and acts on them by itself, in whatever state one leaves the line to the next;
/// and on those of another change where the command fails, for ever where a '.' is among them.
extension LineEditor {
  /// Runs libedit's command, and after it `typeAgain` or `forgetRepeated`. The count stays for it.
  static func repeatChange(_ handle: OpaquePointer?) -> UInt8 {
    guard let handle, let editor = behind(handle) else { return UInt8(CC_ERROR) }
    guard editor.repeated.isEmpty else {
      editor.repeated = []
      return UInt8(CC_ERROR)
    }
    el_push(handle, KeyBindings.redo + KeyBindings.afterRedo)
    return UInt8(CC_ARGHACK)
  }

  /// Where the repeated command has begun to insert: its text is read next, but for an end of an entry in it.
  static func typeAgain(_ handle: OpaquePointer?) -> UInt8 {
    guard let editor = behind(handle) else { return UInt8(CC_ERROR) }
    let keys = editor.takePushedKeys()
    let start = keys.lastIndex { $0 == "\r" || $0 == "\n" }.map { $0 + 1 } ?? 0
    editor.repeated = keys[start...].filter { !KeyBindings.isPrivate($0) }[...]
    return UInt8(CC_ARGHACK)
  }

  /// Where it has not: text of another change is left out.
  static func forgetRepeated(_ handle: OpaquePointer?) -> UInt8 {
    _ = behind(handle)?.takePushedKeys()
    return UInt8(CC_ARGHACK)
  }

  /// The keys that libedit would act on before it calls the reader again.
  func takePushedKeys() -> [Unicode.Scalar] {
    isDraining = true
    defer { isDraining = false }
    var keys: [Unicode.Scalar] = []
    var key = wchar_t()
    while el_wgetc(handle, &key) == 1 {
      keys.append(Unicode.Scalar(UInt32(bitPattern: key)) ?? "\u{FFFD}")
    }
    return keys
  }
}
