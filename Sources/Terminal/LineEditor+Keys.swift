import CEditLine
import CPlatform
import Glibc

/// How libedit gets its keys, each with the line in order and drawn.
extension LineEditor {
  /// The next character for libedit: 1 with one, 0 at the end of input, -1 when a signal ends the entry.
  func readCharacter(_ character: UnsafeMutablePointer<wchar_t>?) -> Int32 {
    // Some commands read on after the end, as of a pattern that is searched.
    guard outcome == nil else { return ended() }
    guard !isDraining else { return 0 }
    settle()
    if !draft.isEmpty {
      EditBuffer(text: draft, cursor: draft.utf8.count).store(in: handle)
      draft = ""
    }
    var next = nextKey { [self] in draw() }
    while let key = next, !count.takes(key) || KeyBindings.isPrivate(key) {
      view.ringBell()
      next = nextKey { [self] in draw() }
    }
    guard let key = next else { return ended() }
    let isLone = key == "\u{1B}" && isLoneEscape
    character?.pointee = wchar_t(isLone ? KeyBindings.loneEscape : key.value)
    return 1
  }

  /// Tells libedit that there are no more keys.
  private func ended() -> Int32 {
    errno = EINTR
    return outcome == .endOfInput ? 0 : -1
  }

  func settle() {
    if kosh_el_settle(handle, &room) != 0 { view.ringBell() }
  }

  /// The next key, before which `draw` is called when nothing more was typed; nil when the entry ends, as `outcome` says.
  func nextKey(_ draw: () -> Void) -> Unicode.Scalar? {
    while true {
      if Signals.takeInterrupt() {
        dropKeys()
        outcome = .interrupted
        return nil
      }
      if let key = repeated.popFirst() { return key }
      if !input.hasMore() { draw() }
      if Signals.takeInterrupt() {
        outcome = .interrupted
        return nil
      }
      switch input.next() {
      case .key(let key):
        macroCount = 0
        return key
      case .end:
        outcome = .endOfInput
        return nil
      case .signal: answerSignals()
      }
    }
  }

  /// Ctrl-C is for what was typed before it, too, as it is for what the terminal still holds.
  func dropKeys() {
    input.drop()
    repeated = []
  }

  private func draw() {
    view.follow(EditBuffer(handle), recall: entries.continuation, hooks) {
      input.hasMore(within: $0)
    }
  }

  private func answerSignals() {
    if kosh_take_resize() != 0 { view.resize() }
    if kosh_take_continue() != 0 {
      withTerminalReleased {}
      view.begin(prompt: view.prompt, palette: palette)
    }
    let ending = kosh_take_ending()
    guard ending != 0 else { return }
    view.finish(EditBuffer(handle), "", hooks)
    withTerminalReleased { Signals.obey(ending) }
    _ = kosh_take_continue()
    view.begin(prompt: view.prompt, palette: palette)
  }

  /// Whether an escape is the key itself, which in vi mode ends inserting: libedit would wait for the rest of a sequence.
  private var isLoneEscape: Bool {
    guard kosh_el_is_vi(handle) != 0 else { return false }
    if let next = repeated.first { return next != "[" && next != "O" }
    return !input.hasMore(within: 40)
  }
}
