public import Algebra
public import RDF

/// Writes algebra as SPARQL 1.2 text that a person would have written and that means the same when read.
///
/// Variables that no text can name (they begin with a space or a dot) get free names. Blank nodes as constants have no
/// SPARQL notation that finds them; they come out as `_:label`, which matches anything.
public struct QueryWriter: Sendable {
  private let prefixes: NamespacePrefixes

  /// Only the prefixes that a query uses are declared in its text.
  public init(prefixes: NamespacePrefixes = .standard()) {
    self.prefixes = prefixes
  }

  /// The whole text, with prologue and without a final line end.
  public func text(of query: Query) -> String {
    var names = VariableNames(query)
    let document = document(of: query, &names)
    var printer = QueryPrinter(prefixes: prefixes, names: names)
    let body = printer.text(of: document, from: query.dataset)
    let base = printer.usesBase ? query.base.map { "BASE \(TermText.iri($0))\n" } : nil
    let prologue = (base ?? "") + printer.terms.prologue
    return prologue.isEmpty ? body : prologue + "\n" + body
  }

  private func document(of query: Query, _ names: inout VariableNames) -> QueryDocument {
    var builder = SelectBuilder(names: names)
    defer { names = builder.names }
    switch query.form {
    case .select: return .select(builder.select(query.pattern))
    case .ask: return .ask(builder.group(Self.withoutIdleModifiers(query.pattern)))
    case .construct(let template): return .construct(template, builder.modified(query.pattern))
    case .describe(let terms):
      let clause = builder.modified(query.pattern)
      // `*` would name variables that only the writer names; one that is never bound describes nothing.
      if terms.isEmpty { return .describe([.variable(builder.names.fresh(like: "none"))], clause) }
      return .describe(terms, clause)
    }
  }

  /// Without what does not change whether there is a solution.
  private static func withoutIdleModifiers(_ pattern: Pattern) -> Pattern {
    switch pattern {
    case .distinct(let inner), .reduced(let inner), .orderBy(let inner, _),
      .project(let inner, _):
      withoutIdleModifiers(inner)
    case .slice(let inner, 0, let limit) where limit != 0: withoutIdleModifiers(inner)
    default: pattern
    }
  }
}
