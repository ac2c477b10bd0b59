public import Algebra
public import RDF

/// Writes results in a format of SPARQL 1.2: solutions row by row, or a boolean.
///
/// Bytes go to the sink in blocks of about 64 KB, so a large result is never held as text. The text ends with a line end.
public struct ResultWriter: Sendable {
  public enum Format: String, Hashable, Sendable, CaseIterable {
    case json
    case xml
    case csv
    case tsv

    public var mediaType: String {
      switch self {
      case .json: "application/sparql-results+json"
      case .xml: "application/sparql-results+xml"
      case .csv: "text/csv; charset=utf-8"
      case .tsv: "text/tab-separated-values; charset=utf-8"
      }
    }
  }

  private let format: Format

  public init(_ format: Format) {
    self.format = format
  }

  /// Writes `rowCount` solutions; `term` gives the cell of a row and a column, nil where nothing is bound.
  public func write<Failure: Error>(
    variables: [Variable], rowCount: Int, term: (_ row: Int, _ column: Int) -> Term?,
    to sink: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    let layout = layout(variables.map(\.name))
    var text = ResultText()
    layout.begin(&text)
    for row in 0..<rowCount {
      layout.row(row, isLast: row == rowCount - 1, term, &text)
      if text.bytes.count >= 65_536 {
        try sink(text.bytes)
        text.bytes.removeAll(keepingCapacity: true)
      }
    }
    layout.end(&text)
    try sink(text.bytes)
  }

  /// Writes the answer to an ASK. CSV and TSV have no form for it: `true` or `false` on a line.
  public func write<Failure: Error>(
    boolean: Bool, to sink: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    var text = ResultText()
    layout([]).boolean(boolean, &text)
    try sink(text.bytes)
  }

  /// The same as one text.
  public func text(
    variables: [Variable], rowCount: Int, term: (_ row: Int, _ column: Int) -> Term?
  ) -> String {
    var bytes: [UInt8] = []
    write(variables: variables, rowCount: rowCount, term: term) { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func layout(_ names: [String]) -> any ResultLayout {
    switch format {
    case .json: JSONResultLayout(names)
    case .xml: XMLResultLayout(names)
    case .csv: CSVResultLayout(names)
    case .tsv: TSVResultLayout(names)
    }
  }
}

/// How one format lays out its parts.
protocol ResultLayout {
  func begin(_ text: inout ResultText)
  func row(
    _ row: Int, isLast: Bool, _ term: (_ row: Int, _ column: Int) -> Term?,
    _ text: inout ResultText)
  func end(_ text: inout ResultText)
  func boolean(_ value: Bool, _ text: inout ResultText)
}

/// Bytes that are being written.
struct ResultText {
  var bytes: [UInt8] = []

  mutating func append(_ string: String) {
    bytes.append(contentsOf: string.utf8)
  }

  mutating func append(_ byte: Unicode.Scalar) {
    bytes.append(UInt8(ascii: byte))
  }

  /// Appends the text scalar by scalar, with `escape` deciding what is written instead of one (nil: itself).
  mutating func append(_ string: String, escape: (Unicode.Scalar) -> String?) {
    for scalar in string.unicodeScalars {
      if let replacement = escape(scalar) {
        append(replacement)
      } else {
        bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      }
    }
  }
}
