import CEditLine

/// The keys that the editor binds beside libedit's own, which are those of emacs or, after `bind -v` in the editrc, of vi.
enum KeyBindings {
  /// Where text is typed, and where vi takes commands.
  private static let everywhere: [(key: String, function: String)] = [
    ("^J", "kosh-enter"),
    ("^M", "kosh-enter"),
    ("^L", "kosh-clear-screen"),
    ("^R", "kosh-search-history"),
    ("^P", "kosh-up"),
    ("^N", "kosh-down"),
    ("\\e[A", "kosh-up"),
    ("\\e[B", "kosh-down"),
    ("\\e[C", "kosh-next-char"),
    ("\\e[D", "kosh-prev-char"),
    ("\\eOA", "kosh-up"),
    ("\\eOB", "kosh-down"),
    ("\\eOC", "kosh-next-char"),
    ("\\eOD", "kosh-prev-char"),
    ("\\e[H", "kosh-line-start"),
    ("\\e[F", "kosh-line-end"),
    ("\\eOH", "kosh-line-start"),
    ("\\eOF", "kosh-line-end"),
    ("\\e[1~", "kosh-line-start"),
    ("\\e[4~", "kosh-line-end"),
    ("\\e[3~", "kosh-delete-next-char"),
    ("\\e[1;5C", "kosh-next-word"),
    ("\\e[1;5D", "ed-prev-word"),
    ("\\e[1;3C", "kosh-next-word"),
    ("\\e[1;3D", "ed-prev-word"),
    ("\\e[200~", "kosh-paste"),
  ]

  private static let typing: [(key: String, function: String)] = [
    ("^I", "kosh-complete"),
    ("\\e[Z", "kosh-complete-back"),
    ("^H", "kosh-delete-prev-char"),
    ("^?", "kosh-delete-prev-char"),
    ("^D", "kosh-delete-or-leave"),
    ("^W", "ed-delete-prev-word"),
    ("^U", "vi-kill-line-prev"),
    // libedit's own makes the terminal send Ctrl-C as a key for a while; it has that on the key, too, which stands
    // for none in the terminal's settings.
    ("^V", "kosh-insert-next"),
    ("^@", "ed-unassigned"),
  ]

  private static let emacs: [(key: String, function: String)] = [
    ("^A", "kosh-line-start"),
    ("^E", "kosh-line-end"),
    ("^B", "kosh-prev-char"),
    ("^F", "kosh-next-char"),
    // libedit loses its mark when it enlarges the line: what goes by the mark reads and writes anywhere then.
    ("^@", "ed-unassigned"),
    ("^X^X", "ed-unassigned"),
    ("\\ew", "ed-unassigned"),
    ("\\eW", "ed-unassigned"),
    ("^X^E", "kosh-edit"),
    ("\\ef", "kosh-next-word"),
    ("\\e^M", "kosh-break-line"),
    ("\\e^J", "kosh-break-line"),
    // Its own searches take what is typed for a regular expression, and lose the line.
    ("\\ep", "kosh-up"),
    ("\\eP", "kosh-up"),
    ("\\en", "kosh-down"),
    ("\\eN", "kosh-down"),
    // libedit's own command line reads memory that is not set when a quote in it is open.
    ("\\ex", "ed-unassigned"),
    ("\\eX", "ed-unassigned"),
  ]

  private static let viCommands: [(key: String, function: String)] = [
    ("k", "kosh-up"),
    ("j", "kosh-down"),
    ("\\055", "kosh-up"),
    ("+", "kosh-down"),
    ("K", "kosh-up"),
    ("J", "kosh-down"),
    // A failed search of its own empties the line and leaves the cursor where it was.
    ("/", "kosh-find-entry"),
    ("?", "kosh-find-entry"),
    ("n", "kosh-find-older"),
    ("N", "kosh-find-newer"),
    ("^@", "ed-unassigned"),
    (".", "kosh-repeat"),
    ("v", "kosh-edit"),
    (":", "ed-unassigned"),
    ("^D", "kosh-delete-or-leave"),
  ]

  /// What the reader gives libedit for the escape key on its own in vi mode: Ctrl-_.
  static let loneEscape: UInt32 = 0x1F

  /// What `kosh-repeat` gives libedit: its own command, and what takes over after it. Control characters that no key
  /// sends and that are not read.
  static let redo = "\u{80}"
  static let afterRedo = "\u{81}"

  /// What every macro of the editrc begins with, and how that is written there.
  static let play = "\u{82}"
  static let playEscape = "\\202"

  static func isPrivate(_ key: Unicode.Scalar) -> Bool { "\u{80}"..."\u{82}" ~= key }

  /// Binds every key of the tables that the user's editrc leaves alone.
  static func bind(_ handle: OpaquePointer) {
    let taken = EditRC.boundKeys()
    let isVi = kosh_el_is_vi(handle) != 0
    for (key, function) in everywhere + typing + (isVi ? [] : emacs) where !taken.contains(key) {
      kosh_el_bind(handle, key, function)
    }
    kosh_el_bind(handle, play, "kosh-play-macro")
    guard isVi else { return }
    kosh_el_bind(handle, "^_", "vi-command-mode")
    kosh_el_bind(handle, afterRedo, "kosh-type-again")
    kosh_el_bind_command(handle, play, "kosh-play-macro")
    kosh_el_bind_command(handle, redo, "vi-redo")
    kosh_el_bind_command(handle, afterRedo, "kosh-forget-repeated")
    for (key, function) in everywhere + viCommands where !taken.contains(key) {
      kosh_el_bind_command(handle, key, function)
    }
  }
}
