package import KnowledgeBase

/// What the command line asks for, with every option understood.
package struct Invocation: Equatable, Sendable {
  package enum Action: Equatable, Sendable {
    /// Load, then run scripts or open the prompt.
    case session(paths: [String], scripts: [CommandLineWords.Script])
    case test(paths: [String])
    case check(paths: [String])
    case convert(Conversion)
    case help
    case version
  }

  package enum ColorChoice: String, CaseIterable, Sendable {
    case auto
    case always
    case never
  }

  package enum StartFile: Equatable, Sendable {
    case standard
    case file(String)
    case none
  }

  package var action: Action
  package var format: OutputFormat?
  package var color = ColorChoice.auto
  package var seconds: Double?
  package var byteCount: Int?
  package var isReadOnly = false
  /// Where LOAD may read files.
  package var loadDirectory: String?
  package var keepsGoing = false
  package var startFile = StartFile.standard
  package var isQuiet = false

  /// Understands a command line, given as the words after the program's name.
  package init(_ arguments: [String]) throws(UsageError) {
    let words = try CommandLineWords.read(arguments)
    action = try Self.action(words)
    if words.flags.contains(.help) || words.flags.contains(.version) { return }
    if words.values[.journal] != nil { throw .notInThisVersion("--journal is") }
    format = try words.values[.format].map { (name) throws(UsageError) in try Self.format(name) }
    if let value = words.values[.color] {
      guard let choice = ColorChoice(rawValue: value) else {
        throw .badValue(option: "--color", value: value, expected: "auto, always or never")
      }
      color = choice
    }
    if let value = words.values[.timeout] {
      seconds = Amount.seconds(value)
      if seconds == nil {
        throw .badValue(option: "--timeout", value: value, expected: "seconds, such as 2 or 0.5")
      }
    }
    if let value = words.values[.memory] {
      byteCount = Amount.bytes(value)
      if byteCount == nil {
        throw .badValue(option: "--memory", value: value, expected: "a size, such as 512M or 2G")
      }
    }
    loadDirectory = words.values[.loadFrom]
    isReadOnly = words.flags.contains(.readOnly)
    keepsGoing = words.flags.contains(.keepGoing)
    isQuiet = words.flags.contains(.quiet)
    if let path = words.values[.rc] { startFile = .file(path) }
    if words.flags.contains(.noRC) { startFile = .none }
  }

  private static func action(_ words: CommandLineWords) throws(UsageError) -> Action {
    if words.flags.contains(.help) { return .help }
    if words.flags.contains(.version) { return .version }
    let isFree = words.operandCountBeforeEnd.map { $0 > 0 } ?? true
    guard isFree, let first = words.operands.first, ["test", "check", "convert"].contains(first)
    else { return session(words) }
    let paths = Array(words.operands.dropFirst())
    if !words.scripts.isEmpty { throw .takesNoScripts(first) }
    if first == "convert" { return .convert(try conversion(paths, words)) }
    if paths.isEmpty { throw .needsPath(first) }
    return first == "test" ? .test(paths: paths) : .check(paths: paths)
  }

  /// The last path is what is written, the others are read.
  private static func conversion(
    _ paths: [String], _ words: CommandLineWords
  ) throws(UsageError) -> Conversion {
    guard paths.count > 1, let output = paths.last else { throw .needsInputAndOutput }
    let inputs = Array(paths.dropLast())
    let from = try documentFormat(words, .from)
    if from == nil, inputs.contains("-") { throw .needsFormat(option: "--from", file: "-") }
    guard let to = try documentFormat(words, .to) ?? DocumentFormat(fileName: output) else {
      throw .needsFormat(option: "--to", file: output)
    }
    var conversion = Conversion(inputs, from: from, to: output, as: to)
    conversion.keepsGoing = words.flags.contains(.keepGoing)
    return conversion
  }

  private static func documentFormat(
    _ words: CommandLineWords, _ option: CommandLineWords.Option
  ) throws(UsageError) -> DocumentFormat? {
    guard let name = words.values[option] else { return nil }
    if let format = DocumentFormat(name: name) { return format }
    throw .badValue(
      option: "--\(option.rawValue)", value: name,
      expected: "one of \(DocumentFormat.names.joined(separator: ", "))")
  }

  /// Operands that hold SPARQL are scripts, which run after those of `-c` and `-f`.
  private static func session(_ words: CommandLineWords) -> Action {
    let isQuery = { (path: String) in
      path.lowercased().hasSuffix(".rq") || path.lowercased().hasSuffix(".ru")
    }
    return .session(
      paths: words.operands.filter { !isQuery($0) },
      scripts: words.scripts
        + words.operands.filter(isQuery).map { CommandLineWords.Script.file($0) })
  }

  private static func format(_ name: String) throws(UsageError) -> OutputFormat {
    if let format = OutputFormat(rawValue: name) { return format }
    let names = OutputFormat.allCases.map(\.rawValue).joined(separator: ", ")
    throw .badValue(option: "--format", value: name, expected: "one of \(names)")
  }
}
