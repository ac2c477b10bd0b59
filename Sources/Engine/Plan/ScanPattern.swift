import RDF

/// A position of a triple pattern in a plan.
enum Position: Hashable, Sendable {
  case constant(TermID)
  case slot(Slot)

  var slot: Slot? {
    if case .slot(let slot) = self { slot } else { nil }
  }
}

/// A triple pattern of handles and slots; no slot occurs twice.
struct ScanPattern: Hashable, Sendable {
  var subject: Position
  var predicate: Position
  var object: Position

  init(_ subject: Position, _ predicate: Position, _ object: Position) {
    self.subject = subject
    self.predicate = predicate
    self.object = object
  }

  subscript(_ position: Int) -> Position {
    switch position {
    case 0: subject
    case 1: predicate
    default: object
    }
  }

  var slots: [Slot] { [subject, predicate, object].compactMap(\.slot) }

  var slotSet: SlotSet {
    var result = SlotSet()
    for position in 0..<3 { if let slot = self[position].slot { result.insert(slot) } }
    return result
  }

  /// The constants, `none` where there is a slot.
  var constants: EncodedTriple {
    func constant(_ position: Position) -> TermID {
      if case .constant(let id) = position { id } else { .none }
    }
    return EncodedTriple(constant(subject), constant(predicate), constant(object))
  }
}
