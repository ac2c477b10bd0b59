import CEditLine

/// The keys that the editor binds beside libedit's own, which are those of emacs or, after `bind -v` in the editrc, of vi.
enum KeyBindings {
  private static let table: [(key: String, function: String)] = [
    ("^I", "kosh-complete"),
    ("^J", "ed-newline"),
    ("^M", "ed-newline"),
    ("^W", "ed-delete-prev-word"),
    ("^U", "vi-kill-line-prev"),
    ("^P", "ed-search-prev-history"),
    ("^N", "ed-search-next-history"),
    ("\\e[A", "ed-search-prev-history"),
    ("\\e[B", "ed-search-next-history"),
    ("\\eOA", "ed-search-prev-history"),
    ("\\eOB", "ed-search-next-history"),
    ("\\e[C", "ed-next-char"),
    ("\\e[D", "ed-prev-char"),
    ("\\eOC", "ed-next-char"),
    ("\\eOD", "ed-prev-char"),
    ("\\e[H", "ed-move-to-beg"),
    ("\\e[F", "ed-move-to-end"),
    ("\\eOH", "ed-move-to-beg"),
    ("\\eOF", "ed-move-to-end"),
    ("\\e[1~", "ed-move-to-beg"),
    ("\\e[4~", "ed-move-to-end"),
    ("\\e[3~", "ed-delete-next-char"),
    ("\\e[1;5C", "em-next-word"),
    ("\\e[1;5D", "ed-prev-word"),
    ("\\e[1;3C", "em-next-word"),
    ("\\e[1;3D", "ed-prev-word"),
  ]

  /// What the reader gives libedit for the escape key on its own in vi mode: Ctrl-_.
  static let loneEscape: UInt32 = 0x1F

  /// Binds every key of the table that the user's editrc leaves alone.
  static func bind(_ handle: OpaquePointer) {
    let taken = EditRC.boundKeys()
    for (key, function) in table where !taken.contains(key) {
      kosh_el_bind(handle, key, function)
    }
    if kosh_el_is_vi(handle) != 0 { kosh_el_bind(handle, "^_", "vi-command-mode") }
  }
}
