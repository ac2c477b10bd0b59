/// Generated graphs.
enum Graphs {
  private static let nodeCount = 400

  /// A graph where each of 400 nodes knows 40 others.
  static let dense: String = {
    var text = ""
    for node in 0..<nodeCount {
      let others = (1...40).map { "Node \((node * 7 + $0 * $0 * 13) % nodeCount)" }
      text += "Node \(node) knows \(others.joined(separator: ", ")).\n"
    }
    return text
  }()

  /// Walks of six steps through it, of which there are more than anybody waits for.
  static let longQuestion =
    "?a knows ?b and ?b knows ?c and ?c knows ?d and ?d knows ?e and ?e knows ?f and ?f knows ?g?"
}
