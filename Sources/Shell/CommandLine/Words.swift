/// The command line as typed: options in order, nothing resolved.
package struct CommandLineWords: Equatable, Sendable {
  package enum Script: Equatable, Sendable {
    /// `-c`.
    case text(String)
    /// `-f`; `-` is standard input.
    case file(String)
  }

  package var scripts: [Script] = []
  /// What stands free, in order.
  package var operands: [String] = []
  /// How many of the operands came before `--`.
  package var operandCountBeforeEnd: Int?
  package var values: [Option: String] = [:]
  package var flags: Set<Option> = []

  /// Every option but `-c` and `-f`.
  package enum Option: String, CaseIterable, Sendable {
    case format
    case to
    case from
    case color
    case timeout
    case memory
    case rc
    case journal
    case loadFrom = "load-from"
    case readOnly = "read-only"
    case keepGoing = "keep-going"
    case noRC = "no-rc"
    case quiet
    case version
    case help

    var takesValue: Bool {
      switch self {
      case .format, .to, .from, .color, .timeout, .memory, .rc, .journal, .loadFrom: true
      case .readOnly, .keepGoing, .noRC, .quiet, .version, .help: false
      }
    }
  }

  /// Reads the words after the program's name, in two forms: `--format json` and `--format=json`.
  package static func read(_ arguments: [String]) throws(UsageError) -> CommandLineWords {
    var words = CommandLineWords()
    for step in OptionReader.steps(arguments) { try words.take(step) }
    return words
  }

  private mutating func take(_ step: OptionReader.Step) throws(UsageError) {
    switch step {
    case .command(let text): scripts.append(.text(text))
    case .file(let path): scripts.append(.file(path))
    case .operand(let word): operands.append(word)
    case .end: operandCountBeforeEnd = operands.count
    case .value(let option, let value): values[option] = value
    case .flag(let option): flags.insert(option)
    case .unknown(let word): throw UsageError.unknownOption(word)
    case .withoutValue(let word): throw UsageError.withoutValue(word)
    }
  }
}
