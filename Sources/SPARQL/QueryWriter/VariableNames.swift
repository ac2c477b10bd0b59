import Algebra
import RDF

/// Names for the variables of one query: their own where they can be written, else free ones.
struct VariableNames {
  private var names: [Variable: String] = [:]
  private var taken: Set<String>

  init(_ query: Query) {
    var mentioned = query.pattern.mentionedVariables
    switch query.form {
    case .construct(let template): mentioned += template.flatMap(\.variables)
    case .describe(let terms): mentioned += terms.flatMap(\.variables)
    case .select, .ask: break
    }
    taken = Set(mentioned.map(\.name))
    for variable in mentioned where names[variable] == nil {
      names[variable] =
        Self.isWritable(variable.name) ? variable.name : free(Self.cleaned(variable.name))
    }
  }

  /// The name to write, without `?`.
  func name(_ variable: Variable) -> String { names[variable] ?? variable.name }

  /// A variable that the query does not have.
  mutating func fresh(like name: String) -> Variable {
    let variable = Variable(free(Self.cleaned(name)))
    names[variable] = variable.name
    return variable
  }

  private mutating func free(_ wish: String) -> String {
    var name = wish
    var number = 1
    while !taken.insert(name).inserted {
      number += 1
      name = "\(wish)_\(number)"
    }
    return name
  }

  private static func cleaned(_ name: String) -> String {
    let kept = String(String.UnicodeScalarView(name.unicodeScalars.filter { isNameCharacter($0) }))
    guard let first = kept.utf8.first else { return "unnamed" }
    return first &- 0x30 < 10 ? "_" + kept : kept
  }

  private static func isWritable(_ name: String) -> Bool {
    !name.isEmpty && name.unicodeScalars.allSatisfy(isNameCharacter)
  }

  /// What VARNAME allows in any place.
  private static func isNameCharacter(_ scalar: Unicode.Scalar) -> Bool {
    NameCharacters.isStart(scalar.value) || scalar.value &- 0x30 < 10
  }
}
