import Diagnostics
import Engine
import RDF

extension KnowledgeBase {
  /// The neighbourhood of an entity as a tree, or drawn to a file by its ending: svg, dot or mmd.
  func map(_ term: Term, depth: Int, file: String?, limits: Limits) throws -> Outcome {
    let labeler = labeler
    guard let center = dictionary.lookup(term) else {
      return .map(MapNode(name: labeler.text(term)))
    }
    let neighbourhood = try Neighbourhood(
      labeler, around: center, depth: depth, limits: limits)
    guard let file else { return .map(neighbourhood.tree(from: center)) }
    guard let format = Drawing.Format(path: file) else {
      throw SystemFailure(
        operation: "draw", subject: file,
        cause: "the name has to end in .svg, .dot or .mmd")
    }
    let drawing = neighbourhood.drawing()
    try SystemFiles.write(Array(drawing.text(as: format).utf8), to: file)
    return .drawing(
      file: file, nodeCount: drawing.nodes.count, edgeCount: drawing.edges.count)
  }
}
