import Glibc

/// The program that shows what is longer than the screen.
struct Pager {
  /// A command line for the shell.
  let command: String

  /// What `PAGER` names, else `less` where there is one; nil where `PAGER` is empty or `cat`, and on a dumb terminal.
  static func standard() -> Pager? {
    guard let type = getenv("TERM"), String(cString: type) != "dumb" else { return nil }
    guard let chosen = getenv("PAGER") else {
      return isInstalled("less") ? Pager(command: "less -RFX") : nil
    }
    let command = String(cString: chosen)
    return command.isEmpty || command == "cat" ? nil : Pager(command: command)
  }

  private static func isInstalled(_ program: String) -> Bool {
    guard let path = getenv("PATH") else { return false }
    return String(cString: path).split(separator: ":").contains {
      access($0 + "/" + program, X_OK) == 0
    }
  }

  /// Shows a text until the reader has seen enough; false when the pager cannot be started.
  func show(_ bytes: [UInt8]) -> Bool {
    guard let pipe = popen(command, "w") else { return false }
    // A reader who leaves early wants no more: what is not written then is not missed.
    _ = fwrite(bytes, 1, bytes.count, pipe)
    let status = pclose(pipe)
    let commandNotFound: Int32 = 127
    return (status >> 8) & 0xFF != commandNotFound
  }
}
