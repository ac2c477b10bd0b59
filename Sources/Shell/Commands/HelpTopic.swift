import Diagnostics

/// A part of the language or of the shell, with what to type.
struct HelpTopic: Sendable {
  var name: String
  var summary: String
  /// What to type, and what it does.
  var examples: [(String, String)]

  func draw(_ style: Style) -> String {
    let widest = examples.map { displayWidth($0.0) }.max() ?? 0
    var text = style.strong(name) + "  " + summary + "\n"
    for (example, meaning) in examples {
      text += "  \(padded(example, to: widest))  \(style.dim(meaning))\n"
    }
    return text
  }

  static let all: [HelpTopic] = [
    HelpTopic(
      name: "questions", summary: "sentences with gaps",
      examples: [
        ("who heads Zoom India?", "a gap is who, what, when, where, or ?name"),
        ("which Advisory concerns Zoom?", "a gap of a kind"),
        ("is Zoom India part of Zoom?", "yes, or not known"),
        ("how many Advisories concern Zoom?", "counts"),
        ("when MHA warned against Zoom?", "the dates of a fact"),
        ("?a concerns Zoom and ?b issued ?a?", "and, or, not, maybe"),
        ("?x has users ?n and ?n > 10 million?", "= != < <= > >= before after contains"),
        ("who issued ?a? | count ?a by ?who", "where, count, sort, first, skip, show"),
        ("explain who heads Zoom India?", "how it was read, its SPARQL, its plan"),
      ]),
    HelpTopic(
      name: "exploring", summary: "looking around without a question",
      examples: [
        ("kinds", "what there is; also relations, sources"),
        ("about MHA", "all that is known of it"),
        ("path Sameer Raje to MHA", "the shortest chains of facts between two"),
        ("timeline Zoom", "its dated facts in order"),
        ("map Zoom India depth 2", "what is around it"),
        ("why Zoom India part of Zoom", "where it is written, what it follows from"),
      ]),
    HelpTopic(
      name: "facts", summary: "telling, forgetting, supposing",
      examples: [
        ("Zoom is a Company.", "a fact ends in a period"),
        ("MHA warned against Zoom {on 2020-04-12}.", "what is said about the fact, in braces"),
        ("Sameer Raje says (Zoom is safe).", "a claim: said, not held true"),
        ("'waiting room' is a Feature.", "quotes hold a name together"),
        ("forget Zoom is a Company.", "takes a fact back; gaps take all that match"),
        ("undo", "takes the last change back; redo brings it again"),
        ("suppose Zoom is unsafe. is Zoom unsafe?", "answers as if, changes nothing"),
      ]),
    HelpTopic(
      name: "scripts", summary: "the same sentences from files",
      examples: [
        ("kosh -c 'who heads Zoom India?'", "one question, then the end"),
        ("kosh -f questions.kosh --format json", "a script"),
        ("kosh test knowledge", "runs: expect who heads Zoom India = Sameer Raje."),
        ("kosh check knowledge", "reports every error"),
      ]),
    HelpTopic(
      name: "keys", summary: "as in emacs, or in vi after 'bind -v' in ~/.editrc",
      examples: [
        ("Enter", "runs what is complete; where something is open, begins a line"),
        ("Alt-Enter", "begins a line"),
        ("Tab, Shift-Tab", "completes, lists what can stand there, takes one after the other"),
        ("Right, End, Ctrl-E", "at the end of the text, take what is suggested in grey"),
        ("Ctrl-Right, Alt-F", "a word on, or one word of the suggestion"),
        ("Up, Down", "a line up or down, then earlier entries that begin with what is typed"),
        ("Ctrl-R", "searches earlier entries; Ctrl-R and Ctrl-S go on, Esc leaves"),
        ("Ctrl-A, Ctrl-E", "start and end of the line"),
        ("Ctrl-W, Ctrl-U, Ctrl-K", "deletes a word, to the start, to the end"),
        ("Ctrl-X Ctrl-E", "the text in $EDITOR; v in vi"),
        ("Ctrl-L", "clears the screen"),
        ("Ctrl-C", "drops the line; stops a question"),
        ("Ctrl-D", "on an empty line, ends the session"),
      ]),
  ]
}
