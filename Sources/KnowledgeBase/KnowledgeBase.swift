import Engine
public import RDF
import Sentences

/// A graph of facts that is asked and told in sentences.
///
/// The library's face: everything the shell can do is one call here. One thread at a time may use it; an
/// evaluation is stopped from elsewhere through `Limits.cancellation`.
///
///     let knowledge = KnowledgeBase()
///     _ = try knowledge.load(["knowledge"]) { result, source in … }
///     knowledge.run(SourceText(name: "-", "who heads Zoom India?"), mode: .prompt) { … }
public final class KnowledgeBase {
  let dictionary: TermDictionary
  let standard: StandardTerms
  /// What has been told, without what is still in `pending`; use `settledSnapshot`.
  var snapshot: Snapshot { didSet { recentQueries.removeAll() } }
  var pending = PendingFacts()
  /// Built from the snapshot when first wanted after a load of RDF, which does not name what it adds.
  var names: NameIndex {
    if namesAreStale { rebuildNames() }
    return nameIndex
  }
  var nameIndex = NameIndex()
  /// How long a list of completions may take to read a sentence and search for what has a match with all that stands before.
  var completionSeconds = 0.002
  var namesAreStale = false
  var origins = OriginTable()
  var history = History()
  var namespaces = KnowledgeBase.knownNamespaces { didSet { recentQueries.removeAll() } }
  var base = Vocabulary.defaultBase { didSet { recentQueries.removeAll() } }
  /// The answer shown last, whose rows and cells sentences may name.
  var shownAnswer: Answer?
  /// What relative IRIs of SPARQL are relative to, as BASE said.
  var sparqlBase: String? { didSet { recentQueries.removeAll() } }
  var recentQueries = RecentQueries()
  /// LOAD reads files below this directory; nil when it may read none.
  public var loadDirectory: String?
  /// What `with {…}.` set for the facts that follow.
  var defaults: [Qualification] = []
  /// Whether `run` refuses what would change the graph; `load` still adds to it.
  public var isReadOnly = false
  /// Files read so far: each has blank nodes of its own.
  var documentCount = 0
  /// What stands before the labels of blank nodes in the sentences of a file.
  var nodeScope = ""

  public init() {
    dictionary = TermDictionary()
    do throws(EvaluationError) {
      standard = try StandardTerms(dictionary)
    } catch {
      preconditionFailure("an empty dictionary has room for the standard terms: \(error)")
    }
    snapshot = Snapshot(dictionary: dictionary)
    rebuildNames()
  }

  /// The facts told so far, without labels and what qualifies facts; O(reifiers).
  public var factCount: Int {
    let now = settledSnapshot
    var bookkeepingCount = now.count(.none, standard.label, .none)
    var last = TermID.none
    now.forEach(.none, standard.reifies, .none) {
      if $0.subject != last { bookkeepingCount += now.count($0.subject, .none, .none) }
      last = $0.subject
      return true
    }
    return now.tripleCount - bookkeepingCount
  }

  /// The triples of the default graph, with everything that serves the facts.
  public var tripleCount: Int { settledSnapshot.tripleCount }

  /// The graph as it is, pending facts included.
  var settledSnapshot: Snapshot { settledSnapshot(until: nil) }

  /// The same for what ends when it is cancelled: then facts may still be pending.
  func settledSnapshot(until cancellation: CancellationFlag?) -> Snapshot {
    settle(until: cancellation)
    return snapshot
  }

  var labeler: Labeler {
    Labeler(snapshot: settledSnapshot, standard: standard, origins: origins)
  }

  /// The prefixes that files and sentences have declared, then those that everybody knows, and one for the names of
  /// facts: `:` where it is free, `kosh:` otherwise.
  public var prefixes: NamespacePrefixes {
    let declared = namespaces.filter { Self.knownNamespaces[$0.key] != $0.value }
      .sorted { $0.key < $1.key }.map { NamespacePrefixes.Entry($0.key, $0.value) }
    return NamespacePrefixes(
      declared + NamespacePrefixes.standard(base: base).entries + [.init("kosh", base)])
  }

  static let knownNamespaces = [
    "rdf": Vocabulary.rdf, "rdfs": Vocabulary.rdfs, "owl": Vocabulary.owl,
    "skos": Vocabulary.skos, "dcterms": Vocabulary.dcterms, "schema": Vocabulary.schema,
    "foaf": "http://xmlns.com/foaf/0.1/", "xsd": XSD.namespace, "oa": "http://www.w3.org/ns/oa#",
  ]
}
