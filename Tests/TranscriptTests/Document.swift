/// A Markdown page with its examples.
struct Document {
  /// A fenced block tagged `kosh` or `kosh-session`.
  struct Block {
    var text: String
    var isTranscript: Bool
    /// What the tag says of the graph: `knowledge`, `empty`, or nothing.
    var graph: String?
    /// Counts the headings of the second level before it.
    var chapter: Int
    /// Of its first line, from 1.
    var line: Int
  }

  var blocks: [Block] = []
  /// What stands before each block, and after the last, fences included.
  private var between: [String] = [""]

  init(_ page: String) {
    var chapter = 0
    var fence: String?
    var isExample = false
    let lines = Transcript.lines(of: page)
    for (index, line) in lines.enumerated() {
      let end = index == lines.count - 1 ? "" : "\n"
      if fence == nil, line.hasPrefix("## ") { chapter += 1 }
      if let open = fence {
        if line == open {
          fence = nil
          if isExample { between.append("") }
          isExample = false
        }
      } else if line.hasPrefix("```") {
        fence = "```"
        let words = line.dropFirst(3).split(separator: " ").map(String.init)
        if let tag = words.first, tag == "kosh" || tag == "kosh-session" {
          isExample = true
          between[between.count - 1] += line + end
          blocks.append(
            Block(
              text: "", isTranscript: tag == "kosh-session",
              graph: words.count > 1 ? words[1] : nil, chapter: chapter, line: index + 2))
          continue
        }
      }
      if isExample {
        blocks[blocks.count - 1].text += line + end
      } else {
        between[between.count - 1] += line + end
      }
    }
  }

  /// The page again.
  var text: String {
    zip(between, blocks.map(\.text) + [""]).map { $0 + $1 }.joined()
  }
}
