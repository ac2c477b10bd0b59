import Diagnostics

/// Draws a graph as SVG: one column a distance from the middle, arrows as curves with their labels.
struct SVGWriter {
  private struct Box {
    var x: Double
    var y: Double
    var width: Double
    var midY: Double { y + SVGWriter.boxHeight / 2 }
  }

  private static let boxHeight = 26.0
  private static let rowHeight = 44.0
  private static let characterWidth = 7.4
  private static let labelWidth = 6.2
  private static let margin = 16.0

  private let drawing: Drawing
  private var boxes: [Box] = []
  private var width = 0.0
  private var height = 0.0

  init(_ drawing: Drawing) {
    self.drawing = drawing
    place()
  }

  /// Columns from left to right by depth, each column's nodes centred from top to bottom.
  private mutating func place() {
    let depthCount = (drawing.nodes.map(\.depth).max() ?? 0) + 1
    let columns = (0..<depthCount).map { depth in
      drawing.nodes.indices.filter { drawing.nodes[$0].depth == depth }
    }
    let tallest = Double(columns.map(\.count).max() ?? 0) * Self.rowHeight
    let gap = Double((drawing.edges.map { displayWidth($0.label) }.max() ?? 0)) * Self.labelWidth
    boxes = Array(repeating: Box(x: 0, y: 0, width: 0), count: drawing.nodes.count)
    var x = Self.margin
    for column in columns {
      let widest = column.map(boxWidth).max() ?? 0
      var y = Self.margin + (tallest - Double(column.count) * Self.rowHeight) / 2
      for node in column {
        boxes[node] = Box(x: x, y: y, width: boxWidth(node))
        y += Self.rowHeight
      }
      x += widest + gap + 48
    }
    width = max(x - gap - 48 + Self.margin, 2 * Self.margin)
    height = tallest + 2 * Self.margin
  }

  private func boxWidth(_ node: Int) -> Double {
    Double(displayWidth(drawing.nodes[node].name)) * Self.characterWidth + 20
  }

  func text() -> String {
    var lines = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(number(width)) \(number(height))\" "
        + "width=\"\(number(width))\" height=\"\(number(height))\" "
        + "font-family=\"system-ui, sans-serif\" font-size=\"13\">",
      "<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" "
        + "markerHeight=\"8\" orient=\"auto\"><path d=\"M0 0 8 4 0 8z\" fill=\"#666\"/>"
        + "</marker></defs>",
      "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>",
    ]
    lines += drawing.edges.map(edgeText)
    lines += drawing.nodes.indices.map(nodeText)
    return lines.joined(separator: "\n") + "\n</svg>\n"
  }

  private func nodeText(_ node: Int) -> String {
    let box = boxes[node]
    let fill = drawing.nodes[node].depth == 0 ? "#dbe9ff" : "#f5f5f5"
    return "<rect x=\"\(number(box.x))\" y=\"\(number(box.y))\" width=\"\(number(box.width))\" "
      + "height=\"\(number(Self.boxHeight))\" rx=\"6\" fill=\"\(fill)\" stroke=\"#666\"/>"
      + "<text x=\"\(number(box.x + box.width / 2))\" y=\"\(number(box.midY + 4.5))\" "
      + "text-anchor=\"middle\" fill=\"#111\">\(escaped(drawing.nodes[node].name))</text>"
  }

  private func edgeText(_ edge: Drawing.Edge) -> String {
    let from = boxes[edge.from]
    let to = boxes[edge.to]
    let isRightward = from.x < to.x
    let isSameColumn = from.x == to.x
    let startX = isRightward || isSameColumn ? from.x + from.width : from.x
    let endX = isRightward ? to.x : to.x + to.width
    let bend = isSameColumn ? 40.0 : (endX - startX) / 2
    let control1 = startX + bend
    let control2 = isSameColumn ? endX + 40 : endX - bend
    let middleX = (startX + 3 * control1 + 3 * control2 + endX) / 8
    let middleY = (from.midY + to.midY) / 2
    return "<path d=\"M\(number(startX)) \(number(from.midY))C\(number(control1)) "
      + "\(number(from.midY)) \(number(control2)) \(number(to.midY)) \(number(endX)) "
      + "\(number(to.midY))\" fill=\"none\" stroke=\"#999\" marker-end=\"url(#arrow)\"/>"
      + "<text x=\"\(number(middleX))\" y=\"\(number(middleY - 4))\" text-anchor=\"middle\" "
      + "font-size=\"11\" fill=\"#555\" stroke=\"#fff\" stroke-width=\"3\" "
      + "paint-order=\"stroke\">\(escaped(edge.label))</text>"
  }

  /// One decimal at most.
  private func number(_ value: Double) -> String {
    let tenths = (value * 10).rounded()
    return tenths.truncatingRemainder(dividingBy: 10) == 0
      ? String(Int(tenths / 10)) : String(tenths / 10)
  }

  private func escaped(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      case _ where scalar.value < 0x20 && scalar != "\t" && scalar != "\n": "\u{FFFD}"
      default: String(scalar)
      }
    }.joined()
  }
}
