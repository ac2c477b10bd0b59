import Testing

@testable import Terminal

@Suite struct PaletteTests {
  private static let classes: [TextClass] = [
    .prompt, .cue, .relation, .gap, .value, .comment, .unknown, .wrong, .unclosed, .ghost, .detail,
  ]

  /// Source: WCAG 2.2, relative luminance and contrast ratio; the palette of xterm.
  private func contrast(_ colour: Int, against background: Double) -> Double {
    let steps = [0.0, 95, 135, 175, 215, 255]
    let channels =
      colour >= 232
      ? Array(repeating: Double(8 + (colour - 232) * 10), count: 3)
      : [(colour - 16) / 36, (colour - 16) / 6 % 6, (colour - 16) % 6].map { steps[$0] }
    let linear = channels.map { value in
      let share = value / 255
      return share <= 0.04045 ? share / 12.92 : power((share + 0.055) / 1.055)
    }
    let luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    let (low, high) = (min(luminance, background), max(luminance, background))
    return (high + 0.05) / (low + 0.05)
  }

  /// To the power of 2.4, by squares and a fifth root.
  private func power(_ value: Double) -> Double {
    var root = 1.0
    for _ in 0..<60 {
      root -= (root * root * root * root * root - value * value) / (5 * root * root * root * root)
    }
    return value * value * root
  }

  @Test(arguments: classes)
  func `rich colours read on black and on white`(_ textClass: TextClass) {
    let parameters = Palette.rich.parameters(textClass).split(separator: ";").map { Int($0) ?? 0 }
    guard let colour = parameters.last, parameters.count >= 3 else {
      Issue.record("no colour of the palette")
      return
    }
    #expect(contrast(colour, against: 0) >= 3)
    #expect(contrast(colour, against: 1) >= 3)
  }

  @Test(arguments: classes)
  func `of the eight colours none is yellow, black or white`(_ textClass: TextClass) {
    let parameters = Palette.basic.parameters(textClass).split(separator: ";")
    #expect(!parameters.contains { ["30", "33", "37"].contains($0) })
  }
}
