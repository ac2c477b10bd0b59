import CPlatform
import Glibc
import Synchronization

/// The options of a command line, one by one, by `getopt_long`.
enum OptionReader {
  typealias Option = CommandLineWords.Option

  enum Step {
    case command(String)
    case file(String)
    case value(Option, String)
    case flag(Option)
    case operand(String)
    /// `--`: what follows are operands.
    case end
    case unknown(String)
    case withoutValue(String)
  }

  /// Above every letter, so that a long option has a code of its own.
  private static let firstLongCode: Int32 = 1000

  /// `getopt_long` keeps its place in global variables.
  private static let turn = Mutex(())

  static func steps(_ arguments: [String]) -> [Step] {
    let words = (["kosh"] + arguments).map { strdup($0) }
    let names = Option.allCases.map { strdup($0.rawValue) }
    defer { (words + names).forEach { free($0) } }
    var table = zip(Option.allCases, names).enumerated().map { index, entry in
      kosh_long_option(
        name: entry.1, takes_argument: entry.0.takesValue ? 1 : 0,
        code: firstLongCode + Int32(index))
    }
    table.append(kosh_long_option())
    return turn.withLock { _ in steps(words + [nil], count: Int32(words.count), table) }
  }

  private static func steps(
    _ words: [UnsafeMutablePointer<CChar>?], count: Int32, _ table: [kosh_long_option]
  ) -> [Step] {
    var steps: [Step] = []
    var next = 1
    kosh_restart_options()
    while true {
      // Operands come in their place ("-"), a missing value is told from an unknown option (":").
      let read = kosh_next_option(count, words, "-:c:f:hqV", table)
      if read.code == -1 {
        next = Int(read.next)
        if let word = words[next - 1], next > 1, String(cString: word) == "--" {
          steps.append(.end)
        }
        break
      }
      steps.append(step(read))
    }
    for word in words[next...].compactMap(\.self) { steps.append(.operand(String(cString: word))) }
    return steps
  }

  private static func step(_ read: kosh_option) -> Step {
    let argument = read.argument.map { String(cString: $0) } ?? ""
    let word = read.word.map { String(cString: $0) } ?? ""
    switch read.code {
    case 1: return .operand(argument)
    case Int32(UInt8(ascii: "c")): return .command(argument)
    case Int32(UInt8(ascii: "f")): return .file(argument)
    case Int32(UInt8(ascii: "h")): return .flag(.help)
    case Int32(UInt8(ascii: "q")): return .flag(.quiet)
    case Int32(UInt8(ascii: "V")): return .flag(.version)
    case Int32(UInt8(ascii: ":")): return .withoutValue(word)
    case firstLongCode...:
      let option = Option.allCases[Int(read.code - firstLongCode)]
      return option.takesValue ? .value(option, argument) : .flag(option)
    default: return .unknown(word)
    }
  }
}
