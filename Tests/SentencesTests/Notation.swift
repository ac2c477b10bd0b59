import Algebra
import Diagnostics
import RDF

@testable import Sentences

/// Short forms of what the parser gives, so that tests compare whole values as text.
enum Notation {
  static func statement(
    _ text: String, _ lexicon: TestLexicon = .sample, mode: SentenceParser.Mode = .script
  ) -> String {
    statements(text, lexicon, mode: mode).joined(separator: "\n")
  }

  static func statements(
    _ text: String, _ lexicon: TestLexicon = .sample, mode: SentenceParser.Mode = .script
  ) -> [String] {
    let source = SourceText(name: "test", text)
    var parser = SentenceParser(source: source, mode: mode)
    var results: [String] = []
    while let sentence = parser.next(lexicon) {
      switch sentence.result {
      case .statement(let statement): results.append(show(statement, lexicon))
      case .rejected(let diagnostics):
        results += diagnostics.map { show($0, source) }
      }
      results += sentence.warnings.map { show($0, source) }
    }
    return results
  }

  static func show(_ diagnostic: Diagnostic, _ source: SourceText) -> String {
    let kind = diagnostic.severity == .error ? "error" : "warning"
    var text = "\(kind) \(diagnostic.id) «\(source.text(diagnostic.range))»: \(diagnostic.message)"
    for note in diagnostic.notes { text += "\n  note: \(note.message)" }
    for fixIt in diagnostic.fixIts {
      text += "\n  fix: \(fixIt.message) «\(source.text(fixIt.range))» → «\(fixIt.replacement)»"
    }
    return text
  }

  static func show(_ statement: Statement, _ lexicon: TestLexicon) -> String {
    switch statement {
    case .facts(let facts): facts.map { show($0, lexicon) }.joined(separator: " & ")
    case .defaults(let group): "with " + show(group, lexicon)
    case .prefix(let name, let iri): "prefix \(name): <\(iri)>"
    case .base(let iri): "base <\(iri)>"
    case .question(let question): show(question)
    case .explain(let question): "explain " + show(question)
    case .about(let term): "about " + show(term)
    case .why(let question): "why " + show(question)
    case .whyRow(let row, _): "why row \(row)"
    case .whyNot(let question): "why not " + show(question)
    case .path(let from, let to): "path \(show(from)) → \(show(to))"
    case .paths(let from, let to, let within): "paths \(show(from)) → \(show(to)) within \(within)"
    case .timeline(let term): "timeline " + (term.map(show) ?? "all")
    case .map(let term, let depth, let file):
      "map \(show(term)) depth \(depth.map(String.init) ?? "-") to \(file ?? "-")"
    case .kinds: "kinds"
    case .relations: "relations"
    case .sources: "sources"
    case .rules: "rules"
    case .forget(let question): "forget " + show(question)
    case .undo: "undo"
    case .redo: "redo"
    case .suppose(let facts, let question):
      "suppose " + facts.map { show($0, lexicon) }.joined(separator: " & ") + " then "
        + show(question)
    case .expect(let question, let answers):
      "expect " + show(question) + " = " + answers.map(show).joined(separator: ", ")
    case .expectNo(let question): "expect no " + show(question)
    }
  }

  static func show(_ fact: Fact, _ lexicon: TestLexicon) -> String {
    let parts = [fact.subject, fact.relation, fact.object].map { show($0, lexicon) }
    return parts.joined(separator: " ")
      + fact.qualifierGroups.map { " " + show($0, lexicon) }.joined()
  }

  static func show(_ group: [Qualifier], _ lexicon: TestLexicon) -> String {
    let parts = group.map { show($0.relation, lexicon) + " " + show($0.object, lexicon) }
    return "{" + parts.joined(separator: ", ") + "}"
  }

  static func show(_ reference: Reference, _ lexicon: TestLexicon) -> String {
    switch reference {
    case .known(let id): "[\(lexicon.label(id))]"
    case .new(let name, let role): "+\(role)[\(name)]"
    case .standard(let standard): "«\(standard.rawValue)»"
    case .term(let term): show(term)
    case .claim(let s, let p, let o):
      "(\(show(s, lexicon)) \(show(p, lexicon)) \(show(o, lexicon)))"
    }
  }

  static func show(_ question: Question) -> String {
    let columns = question.columns.map { " ?" + $0.name }.joined()
    return "\(question.kind)\(columns) \(show(question.query.pattern))"
  }

  static func show(_ term: Term) -> String {
    switch term {
    case .iri(let iri): shortened(iri)
    case .blankNode(let label): "_:" + label
    case .literal(let literal):
      "\"\(literal.lexicalForm)\""
        + (literal.language.map { "@" + $0 + (literal.direction.map { "--" + $0.rawValue } ?? "") }
          ?? (literal.datatype == XSD.string ? "" : "^^" + shortened(literal.datatype)))
    case .triple(let t): "<<\(show(t.subject)) \(show(t.predicate)) \(show(t.object))>>"
    }
  }

  static func shortened(_ iri: String) -> String {
    let prefixes = [
      ("", Vocabulary.defaultBase), ("xsd", XSD.namespace), ("rdf", Vocabulary.rdf),
      ("rdfs", Vocabulary.rdfs), ("owl", Vocabulary.owl), ("skos", Vocabulary.skos),
      ("dct", Vocabulary.dcterms), ("schema", Vocabulary.schema),
    ]
    for (prefix, namespace) in prefixes where iri.hasPrefix(namespace) {
      return prefix + ":" + iri.dropFirst(namespace.count)
    }
    return "<\(iri)>"
  }

  static func show(_ pattern: TermPattern) -> String {
    switch pattern {
    case .term(let term): show(term)
    case .variable(let variable): "?" + variable.name
    case .triple(let t): "<<" + show(t) + ">>"
    }
  }

  static func show(_ triple: TriplePattern) -> String {
    "\(show(triple.subject)) \(show(triple.predicate)) \(show(triple.object))"
  }

  static func show(_ path: Path) -> String {
    switch path {
    case .predicate(let term): show(term)
    case .inverse(let inner): "^" + show(inner)
    case .sequence(let a, let b): "(\(show(a))/\(show(b)))"
    case .alternative(let a, let b): "(\(show(a))|\(show(b)))"
    case .zeroOrMore(let inner): show(inner) + "*"
    case .oneOrMore(let inner): show(inner) + "+"
    case .zeroOrOne(let inner): show(inner) + "?"
    case .negated: "!"
    }
  }

  static func show(_ pattern: Pattern) -> String {
    switch pattern {
    case .triples(let triples): "{" + triples.map(show).joined(separator: " . ") + "}"
    case .path(let s, let path, let o): "{\(show(s)) \(show(path)) \(show(o))}"
    case .join(let a, let b): "join(\(show(a)), \(show(b)))"
    case .leftJoin(let a, let b, let condition):
      "optional(\(show(a)), \(show(b))\(condition.map { ", " + show($0) } ?? ""))"
    case .union(let a, let b): "union(\(show(a)), \(show(b)))"
    case .minus(let a, let b): "minus(\(show(a)), \(show(b)))"
    case .filter(let expression, let inner): "filter(\(show(expression)), \(show(inner)))"
    case .extend(let inner, let variable, let expression):
      "extend(\(show(inner)), ?\(variable.name), \(show(expression)))"
    case .values: "values"
    case .graph(let name, let inner): "graph(\(show(name)), \(show(inner)))"
    case .service(let name, let inner, _): "service(\(show(name)), \(show(inner)))"
    case .group(let inner, let keys, let aggregates):
      "group(\(show(inner)), \(show(keys)), "
        + aggregates.map {
          "?\($0.variable.name) = \($0.aggregate.function)\($0.aggregate.distinct ? " distinct" : "")"
            + "(\($0.aggregate.argument.map(show) ?? "*"))"
        }.joined(separator: ", ") + ")"
    case .orderBy(let inner, let keys):
      "order(\(show(inner)), "
        + keys.map { show($0.expression) + ($0.descending ? " down" : "") }.joined(separator: ", ")
        + ")"
    case .project(let inner, let columns): "project(\(show(inner)), \(show(columns)))"
    case .distinct(let inner): "distinct(\(show(inner)))"
    case .reduced(let inner): "reduced(\(show(inner)))"
    case .slice(let inner, let offset, let limit):
      "slice(\(show(inner)), \(offset), \(limit.map(String.init) ?? "-"))"
    }
  }

  static func show(_ variables: [Variable]) -> String {
    "[" + variables.map { "?" + $0.name }.joined(separator: " ") + "]"
  }

  static func show(_ expression: Expression) -> String {
    switch expression {
    case .term(let term): show(term)
    case .variable(let variable): "?" + variable.name
    case .bound(let variable): "bound(?\(variable.name))"
    case .not(let inner): "!" + show(inner)
    case .and(let a, let b): "(\(show(a)) && \(show(b)))"
    case .or(let a, let b): "(\(show(a)) || \(show(b)))"
    case .compare(let c, let a, let b): "\(show(a)) \(c.rawValue) \(show(b))"
    case .arithmetic(let c, let a, let b): "(\(show(a)) \(c.rawValue) \(show(b)))"
    case .negate(let inner): "-" + show(inner)
    case .oneOf(let a, let all, let negated):
      "\(show(a)) \(negated ? "not in" : "in") (\(all.map(show).joined(separator: ", ")))"
    case .conditional(let a, let b, let c): "if(\(show(a)), \(show(b)), \(show(c)))"
    case .coalesce(let all): "coalesce(\(all.map(show).joined(separator: ", ")))"
    case .call(let function, let all):
      "\(function.rawValue.lowercased())(\(all.map(show).joined(separator: ", ")))"
    case .callIRI(let iri, let all): "<\(iri)>(\(all.map(show).joined(separator: ", ")))"
    case .exists(let pattern): "exists(\(show(pattern)))"
    case .triple(let a, let b, let c): "<<(\(show(a)) \(show(b)) \(show(c)))>>"
    }
  }
}
