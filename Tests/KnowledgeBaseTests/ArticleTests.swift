import Testing

@testable import KnowledgeBase

@Suite struct ArticleTests {
  @Test(arguments: [
    ("Engineer", "an"), ("Advisory", "an"), ("Company", "a"), ("University", "a"),
    ("European", "a"), ("One-way Street", "a"), ("Hour", "an"), ("Honest Broker", "an"),
    ("Hotel", "a"), ("MHA", "an"), ("UN Body", "a"), ("NASA", "a"), ("X", "an"),
    ("'old app'", "an"), ("Umbrella", "an"), ("Élan", "an"), ("東京", "a"), ("12 weeks", "a"),
    ("", "a"),
  ])
  func standsAsTheNameIsSaid(_ name: String, _ article: String) {
    #expect(Article.before(name) == article)
  }
}
