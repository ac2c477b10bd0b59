public import RDF

/// An expression over the variables of a solution; its value is a term or an error.
/// Source: SPARQL 1.2 Query, section 17.
public enum Expression: Hashable, Sendable {
  case term(Term)
  case variable(Variable)
  case bound(Variable)
  indirect case not(Expression)
  indirect case and(Expression, Expression)
  indirect case or(Expression, Expression)
  indirect case compare(Comparison, Expression, Expression)
  indirect case arithmetic(Arithmetic, Expression, Expression)
  indirect case negate(Expression)
  indirect case oneOf(Expression, [Expression], negated: Bool)
  indirect case conditional(Expression, Expression, Expression)
  case coalesce([Expression])
  case call(Function, [Expression])
  /// A cast or an extension function, by IRI.
  case callIRI(String, [Expression])
  indirect case exists(Pattern)
  /// `<<( s p o )>>` with expressions inside.
  indirect case triple(Expression, Expression, Expression)

  public enum Comparison: String, Hashable, Sendable, CaseIterable {
    case equal = "="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }

  public enum Arithmetic: String, Hashable, Sendable, CaseIterable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
  }
}

/// The built-in functions, by their SPARQL keyword in upper case.
public enum Function: String, Hashable, Sendable, CaseIterable {
  // Terms
  case isIRI = "ISIRI"
  case isBlank = "ISBLANK"
  case isLiteral = "ISLITERAL"
  case isNumeric = "ISNUMERIC"
  case isTriple = "ISTRIPLE"
  case str = "STR"
  case lang = "LANG"
  case langDir = "LANGDIR"
  case hasLang = "HASLANG"
  case hasLangDir = "HASLANGDIR"
  case langMatches = "LANGMATCHES"
  case datatype = "DATATYPE"
  case iri = "IRI"
  case bnode = "BNODE"
  case strDT = "STRDT"
  case strLang = "STRLANG"
  case strLangDir = "STRLANGDIR"
  case sameTerm = "SAMETERM"
  case triple = "TRIPLE"
  case subject = "SUBJECT"
  case predicate = "PREDICATE"
  case object = "OBJECT"
  case uuid = "UUID"
  case strUUID = "STRUUID"
  // Strings
  case strlen = "STRLEN"
  case substr = "SUBSTR"
  case ucase = "UCASE"
  case lcase = "LCASE"
  case strStarts = "STRSTARTS"
  case strEnds = "STRENDS"
  case contains = "CONTAINS"
  case strBefore = "STRBEFORE"
  case strAfter = "STRAFTER"
  case encodeForURI = "ENCODE_FOR_URI"
  case concat = "CONCAT"
  case regex = "REGEX"
  case replace = "REPLACE"
  // Numbers
  case abs = "ABS"
  case round = "ROUND"
  case ceil = "CEIL"
  case floor = "FLOOR"
  case rand = "RAND"
  // Dates
  case now = "NOW"
  case year = "YEAR"
  case month = "MONTH"
  case day = "DAY"
  case hours = "HOURS"
  case minutes = "MINUTES"
  case seconds = "SECONDS"
  case timezone = "TIMEZONE"
  case tz = "TZ"
  // Digests
  case md5 = "MD5"
  case sha1 = "SHA1"
  case sha256 = "SHA256"
  case sha384 = "SHA384"
  case sha512 = "SHA512"
}
