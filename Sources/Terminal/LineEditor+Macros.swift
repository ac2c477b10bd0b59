import CEditLine

/// What a key does that the editrc binds to other keys by `bind -s`.
extension LineEditor {
  /// A macro may hold its own key: so many are played for one key that is typed.
  private static let maximumMacroCount = 100

  /// Where a macro begins: libedit holds its keys, which are read next.
  static func playMacro(_ handle: OpaquePointer?) -> UInt8 {
    guard let editor = behind(handle) else { return UInt8(CC_ERROR) }
    let keys = editor.takePushedKeys().filter { !KeyBindings.isPrivate($0) }
    editor.macroCount += 1
    guard editor.macroCount <= maximumMacroCount else {
      editor.repeated = []
      editor.view.ringBell()
      return UInt8(CC_ERROR)
    }
    editor.repeated = (keys + editor.repeated)[...]
    return UInt8(CC_ARGHACK)
  }
}
