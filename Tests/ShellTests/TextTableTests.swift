import Testing

@testable import Shell

@Suite struct TextTableTests {
  private func table(_ rows: [[String?]], notes: [String] = []) -> TextTable {
    TextTable(
      columns: [
        TextTable.Column(title: "who"), TextTable.Column(title: "users", alignsRight: true),
      ], rows: rows, notes: notes, isNumbered: true)
  }

  @Test func alignsNumbersAndShowsMissingCells() {
    let text = table([["Zoom", "300"], ["Ministry", nil], ["", "5"]]).draw(Style())
    #expect(
      text == """
           who       users
           ────────  ─────
        1  Zoom        300
        2  Ministry      –
        3                5

        """)
  }

  @Test func countsCellsNotCharacters() {
    let text = table([["東京", "1"], ["नमस्ते", "2"], ["e\u{301}", "3"]]).draw(Style())
    #expect(
      text == """
           who   users
           ────  ─────
        1  東京      1
        2  नमस्ते       2
        3  e\u{301}         3

        """)
  }

  @Test func elidesWideCellsOnlyWhereThereIsAWidth() {
    let long = "a very long name of an organisation"
    let narrow = table([[long, "1"]]).draw(Style(width: 30))
    #expect(
      narrow == """
           who                   users
           ────────────────────  ─────
        1  a very long name of…      1

        """)
    #expect(table([[long, "1"]]).draw(Style()).contains(long))
  }

  @Test func drawsRecordsWhenColumnsDoNotFit() {
    let columns = (1...12).map { TextTable.Column(title: "column\($0)") }
    let row = (1...12).map { Optional("value number \($0)") }
    let text = TextTable(columns: columns, rows: [row]).draw(Style(width: 40))
    #expect(text.hasPrefix("row 1\ncolumn1   value number 1\n"))
    #expect(text.split(separator: "\n").count == 13)
  }

  @Test func putsNotesBesideRowsAndCutsThem() {
    let rows: [[String?]] = [["Zoom", "300"], ["MHA", "1"]]
    let notes = ["article of 2020-04-30, paragraph 2", ""]
    #expect(
      table(rows, notes: notes).draw(Style(width: 40)) == """
           who   users
           ────  ─────
        1  Zoom    300   article of 2020-04-30,…
        2  MHA       1

        """)
  }

  @Test func fallsBackToASCII() {
    let text = table([["Zoom", nil]]).draw(Style(isUnicode: false))
    #expect(text == "   who   users\n   ----  -----\n1  Zoom      -\n")
  }

  @Test func paintsOnlyWhatIsNotData() {
    let text = table([["Zoom", nil]]).draw(Style(isColored: true))
    #expect(
      text == """
           \u{1B}[1mwho\u{1B}[0m   \u{1B}[1musers\u{1B}[0m
        \u{1B}[2m   ────  ─────\u{1B}[0m
        \u{1B}[2m1\u{1B}[0m  Zoom      \u{1B}[2m–\u{1B}[0m

        """)
  }
}

@Suite struct PrintableTests {
  @Test(arguments: [
    ("Zoom", "Zoom"), ("a\u{1B}[31mb", "a\\u{1B}[31mb"), ("one\ntwo\t3\r", "one\\ntwo\\t3\\r"),
    ("\u{202E}evil", "\\u{202E}evil"), ("नमस्ते", "नमस्ते"), ("👩‍👩‍👧", "👩‍👩‍👧"), ("\u{9B}1m", "\\u{9B}1m"),
  ])
  func escapesWhatWouldSteerATerminal(_ text: String, _ expected: String) {
    #expect(printable(text) == expected)
  }

  @Test func keepsLinesOfAWholeDocument() {
    #expect(printableLines("a\tb\r\nc\u{7}\rd\n") == "a\tb\r\nc\\u{7}\\rd\n")
  }
}

@Suite struct FiguresTests {
  @Test(arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "-1,234,567")])
  func groupsDigits(_ number: Int, _ expected: String) {
    #expect(grouped(number) == expected)
  }

  @Test(arguments: [
    (0.04, "0.0 ms"), (1.24, "1.2 ms"), (9.96, "10 ms"), (12.4, "12 ms"), (999.6, "1.0 s"),
    (2149, "2.1 s"),
  ])
  func writesTimes(_ milliseconds: Double, _ expected: String) {
    #expect(duration(milliseconds: milliseconds) == expected)
  }
}

@Suite struct LinkTests {
  @Test func addressesAreLinksWhereTheyCanBe() {
    var style = Style()
    #expect(style.link("a", to: "https://e.org/") == "a")
    style.hasLinks = true
    #expect(
      style.link("a", to: "https://e.org/") == "\u{1B}]8;;https://e.org/\u{1B}\\a\u{1B}]8;;\u{1B}\\"
    )
    #expect(style.link("a", to: "urn:kosh:a") == "a")
    #expect(style.link("a", to: "https://e.org/\u{1B}\\") == "a")
    #expect(style.link("a", to: nil) == "a")
  }

  @Test func linkedCellsKeepTheirWidth() {
    var table = TextTable(
      columns: [.init(title: "a"), .init(title: "b")], rows: [["x", "y"], ["long", "z"]])
    table.link = { row, column in row == 0 && column == 0 ? "https://e.org/" : nil }
    var style = Style()
    style.hasLinks = true
    let plain = table.draw(style)
      .replacing("\u{1B}]8;;https://e.org/\u{1B}\\", with: "").replacing(
        "\u{1B}]8;;\u{1B}\\", with: "")
    #expect(plain == "a     b\n────  ─\nx     y\nlong  z\n")
  }
}
