import CEditLine

/// The functions that keys are bound to beside libedit's own; `bind` in the editrc can name them, too.
struct EditFunction {
  let name: String
  let help: String
  let run: @convention(c) (OpaquePointer?, Int32) -> UInt8

  static func addAll(to handle: OpaquePointer) {
    for function in all {
      kosh_el_add_function(handle, function.name, function.help, function.run)
    }
  }

  private static let all: [EditFunction] = [
    EditFunction(name: "kosh-enter", help: "Run what is complete, else break the line") {
      handle, _ in LineEditor.act(handle) { $0.enter(&$1) }
    },
    EditFunction(name: "kosh-break-line", help: "Break the line") { handle, _ in
      LineEditor.act(handle) { $1.insert("\n") }
    },
    EditFunction(name: "kosh-complete", help: "Complete what can stand here") { handle, _ in
      LineEditor.act(handle) { $0.complete(&$1, step: 1) }
    },
    EditFunction(name: "kosh-complete-back", help: "The candidate before") { handle, _ in
      LineEditor.act(handle) { $0.complete(&$1, step: -1) }
    },
    EditFunction(name: "kosh-next-char", help: "A character on, or take the suggestion") {
      handle, _ in LineEditor.act(handle) { $0.moveOn(&$1) }
    },
    EditFunction(name: "kosh-prev-char", help: "A character back") { handle, _ in
      LineEditor.act(handle) { $1.moveBack() }
    },
    EditFunction(name: "kosh-next-word", help: "A word on, or take one of the suggestion") {
      handle, _ in LineEditor.act(handle) { $0.moveWordOn(&$1) }
    },
    EditFunction(name: "kosh-line-start", help: "To the start of the line") { handle, _ in
      LineEditor.act(handle) { $1.move(to: $1.lineRange.lowerBound) }
    },
    EditFunction(name: "kosh-line-end", help: "To the end of the line, or take the suggestion") {
      handle, _ in LineEditor.act(handle) { $0.moveToLineEnd(&$1) }
    },
    EditFunction(name: "kosh-delete-prev-char", help: "Delete the character before") { handle, _ in
      LineEditor.act(handle) { $1.deleteBack() }
    },
    EditFunction(name: "kosh-delete-next-char", help: "Delete the character here") { handle, _ in
      LineEditor.act(handle) { $1.deleteOn() }
    },
    EditFunction(name: "kosh-delete-or-leave", help: "Delete here, or leave from an empty line") {
      handle, _ in LineEditor.act(handle) { $0.deleteOrLeave(&$1) }
    },
    EditFunction(name: "kosh-up", help: "A line up, then to older entries") { handle, _ in
      LineEditor.act(handle) { $0.moveUp(&$1) }
    },
    EditFunction(name: "kosh-down", help: "A line down, then to newer entries") { handle, _ in
      LineEditor.act(handle) { $0.moveDown(&$1) }
    },
    EditFunction(name: "kosh-search-history", help: "Search the history") { handle, _ in
      LineEditor.act(handle) { $0.searchHistory(&$1) }
    },
    EditFunction(name: "kosh-find-entry", help: "Search the history for what to edit") {
      handle, _ in LineEditor.act(handle) { $0.searchHistory(&$1, chooses: true) }
    },
    EditFunction(name: "kosh-find-older", help: "The entry before that holds it, too") {
      handle, _ in LineEditor.act(handle) { $0.searchOn(&$1) { $0.older() } }
    },
    EditFunction(name: "kosh-find-newer", help: "The entry after that holds it, too") {
      handle, _ in LineEditor.act(handle) { $0.searchOn(&$1) { $0.newer() } }
    },
    EditFunction(name: "kosh-insert-next", help: "Insert the next key as it is") { handle, _ in
      LineEditor.act(handle) { $0.insertNext(&$1) }
    },
    EditFunction(name: "kosh-repeat", help: "Do the last change of vi again") { handle, _ in
      LineEditor.repeatChange(handle)
    },
    EditFunction(name: "kosh-type-again", help: "Used by kosh-repeat") { handle, _ in
      LineEditor.typeAgain(handle)
    },
    EditFunction(name: "kosh-forget-repeated", help: "Used by kosh-repeat") { handle, _ in
      LineEditor.forgetRepeated(handle)
    },
    EditFunction(name: "kosh-play-macro", help: "Used by 'bind -s'") { handle, _ in
      LineEditor.playMacro(handle)
    },
    EditFunction(name: "kosh-paste", help: "Insert what the terminal pastes") { handle, _ in
      LineEditor.act(handle) { $0.paste(&$1) }
    },
    EditFunction(name: "kosh-edit", help: "Edit the text in $EDITOR") { handle, _ in
      LineEditor.act(handle) { $0.editElsewhere(&$1) }
    },
    EditFunction(name: "kosh-clear-screen", help: "Clear the screen") { handle, _ in
      LineEditor.act(handle) { editor, _ in editor.view.clearScreen() }
    },
  ]
}
