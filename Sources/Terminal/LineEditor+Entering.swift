/// What keys do that change the text or end the entry.
extension LineEditor {
  /// Runs what is complete; breaks the line where something is open.
  func enter(_ buffer: inout EditBuffer) {
    if hooks.continuation(buffer.text) == nil {
      outcome = .text(buffer.text)
    } else {
      buffer.move(to: buffer.text.endIndex)
      buffer.insert("\n")
    }
  }

  /// Deletes at the cursor. Leaves from an empty entry; on an empty last line runs what there is.
  func deleteOrLeave(_ buffer: inout EditBuffer) {
    if buffer.isEmpty {
      outcome = .endOfInput
    } else if buffer.isAtEnd, buffer.text.hasSuffix("\n") {
      outcome = .text(String(buffer.text.dropLast()))
    } else {
      buffer.deleteOn()
    }
  }

  /// Inserts a key that would do something.
  func insertNext(_ buffer: inout EditBuffer) {
    guard let key = nextKey({}), key != "\0" else { return }
    buffer.insert(String(key))
  }

  /// Inserts what the terminal gives between its marks, as text and not as keys.
  func paste(_ buffer: inout EditBuffer) {
    let ending = Array("\u{1B}[201~".unicodeScalars)
    var pasted: [Unicode.Scalar] = []
    while !pasted.suffix(ending.count).elementsEqual(ending) {
      guard let key = nextKey({}) else { return }
      pasted.append(key)
    }
    buffer.insert(Self.plainText(pasted.dropLast(ending.count)))
  }

  /// Lines end in line feeds, tabs are spaces, other control characters and the last line's end are left out.
  private static func plainText(_ pasted: ArraySlice<Unicode.Scalar>) -> String {
    var text = String.UnicodeScalarView()
    var last: Unicode.Scalar?
    for scalar in pasted {
      switch scalar {
      case "\r": text.append("\n")
      case "\n": if last != "\r" { text.append("\n") }
      case "\t": text.append(" ")
      default: if scalar.properties.generalCategory != .control { text.append(scalar) }
      }
      last = scalar
    }
    while text.last == "\n" { text.removeLast() }
    return String(text)
  }

  /// Lets the user's own editor have the text.
  func editElsewhere(_ buffer: inout EditBuffer) {
    view.finish(buffer, "", hooks)
    withTerminalReleased {
      if let text = ExternalEditor.edit(buffer.text) {
        buffer = EditBuffer(text: text, cursor: text.utf8.count)
      }
    }
    view.begin(prompt: view.prompt, palette: palette)
  }
}
