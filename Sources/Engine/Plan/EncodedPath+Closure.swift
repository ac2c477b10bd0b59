/// Closures of closures, made plain: `(a*)*` is `a*`, `(a*/b*)*` is `(a|b)*`.
extension EncodedPath {
  /// `path*`
  static func anyNumber(of path: EncodedPath) -> EncodedPath { .zeroOrMore(path.withoutClosures) }

  /// `path+`
  static func atLeastOne(of path: EncodedPath) -> EncodedPath {
    path.isNullable ? anyNumber(of: path) : .oneOrMore(path.withoutClosures)
  }

  /// `path?`
  static func atMostOne(of path: EncodedPath) -> EncodedPath {
    path.isNullable ? path : .zeroOrOne(path)
  }

  /// Whether the path leads from every term to itself.
  private var isNullable: Bool {
    switch self {
    case .predicate, .negated: false
    case .zeroOrMore, .zeroOrOne: true
    case .inverse(let inner), .oneOrMore(let inner): inner.isNullable
    case .sequence(let a, let b): a.isNullable && b.isNullable
    case .alternative(let a, let b): a.isNullable || b.isNullable
    }
  }

  /// A path with the same closure and fewer closures inside.
  private var withoutClosures: EncodedPath {
    switch self {
    case .predicate, .negated: self
    case .zeroOrMore(let inner), .oneOrMore(let inner), .zeroOrOne(let inner):
      inner.withoutClosures
    case .inverse(let inner): .inverse(inner.withoutClosures)
    case .alternative(let a, let b): .alternative(a.withoutClosures, b.withoutClosures)
    case .sequence(let a, let b):
      isNullable ? .alternative(a.withoutClosures, b.withoutClosures) : self
    }
  }
}
