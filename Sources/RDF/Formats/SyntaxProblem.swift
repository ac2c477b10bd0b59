/// What can be wrong with a document. Worded in `description`, in one place.
enum SyntaxProblem: Error {
  /// The bytes end before the statement does, and more may come. Never shown.
  case incomplete
  case unexpectedEnd
  case notUTF8
  case expectedSubject, expectedPredicate, expectedObject, expectedGraph
  case expectedDot, expectedLineEnd, expectedGraphBody, expectedStatement
  case expectedIRI, expectedPrefix, expectedColon, expectedVersion
  case expectedReifier, expectedTripleTermEnd, expectedReifiedTripleEnd, expectedBracket
  case expectedAnnotationEnd
  case badIRICharacter, badIRIEscape, relativeIRI, unknownPrefix, badLocalName
  case badEscape, surrogate, lineBreakInString, badLanguageTag, badDirection, reservedDatatype
  case badBlankNodeLabel, badNumber, tooDeep, statementTooLong

  /// A stable word for tests and tools.
  var id: String { String(describing: self).kebabCase }

  /// What was expected, in words; `found` is the text at the place.
  func message(found: String) -> String {
    let instead = found.isEmpty ? "" : ", found \(found)"
    return switch self {
    case .incomplete, .unexpectedEnd: "the document ends inside a statement"
    case .notUTF8: "these bytes are not UTF-8"
    case .expectedSubject: "expected a subject: an IRI or a blank node\(instead)"
    case .expectedPredicate: "expected a predicate: an IRI\(instead)"
    case .expectedObject:
      "expected an object: an IRI, a blank node, a literal or <<( … )>>\(instead)"
    case .expectedGraph: "expected a graph's name: an IRI or a blank node\(instead)"
    case .expectedDot: "expected '.' at the end of the statement\(instead)"
    case .expectedLineEnd: "expected the end of the line after '.'\(instead)"
    case .expectedGraphBody: "expected '{' and the graph's triples\(instead)"
    case .expectedStatement: "expected a statement\(instead)"
    case .expectedIRI: "expected an IRI in angle brackets\(instead)"
    case .expectedPrefix: "expected a prefix such as 'ex:'\(instead)"
    case .expectedColon: "expected ':' after the prefix\(instead)"
    case .expectedVersion: "expected a version in simple quotes, such as \"1.2\"\(instead)"
    case .expectedReifier: "expected an IRI or a blank node as reifier\(instead)"
    case .expectedTripleTermEnd: "expected ')>>' at the end of the triple term\(instead)"
    case .expectedReifiedTripleEnd: "expected '>>' at the end of the reified triple\(instead)"
    case .expectedBracket: "expected ']'\(instead)"
    case .expectedAnnotationEnd: "expected '|}' at the end of the annotation\(instead)"
    case .badIRICharacter: "this character cannot stand in an IRI\(instead)"
    case .badIRIEscape: "this escape gives a character that cannot stand in an IRI"
    case .relativeIRI: "this IRI is relative, and there is no base"
    case .unknownPrefix: "this prefix is not declared"
    case .badLocalName:
      "expected two hexadecimal digits after '%', or a punctuation mark after '\\'"
    case .badEscape: "expected an escape: \\t \\b \\n \\r \\f \\\" \\' \\\\ \\uXXXX \\UXXXXXXXX"
    case .surrogate: "this escape is a surrogate, not a character"
    case .lineBreakInString: "the string has no end on this line"
    case .badLanguageTag: "expected a language tag such as @en or @en-GB\(instead)"
    case .badDirection: "expected the direction --ltr or --rtl"
    case .reservedDatatype: "this datatype cannot be written: use @language or @language--direction"
    case .badBlankNodeLabel: "expected a label after '_:'\(instead)"
    case .badNumber: "expected digits\(instead)"
    case .tooDeep: "brackets are nested too deeply"
    case .statementTooLong: "the statement is too long to be read"
    }
  }
}

/// A problem and where it is in the bytes at hand.
struct SyntaxStop: Error {
  var problem: SyntaxProblem
  var start: Int
  var end: Int
}

extension String {
  /// `badIRIEscape` → `bad-iri-escape`.
  fileprivate var kebabCase: String {
    let characters = Array(self)
    var words = ""
    for (index, character) in characters.enumerated() {
      let isUpper = character.isUppercase
      let followsLower = index > 0 && characters[index - 1].isLowercase
      let precedesLower =
        index > 0 && index + 1 < characters.count && characters[index + 1].isLowercase
      if isUpper, followsLower || precedesLower { words += "-" }
      words += character.lowercased()
    }
    return words
  }
}
