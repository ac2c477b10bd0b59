/// A graph to draw: named nodes, each at a distance from the middle, and labelled arrows.
struct Drawing {
  struct Node {
    var name: String
    var depth: Int
  }

  struct Edge {
    var from: Int
    var to: Int
    var label: String
  }

  var nodes: [Node] = []
  var edges: [Edge] = []

  /// The formats by a file's ending.
  enum Format: String, CaseIterable {
    case svg
    case dot
    case mermaid = "mmd"

    init?(path: String) {
      guard let dot = path.lastIndex(of: ".") else { return nil }
      self.init(rawValue: path[path.index(after: dot)...].lowercased())
    }
  }

  func text(as format: Format) -> String {
    switch format {
    case .svg: SVGWriter(self).text()
    case .dot: dotText()
    case .mermaid: mermaidText()
    }
  }

  /// Graphviz.
  private func dotText() -> String {
    func quoted(_ text: String) -> String {
      var result = "\""
      for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": result += "\\\""
        case "\\": result += "\\\\"
        case "\n": result += "\\n"
        default: result.unicodeScalars.append(scalar)
        }
      }
      return result + "\""
    }
    var lines = ["digraph kosh {", "  rankdir=LR;", "  node [shape=box, style=rounded];"]
    for (number, node) in nodes.enumerated() {
      let emphasis = node.depth == 0 ? ", penwidth=2" : ""
      lines.append("  n\(number) [label=\(quoted(node.name))\(emphasis)];")
    }
    for edge in edges {
      lines.append("  n\(edge.from) -> n\(edge.to) [label=\(quoted(edge.label))];")
    }
    return lines.joined(separator: "\n") + "\n}\n"
  }

  /// Mermaid, as Markdown viewers draw it.
  private func mermaidText() -> String {
    func escaped(_ text: String) -> String {
      text.unicodeScalars.map { scalar in
        switch scalar {
        case "\"", "#", "<", ">", "&", "\n", "\r": "#\(scalar.value);"
        default: String(scalar)
        }
      }.joined()
    }
    var lines = ["graph LR"]
    for (number, node) in nodes.enumerated() {
      lines.append("  n\(number)[\"\(escaped(node.name))\"]")
    }
    for edge in edges {
      lines.append("  n\(edge.from) -->|\"\(escaped(edge.label))\"| n\(edge.to)")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
