/// Something about a session that `.set` shows and changes.
struct Preference: Sendable {
  var name: String
  var help: String
  /// What Tab offers.
  var values: [String]
  var get: @Sendable (Session) -> String
  /// Throws when the value is not one.
  var set: @Sendable (Session, String) throws(CommandError) -> Void

  static let all: [Preference] = [
    Preference(
      name: "format", help: "how answers are written",
      values: OutputFormat.allCases.map(\.rawValue),
      get: { $0.settings.format.rawValue },
      set: { session, value throws(CommandError) in
        session.settings.format = try Preference.format(value)
      }),
    Preference(
      name: "limit", help: "rows of an answer shown on a terminal", values: ["all"],
      get: { $0.settings.rowLimit.map(String.init) ?? "all" },
      set: { session, value throws(CommandError) in
        session.settings.rowLimit = try Preference.count(value, none: "all")
      }),
    Preference(
      name: "width", help: "cells of a line", values: ["auto"],
      get: { $0.settings.fixedWidth.map(String.init) ?? "auto" },
      set: { session, value throws(CommandError) in
        session.settings.fixedWidth = try Preference.count(value, none: "auto")
        if let width = session.settings.fixedWidth { session.settings.style.width = width }
      }),
    Preference(
      name: "timer", help: "whether answers say how long they took", values: ["on", "off"],
      get: { $0.settings.showsTime ? "on" : "off" },
      set: { session, value throws(CommandError) in
        session.settings.showsTime = try Preference.truth(value)
      }),
    Preference(
      name: "sources", help: "whether sources stand beside answers", values: ["on", "off"],
      get: { $0.settings.showsSources ? "on" : "off" },
      set: { session, value throws(CommandError) in
        session.settings.showsSources = try Preference.truth(value)
      }),
    Preference(
      name: "pager", help: "whether long answers go through $PAGER", values: ["on", "off"],
      get: { $0.settings.usesPager ? "on" : "off" },
      set: { session, value throws(CommandError) in
        session.settings.usesPager = try Preference.truth(value)
      }),
    Preference(
      name: "links", help: "whether web addresses are links (OSC 8)", values: ["on", "off"],
      get: { $0.settings.style.hasLinks ? "on" : "off" },
      set: { session, value throws(CommandError) in
        session.settings.style.hasLinks = try Preference.truth(value)
      }),
    Preference(
      name: "color", help: "whether answers are coloured", values: ["on", "off"],
      get: { $0.settings.style.isColored ? "on" : "off" },
      set: { session, value throws(CommandError) in
        session.settings.style.isColored = try Preference.truth(value)
        session.settings.colorsErrors = session.settings.style.isColored
      }),
    Preference(
      name: "timeout", help: "seconds that a question may take", values: ["none"],
      get: { $0.settings.seconds.map { "\($0)" } ?? "none" },
      set: { session, value throws(CommandError) in
        if value == "none" { return session.settings.seconds = nil }
        guard let seconds = Amount.seconds(value) else {
          throw CommandError("'\(value)' is not a number of seconds, nor 'none'")
        }
        session.settings.seconds = seconds
      }),
    Preference(
      name: "memory", help: "memory that a question may hold", values: ["none"],
      get: { $0.settings.byteCount.map(byteText) ?? "none" },
      set: { session, value throws(CommandError) in
        if value == "none" { return session.settings.byteCount = nil }
        guard let byteCount = Amount.bytes(value) else {
          throw CommandError("'\(value)' is not a size such as 512M or 2G, nor 'none'")
        }
        session.settings.byteCount = byteCount
      }),
  ]

  static func format(_ name: String) throws(CommandError) -> OutputFormat {
    if let exact = OutputFormat(rawValue: name) { return exact }
    let candidates = OutputFormat.allCases.filter { $0.rawValue.hasPrefix(name) }
    if candidates.count == 1 { return candidates[0] }
    let names = OutputFormat.allCases.map(\.rawValue).joined(separator: ", ")
    throw CommandError("'\(name)' is not a format; there are \(names)")
  }

  private static func count(
    _ text: String, none: String
  ) throws(CommandError) -> Int? {
    if text == none { return nil }
    guard let number = Int(text), number > 0 else {
      throw CommandError("'\(text)' is not a number above 0, nor '\(none)'")
    }
    return number
  }

  private static func truth(_ text: String) throws(CommandError) -> Bool {
    switch text {
    case "on", "yes", "true": true
    case "off", "no", "false": false
    default: throw CommandError("'\(text)' is neither 'on' nor 'off'")
    }
  }
}
