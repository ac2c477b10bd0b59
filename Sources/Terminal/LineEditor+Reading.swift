import CEditLine
import CPlatform
import Glibc

extension LineEditor {
  /// Reads the next character for libedit: 1 with a character, 0 at the end of input, -1 when Ctrl-C came (`errno` EINTR).
  ///
  /// Its own, because libedit's reader takes a changed window for an interrupt. Bytes that are not UTF-8 are skipped.
  func readCharacter(_ handle: OpaquePointer?, _ character: UnsafeMutablePointer<wchar_t>?) -> Int32
  {
    while true {
      while kosh_wait_for_input(STDIN_FILENO) == 0 {
        if kosh_interrupt_is_pending() != 0 {
          showWholeLine(handle)
          errno = EINTR
          return -1
        }
        redrawAfterSignals(handle)
      }
      guard let first = System.readByte(STDIN_FILENO) else {
        if errno == EINTR { continue }
        return errno == 0 || errno == EIO ? 0 : -1
      }
      guard let scalar = finishScalar(first) else { continue }
      let isLone = scalar == "\u{1B}" && isLoneEscape(handle)
      if let handle { redrawIfTall(handle) }
      character?.pointee = wchar_t(isLone ? KeyBindings.loneEscape : scalar.value)
      return 1
    }
  }

  /// Whether an escape is the key itself, which in vi mode ends inserting: libedit would wait for the rest of a sequence.
  private func isLoneEscape(_ handle: OpaquePointer?) -> Bool {
    guard let handle, kosh_el_is_vi(handle) != 0 else { return false }
    return kosh_input_follows(STDIN_FILENO, 40) == 0
  }

  /// Draws what stands behind the cursor once more, so that what is printed next overwrites nothing of it.
  private func showWholeLine(_ handle: OpaquePointer?) {
    guard let handle, let line = el_line(handle)?.pointee else { return }
    kosh_el_print(text(line.cursor, count: line.lastchar - line.cursor))
  }

  private func redrawAfterSignals(_ handle: OpaquePointer?) {
    guard let handle else { return }
    if kosh_take_continue() != 0 {
      kosh_el_prepare_terminal(handle, 0)
      kosh_el_prepare_terminal(handle, 1)
      kosh_el_refresh(handle)
    }
    if kosh_take_resize() != 0 {
      el_resize(handle)
      if let size = TerminalTraits.size() { moveToPrompt(handle, columns: size.columns) }
      kosh_el_refresh(handle)
    }
  }

  /// Draws a line anew that fills the window: there, libedit's own record of the rows can be wrong, and a key drawn
  /// after it would be written outside of it.
  private func redrawIfTall(_ handle: OpaquePointer) {
    guard let line = el_line(handle)?.pointee, let size = TerminalTraits.size(),
      size.rows > 0
    else { return }
    let length = line.lastchar - line.buffer
    guard length + promptWidth > size.columns else { return }
    let typed = text(line.buffer, count: length)
    let lines = typed.split(separator: "\n", omittingEmptySubsequences: false)
    let rows = lines.reduce(0) { $0 + 1 + (promptWidth + cellCount(String($1))) / size.columns }
    guard rows >= size.rows else { return }
    moveToPrompt(handle, columns: size.columns)
    kosh_el_refresh(handle)
  }

  /// Puts the cursor where the prompt is drawn in a window whose lines have been broken anew.
  private func moveToPrompt(_ handle: OpaquePointer, columns: Int) {
    guard let line = el_line(handle)?.pointee else { return }
    let before = text(line.buffer, count: line.cursor - line.buffer)
    let rows = (promptWidth + cellCount(before)) / max(1, columns)
    kosh_el_print(rows > 0 && drawsSequences ? "\r\u{1B}[\(rows)A\u{1B}[J" : "\r")
  }

  /// The scalar that begins with a byte, with the rest read; nil when the bytes are not UTF-8.
  private func finishScalar(_ first: UInt8) -> Unicode.Scalar? {
    var bytes = [first]
    let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    guard first < 0x80 || (0xC2...0xF4).contains(first) else { return nil }
    while bytes.count < length {
      guard let next = System.readByte(STDIN_FILENO) else {
        if errno == EINTR { continue }
        return nil
      }
      bytes.append(next)
    }
    let text = String(decoding: bytes, as: UTF8.self)
    guard let scalar = text.unicodeScalars.first, scalar != "\u{FFFD}" else { return nil }
    return scalar
  }
}
