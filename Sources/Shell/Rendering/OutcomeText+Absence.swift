import Diagnostics
import KnowledgeBase

extension OutcomeText {
  /// Why there is no answer: the parts of the question with what they match.
  func absenceLines(_ absence: Absence) -> String {
    var lines = absence.parts.enumerated().map { index, part in
      let isFailing = index == absence.failing
      let isAlone = part.matchCount == 0
      return (
        part: part,
        remark: isFailing && !isAlone
          ? "none together with \(counted(absence.togetherCount, "match", "matches")) of the above"
          : "", isFailing: isFailing
      )
    }
    lines += absence.relaxed.map { (part: $0, remark: "instead", isFailing: false) }
    let width = lines.map { displayWidth(printable($0.part.text)) }.max() ?? 0
    let digits = lines.map { number($0.part.matchCount).count }.max() ?? 0
    let countWidth = lines.map { matches($0.part.matchCount, digits).count }.max() ?? 0
    var text = ""
    for line in lines {
      let count = matches(line.part.matchCount, digits)
      text += "  " + padded(printable(line.part.text), to: width) + "  "
      text += line.isFailing ? style.careful(count) : style.dim(count)
      let gap = String(repeating: " ", count: countWidth - count.count + 2)
      text += line.remark.isEmpty ? "\n" : gap + style.dim(line.remark) + "\n"
    }
    guard absence.failing == nil else { return text }
    let together = counted(absence.togetherCount, "match", "matches")
    return text + "  " + style.dim("the conditions leave none of \(together)") + "\n"
  }

  private func number(_ count: Int) -> String { count == 0 ? "no" : grouped(count) }

  /// `no match`, ` 1 match`, `12 matches`: the numbers stand below each other.
  private func matches(_ count: Int, _ digits: Int) -> String {
    padded(number(count), to: digits, alignsRight: true) + (count > 1 ? " matches" : " match")
  }
}
