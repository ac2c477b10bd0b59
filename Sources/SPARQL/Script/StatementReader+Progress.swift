import Diagnostics

/// How far a statement is typed.
extension StatementReader {
  public enum Progress: Hashable, Sendable {
    /// A statement, right or wrong, ends here.
    case whole(end: Int)
    /// The innermost bracket or quote that is open, or `…` where something has to follow.
    case open(String)
  }

  /// How far the statement at a byte offset is typed; nil when none begins there.
  public func progress(at offset: Int) -> Progress? {
    guard let start = start(at: offset) else { return nil }
    // Prefixes and a base may be declared elsewhere.
    var parser = SPARQLParser(source: source, base: "http://localhost/")
    parser.acceptsAnyPrefix = true
    do throws(Diagnostic) {
      if let problem { throw problem }
      return .whole(end: try parser.statement(at: start.offset).end)
    } catch {
      switch error.id {
      case "unexpected-end": return .open(openBracket(from: start.offset) ?? "…")
      case "unclosed-string":
        let quotes = source.text(error.range).prefix(3)
        return ["\"\"\"", "'''"].contains(quotes)
          ? .open(String(quotes)) : .whole(end: source.bytes.count)
      default: return .whole(end: source.bytes.count)
      }
    }
  }

  private func openBracket(from offset: Int) -> String? {
    var lexer = Lexer(source.bytes)
    var open: [String] = []
    do throws(Diagnostic) {
      try lexer.start(at: offset)
      while lexer.token.kind != .end, lexer.token.kind != .invalid {
        if case .sign(let sign) = lexer.token.kind {
          if sign.opens { open.append(sign.rawValue) }
          if sign.closes { _ = open.popLast() }
        }
        try lexer.advance()
      }
    } catch {
      return open.last
    }
    return open.last
  }
}

extension Sign {
  fileprivate var opens: Bool {
    switch self {
    case .openBrace, .openParenthesis, .openBracket, .openAnnotation, .openReified,
      .openTripleTerm:
      true
    default: false
    }
  }

  fileprivate var closes: Bool {
    switch self {
    case .closeBrace, .closeParenthesis, .closeBracket, .closeAnnotation, .closeReified,
      .closeTripleTerm:
      true
    default: false
    }
  }
}
