import Algebra

/// The words of the grammar that are no functions of `Function`.
enum Keyword: String, CaseIterable {
  /// `a`, the only one that is case-sensitive.
  case a = "a"
  case add = "ADD"
  case all = "ALL"
  case `as` = "AS"
  case asc = "ASC"
  case ask = "ASK"
  case avg = "AVG"
  case base = "BASE"
  case bind = "BIND"
  case bound = "BOUND"
  case by = "BY"
  case clear = "CLEAR"
  case coalesce = "COALESCE"
  case construct = "CONSTRUCT"
  case copy = "COPY"
  case count = "COUNT"
  case create = "CREATE"
  case data = "DATA"
  case `default` = "DEFAULT"
  case delete = "DELETE"
  case desc = "DESC"
  case describe = "DESCRIBE"
  case distinct = "DISTINCT"
  case drop = "DROP"
  case exists = "EXISTS"
  case `false` = "FALSE"
  case filter = "FILTER"
  case from = "FROM"
  case graph = "GRAPH"
  case group = "GROUP"
  case groupConcat = "GROUP_CONCAT"
  case having = "HAVING"
  case `if` = "IF"
  case `in` = "IN"
  case insert = "INSERT"
  case into = "INTO"
  case limit = "LIMIT"
  case load = "LOAD"
  case max = "MAX"
  case min = "MIN"
  case minus = "MINUS"
  case move = "MOVE"
  case named = "NAMED"
  case not = "NOT"
  case offset = "OFFSET"
  case optional = "OPTIONAL"
  case order = "ORDER"
  case prefix = "PREFIX"
  case reduced = "REDUCED"
  case sample = "SAMPLE"
  case select = "SELECT"
  case separator = "SEPARATOR"
  case service = "SERVICE"
  case silent = "SILENT"
  case sum = "SUM"
  case to = "TO"
  case `true` = "TRUE"
  case undef = "UNDEF"
  case union = "UNION"
  case using = "USING"
  case values = "VALUES"
  case version = "VERSION"
  case `where` = "WHERE"
  case with = "WITH"
}

/// A word of at most 16 ASCII characters in upper case, to look it up without a string.
struct WordKey: Hashable {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  /// nil when the word is too long to be one of the grammar.
  init?(_ word: some Collection<UInt8>) {
    guard word.count <= 16 else { return nil }
    for byte in word {
      let isLowerCase = byte &- 0x61 < 26
      high = high << 8 | low >> 56
      low = low << 8 | UInt64(isLowerCase ? byte & 0xDF : byte)
    }
  }

  /// What each word of the grammar is.
  static let kinds: [WordKey: Token.Kind] = {
    var kinds: [WordKey: Token.Kind] = [:]
    for keyword in Keyword.allCases where keyword != .a {
      if let key = WordKey(keyword.rawValue.utf8) { kinds[key] = .keyword(keyword) }
    }
    for function in Function.allCases {
      if let key = WordKey(function.rawValue.utf8) { kinds[key] = .function(function) }
    }
    if let key = WordKey("URI".utf8) { kinds[key] = .function(.iri) }
    if let key = WordKey("ISURI".utf8) { kinds[key] = .function(.isIRI) }
    return kinds
  }()
}
