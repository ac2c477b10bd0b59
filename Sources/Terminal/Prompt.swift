/// What stands before the cursor.
package struct Prompt: Sendable {
  /// Printable and not empty; a space is put after it.
  package var text: String
  /// The parameters of an SGR sequence, such as `1;36`; nil draws plain.
  package var style: String?

  package init(_ text: String, style: String? = nil) {
    self.text = text
    self.style = style
  }

  /// Around a sequence that takes no cells, for `EL_PROMPT_ESC`.
  static let marker: UInt8 = 1

  /// With its style, as libedit takes it.
  var drawn: String {
    let mark = String(Unicode.Scalar(Self.marker))
    guard let style else { return text + " " }
    return "\(mark)\u{1B}[\(style)m\(mark)\(text)\(mark)\u{1B}[0m\(mark) "
  }
}
