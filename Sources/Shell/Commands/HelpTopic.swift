import Diagnostics
import KnowledgeBase

/// A part of the language or of the shell, with what to type.
struct HelpTopic: Sendable {
  var name: String
  var summary: String
  /// What to type, and what it does; words in angle quotes are those of the loaded graph.
  var examples: [(String, String)]

  func draw(_ words: ExampleWords, _ style: Style) -> String {
    let examples = examples(words)
    let widest = examples.map { displayWidth($0.0) }.max() ?? 0
    var text = style.strong(name) + "  " + summary + "\n"
    for (example, meaning) in examples {
      text += explained(printable(example), widest: widest, meaning, indent: 2, style)
    }
    return text
  }

  func examples(_ words: ExampleWords) -> [(String, String)] {
    examples.filter { words.kind != nil || !$0.0.contains("«kind»") }
      .map { (words.filling($0.0), $0.1) }
  }

  static let all: [HelpTopic] = [
    HelpTopic(
      name: "questions", summary: "sentences with gaps",
      examples: [
        ("who «relation» «object»?", "a gap is who, what, when, where, or ?name"),
        ("«subject» «relation» ?what?", "a gap can stand anywhere"),
        ("which «kind» ?relation ?what?", "a gap of a kind"),
        ("«subject» «relation» «object»?", "yes, or not known"),
        ("?a «relation» ?b and ?a is «article» «kind»?", "and, or, not, maybe"),
        ("?a «relation» ?b | where ?b != «object»", "= != < <= > >= before after contains"),
        ("?a «relation» ?b | count ?b by ?a", "where, count, sum, sort, first, skip, show"),
        ("as of 2020, who «relation» ?what?", "as it was then; according to whom"),
        ("explain who «relation» «object»?", "how it was read, its SPARQL, its plan"),
        ("SELECT * { ?s ?p ?o } LIMIT 5", "SPARQL 1.2 stands where a sentence can"),
      ]),
    HelpTopic(
      name: "exploring", summary: "looking around without a question",
      examples: [
        ("kinds", "what there is; also relations, sources"),
        ("about «object»", "all that is known of it"),
        ("path «subject» to «object»", "the shortest chains of facts between two"),
        ("timeline «subject»", "its dated facts in order"),
        ("map «subject» depth 2", "what is around it"),
        ("why «subject» «relation» «object»", "where it is written, what it follows from"),
        ("why not «object» «relation» «subject»", "what its parts match"),
      ]),
    HelpTopic(
      name: "answers", summary: "what was shown last, in the next sentence",
      examples: [
        ("who «relation» ?what?", "rows are numbered"),
        ("why 1", "the facts behind a row"),
        ("about $1", "the first cell of a row"),
        ("about $1:what", "another column of it"),
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
        ("kosh data.ttl query.rq", "loads RDF, runs SPARQL"),
        ("kosh convert data.ttl mine.kosh", "writes another format"),
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

extension ExampleWords {
  /// Those of the shipped graph, for one that has no facts between things.
  static let standard = ExampleWords(
    subject: "Sameer Raje", relation: "heads", object: "Zoom India", kind: "Advisory",
    article: "an")

  /// A text with the words in place of their names in angle quotes.
  func filling(_ text: String) -> String {
    let words = [
      ("subject", subject), ("relation", relation), ("object", object), ("kind", kind ?? ""),
      ("article", article),
    ]
    var filled = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "«"), let close = rest[open...].firstIndex(of: "»") {
      let name = rest[rest.index(after: open)..<close]
      filled += rest[..<open] + (words.first { $0.0 == name }?.1 ?? "")
      rest = rest[rest.index(after: close)...]
    }
    return filled + rest
  }
}
