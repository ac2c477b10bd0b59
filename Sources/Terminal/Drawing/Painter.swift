/// What can show frames.
protocol Painter {
  /// What has to be written to the terminal; empties it.
  mutating func takeOutput() -> [UInt8]
  /// Brings the terminal from the frame it shows to another.
  mutating func paint(_ frame: Frame, columns: Int)
  /// Leaves what is shown, followed by an ending, and goes to the start of the line below.
  mutating func finish(_ ending: String)
  /// Takes away what is shown; the cursor stands where the frame began.
  mutating func erase()
  /// The same in a window whose width has changed: its terminal may have broken the rows anew.
  mutating func eraseBrokenAnew(columns: Int)
  mutating func clearScreen()
  mutating func ringBell()
}
