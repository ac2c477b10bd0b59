import Algebra
import RDF

/// STRSTARTS, STRENDS or CONTAINS over a column's texts and a constant, on their bytes.
struct TextKernel {
  private enum Place {
    case start
    case end
    case anywhere
  }

  private enum Letters {
    case asTheyAre
    case lower
    case upper
  }

  private let place: Place
  private let column: Int
  private let needle: [UInt8]
  /// Whether STR stands between, which makes texts of IRIs too.
  private var takesIRIs = false
  private var letters = Letters.asTheyAre

  /// nil for what is not of this form.
  init?(_ function: Function, _ arguments: [BoundExpression], _ terms: QueryTerms) {
    switch function {
    case .strStarts: place = .start
    case .strEnds: place = .end
    case .contains: place = .anywhere
    default: return nil
    }
    guard arguments.count == 2, case .constant(let id) = arguments[1],
      case .literal(let literal) = terms.term(id), literal.datatype == XSD.string
    else { return nil }
    needle = Array(literal.lexicalForm.utf8)
    var inner = arguments[0]
    if case .call(let change, let list) = inner, list.count == 1,
      change == .lcase || change == .ucase
    {
      letters = change == .lcase ? .lower : .upper
      inner = list[0]
    }
    if case .call(.str, let list) = inner, list.count == 1 {
      takesIRIs = true
      inner = list[0]
    }
    guard case .column(let column) = inner else { return nil }
    self.column = column
  }

  /// Whether a row meets the condition; nil where that takes a general evaluation.
  @inline(__always)
  func holds(_ batch: Batch, _ row: Int, _ dictionary: TermDictionary) -> Bool? {
    let id = batch.columns[column][row]
    if !id.isBound { return false }
    if QueryTerms.isOverlay(id) { return nil }
    let record = dictionary.record(id.rawValue)
    switch record.kind {
    case .string, .languageString, .leftToRight, .rightToLeft: break
    case .iri: if !takesIRIs { return false }
    case .blankNode, .typed, .valued, .triple, .languageTag: return nil
    }
    let text = record.buffer
    // Letters beyond ASCII may change in number, too.
    if letters != .asTheyAre, text.contains(where: { $0 >= 0x80 }) { return nil }
    guard text.count >= needle.count else { return false }
    let last = text.count - needle.count
    switch place {
    case .start: return matches(text, at: 0)
    case .end: return matches(text, at: last)
    case .anywhere: return (0...last).contains { matches(text, at: $0) }
    }
  }

  @inline(__always)
  private func matches(_ text: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
    for (offset, wanted) in needle.enumerated() where folded(text[start + offset]) != wanted {
      return false
    }
    return true
  }

  @inline(__always)
  private func folded(_ byte: UInt8) -> UInt8 {
    switch letters {
    case .asTheyAre: byte
    case .lower: byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte
    case .upper: byte >= 0x61 && byte <= 0x7a ? byte & ~0x20 : byte
    }
  }
}
