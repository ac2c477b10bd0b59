import Diagnostics
import KnowledgeBase

extension Commands {
  static func help(_ session: Session, _ words: [String]) throws(CommandError) {
    let style = session.settings.style
    let examples = session.knowledge.exampleWords ?? .standard
    guard let word = words.first else { return session.print(overview(examples, style)) }
    let name = word.hasPrefix(".") ? String(word.dropFirst()) : word
    let topics = HelpTopic.all.filter { $0.name.hasPrefix(name) }
    if let topic = topics.first(where: { $0.name == name }) ?? (topics.count == 1 ? topics[0] : nil)
    {
      return session.print(topic.draw(examples, style))
    }
    guard let command = try? CommandTable.command(name) else {  // the topics are the better list
      let names = HelpTopic.all.map(\.name).joined(separator: ", ")
      throw CommandError("there is no help on '\(word)'; there are \(names), and each command")
    }
    session.print(draw(command, style))
  }

  private static func overview(_ words: ExampleWords, _ style: Style) -> String {
    var text = "A fact is a sentence, a question is a sentence with gaps:\n"
    text += printable(words.filling("  who «relation» «object»?      about «subject»")) + "\n\n"
    text += style.strong("topics") + "  .help TOPIC\n"
    for topic in HelpTopic.all {
      text += explained(topic.name, widest: 10, topic.summary, indent: 2, style)
    }
    text += "\n" + style.strong("commands") + "  any unambiguous beginning will do\n"
    for command in CommandTable.commands {
      let usage = "." + command.name + (command.usage.isEmpty ? "" : " " + command.usage)
      text += explained(usage, widest: 22, command.help, indent: 2, style)
    }
    return text
  }

  private static func draw(_ command: ShellCommand, _ style: Style) -> String {
    var text = style.strong(".\(command.name) \(command.usage)") + "\n  \(command.help)\n"
    if let preference = Preference.all.first(where: { $0.name == command.name }) {
      text += "  values: \(preference.values.joined(separator: ", "))\n"
    }
    return text
  }
}
