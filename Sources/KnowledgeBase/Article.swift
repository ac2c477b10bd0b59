/// The English article for a name: by how its beginning is said, as far as letters tell it.
enum Article {
  /// Vowels that are said like `you` or `won`.
  private static let consonantal = ["uni", "use", "usu", "uti", "ura", "eu", "ewe", "one", "once"]
  /// Where the `h` is silent.
  private static let vocalic = ["hour", "honest", "honor", "honour", "heir"]
  /// Letters whose own names begin with a vowel, for words that are spelt out, such as `MHA`.
  private static let spelt = "AEFHILMNORSX"

  /// `a` or `an`; a name may stand in quotes.
  static func before(_ name: String) -> String {
    let word = name.drop { !$0.isLetter && !$0.isNumber }.prefix { $0.isLetter }
    guard let initial = word.first else { return "a" }
    let isSpelt = word.allSatisfy { $0.isASCII && $0.isUppercase } && !isSaid(word)
    if isSpelt { return spelt.contains(initial) ? "an" : "a" }
    return vowelArticle(word)
  }

  /// Whether a word of capitals is read as a word: one with a vowel behind its first letter, such as `NASA`.
  private static func isSaid(_ word: Substring) -> Bool {
    word.count > 3 && word.dropFirst().prefix(1).allSatisfy("AEIOU".contains)
  }

  private static func vowelArticle(_ word: Substring) -> String {
    let word = word.lowercased()
    if consonantal.contains(where: word.hasPrefix) { return "a" }
    if vocalic.contains(where: word.hasPrefix) { return "an" }
    let isVowel = word.unicodeScalars.first.map {
      "aeiouáàâäãåæéèêëíìîïóòôöõøœúùûü".unicodeScalars.contains($0)
    }
    return isVowel ?? false ? "an" : "a"
  }
}
