import Testing

@testable import Terminal

struct EditViewTests {
  @Test(arguments: [(10, 50), (30_000, 0)])
  func `a very long entry is not analysed while keys come`(length: Int, expected: Int) {
    var askedCount = 0
    let hooks = LineEditor.Hooks(
      continuation: { _ in nil },
      classify: { _, _ in
        askedCount += 1
        return []
      },
      complete: { LineCompletion(start: $1, items: []) },
      suggest: { _ in
        askedCount += 1
        return ""
      })
    var view = EditView(drawsSequences: true, isUnicode: true) { _ in }
    view.begin(prompt: "kosh>", palette: .basic)
    func type(_ length: Int, keyFollows: (Int32) -> Bool) {
      let text = String(repeating: "x", count: length)
      view.follow(
        EditBuffer(text: text, cursor: length), recall: { _ in "" }, hooks, keyFollows: keyFollows)
    }
    for key in 0..<50 { type(length + key) { $0 > 0 } }
    #expect(askedCount == expected)
    type(length + 50) { _ in false }
    #expect(askedCount == expected + 2)
  }
}
