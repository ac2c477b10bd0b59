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
    let countWidth = lines.map { matches($0.part.matchCount).count }.max() ?? 0
    var text = ""
    for line in lines {
      let count = padded(matches(line.part.matchCount), to: countWidth, alignsRight: true)
      let drawnCount = line.isFailing ? style.careful(count) : style.dim(count)
      text += "  " + padded(printable(line.part.text), to: width) + "  " + drawnCount
      text += line.remark.isEmpty ? "\n" : "  " + style.dim(line.remark) + "\n"
    }
    guard absence.failing == nil else { return text }
    let together = counted(absence.togetherCount, "match", "matches")
    return text + "  " + style.dim("the conditions leave none of \(together)") + "\n"
  }

  private func matches(_ count: Int) -> String {
    count == 0 ? "no match" : counted(count, "match", "matches")
  }
}
