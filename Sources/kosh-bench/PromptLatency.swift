import Glibc

/// How long a person at the prompt waits for what is typed, in a graph of many names: medians, and the worst.
enum PromptLatency {
  private static let questions = [
    "who reports to Gupta 12", "what reports to Castro 4", "Bose 17 reports to ?boss and ?boss",
    "how many ?x where ?x reports to Adler 9", "about Dubois 45", "who haeds Zoom In",
    "SELECT ?x WHERE { ?x :reports_to :Gupta_1",
  ]
  private static let completions = [
    "who reports to g", "who reports to Gupta 12", "about ", "who ", "Bose 17 re", "",
    "SELECT ?x WHERE { ?x ", "SELECT ?x WHERE { ?x :reports_to :Gupta_1",
    "SELECT ?x WHERE { ?x :reports_to ?y . ?y :reports_to ?z . ?z :reports_to ",
    "SELECT ?x WHERE { ?x :reports_to ?y . ?y :reports_to :Gupta_1",
    "SELECT ?x WHERE { ?x :reports_to :Gupta_12 . ?y :reports_to ?x . ?y ",
  ]

  /// `kosh-bench prompt [NAMES [MILLISECONDS]]`, the latter for what each way takes.
  static func run(_ arguments: [String]) -> Int32 {
    let count = arguments.first.flatMap { Int($0) } ?? 1_000_000
    let delay = Double(arguments.dropFirst().first ?? "0") ?? 0
    guard let program = Self.program, let directory = temporaryDirectory() else {
      Measurement.complain("kosh-bench: no kosh beside it, or no directory for files\n")
      return 1
    }
    defer { remove(directory) }
    write(count, to: directory + "/names.nt")
    let session = PromptSession(
      program, ["names.nt"], in: directory, delay: delay / 1000)
    let start = session.wait(for: "kosh> ")
    print("prompt after \(milliseconds(start.seen)) with \(count) names")
    let first = session.type("w", until: "w")
    print("first key: \(milliseconds(first.seen))")
    drop(session)
    keys(session)
    tabs(session)
    pastes(session)
    return 0
  }

  private static func drop(_ session: PromptSession) {
    _ = session.type("\u{3}", until: "kosh> ")
  }

  private static func keys(_ session: PromptSession) {
    var times: [Double] = []
    var coloured: [Double] = []
    for question in questions {
      for key in question {
        let reaction = session.type(String(key), until: String(key))
        times.append(reaction.seen)
        coloured.append(reaction.settled)
      }
      drop(session)
    }
    show("key seen", times)
    show("key coloured, suggestion shown", coloured)
  }

  private static func tabs(_ session: PromptSession) {
    var times: [Double] = []
    for text in completions {
      for _ in 0..<5 {
        if !text.isEmpty { _ = session.type(text, until: String(text.suffix(1))) }
        times.append(session.type("\t").seen)
        drop(session)
      }
    }
    show("Tab", times)
  }

  private static func pastes(_ session: PromptSession) {
    let line = "Bose 17 reports to Gupta 12 and a thing of many, many words that nobody knows.\n"
    let text = String(String(repeating: line, count: 8_000 / line.utf8.count + 1).prefix(7_995))
    for (name, pasted) in [
      ("bracketed paste", "\u{1B}[200~\(text)zzend\u{1B}[201~"),
      ("typed ahead", text.replacing("\n", with: " ") + "zzend"),
    ] {
      var times: [Double] = []
      var byteCount = 0
      for _ in 0..<5 {
        let reaction = session.type(pasted, until: "zzend")
        times.append(reaction.settled)
        byteCount = max(byteCount, reaction.byteCount)
        drop(session)
      }
      show("8,000 characters, \(name)", times)
      print("  output of it: \(byteCount) bytes at most")
    }
  }

  private static func show(_ name: String, _ seconds: [Double]) {
    let sorted = seconds.sorted()
    let median = milliseconds(sorted[sorted.count / 2])
    let late = milliseconds(sorted[sorted.count * 95 / 100])
    let worst = milliseconds(sorted[sorted.count - 1])
    print("\(name): median \(median), 95 of 100 within \(late), worst \(worst), of \(sorted.count)")
  }

  private static func milliseconds(_ seconds: Double) -> String {
    Measurement.text(seconds * 1000) + " ms"
  }

  // MARK: Files

  /// The built program beside this one.
  private static var program: String? {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    guard count > 0 else { return nil }
    let own = String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
    guard let slash = own.lastIndex(of: "/") else { return nil }
    let path = own[...slash] + "kosh"
    return access(String(path), X_OK) == 0 ? String(path) : nil
  }

  private static func temporaryDirectory() -> String? {
    var template = Array("/tmp/kosh-bench-XXXXXX".utf8CString)
    return mkdtemp(&template).map { String(cString: $0) }
  }

  private static func remove(_ directory: String) {
    for file in ["names.nt", ".local/state/kosh/history"] { unlink(directory + "/" + file) }
    for folder in [".local/state/kosh", ".local/state", ".local", ""] {
      rmdir(directory + "/" + folder)
    }
  }

  /// So many people with a label, each of whom reports to another.
  private static func write(_ count: Int, to path: String) {
    let label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    guard let file = fopen(path, "w") else { return }
    defer { fclose(file) }
    for number in 0..<count {
      let name = NameLookup.name(number)
      let iri = iri(name)
      let boss = Self.iri(NameLookup.name(number / 10))
      fputs("\(iri) \(label) \"\(name)\" .\n\(iri) <urn:kosh:reports_to> \(boss) .\n", file)
    }
    fputs("<urn:kosh:reports_to> \(label) \"reports to\" .\n", file)
  }

  private static func iri(_ name: String) -> String {
    "<urn:kosh:\(name.replacing(" ", with: "_"))>"
  }
}
