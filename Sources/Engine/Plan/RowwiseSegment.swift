import Algebra

/// The upper part of a plan whose operators treat each row on its own, over a source of rows: the
/// rows of the source may be treated by several threads, a batch each.
struct RowwiseSegment {
  let top: PlanNode
  let source: PlanNode

  /// nil where no thread would help: where fewer rows are expected, or nothing is done with them.
  init?(_ top: PlanNode, leastRowCount: Int) {
    guard top.height < Self.heightLimit, top.cost >= Double(leastRowCount) else { return nil }
    var chain: [PlanNode] = []
    var node = top
    while node.isRowwise, let below = node.inputs.first {
      chain.append(node)
      node = below
    }
    chain.append(node)
    guard let place = chain.lastIndex(where: { $0.estimate >= Double(leastRowCount) }),
      chain[..<place].contains(where: \.isWork)
    else { return nil }
    self.top = top
    source = chain[place]
  }

  /// The operators of a segment run one within the other, on a stack of usual size.
  private static let heightLimit = 100
}

extension PlanNode {
  /// Whether the operator gives the same for some rows whatever the others are, keeps nothing from
  /// one batch to the next, and makes no terms.
  fileprivate var isRowwise: Bool {
    switch step {
    case .lookup, .intersect, .project, .join, .semiJoin(nil, _), .leftJoin(nil), .minus: true
    case .path(let pattern, _): !pattern.isOpenClosure(over: inputs[0].columns)
    case .filter(let planned): planned.expression.makesNoTerms
    case .lateralLeftJoin, .lateralSemiJoin: inputs[1].isRowwiseThroughout
    case .leftJoin, .semiJoin, .values, .seed, .tripleTerm, .union, .extend, .number, .group,
      .sort, .distinct, .combine, .difference, .slice:
      false
    }
  }

  private var isRowwiseThroughout: Bool {
    if case .seed = step { return true }
    return isRowwise && inputs.allSatisfy(\.isRowwiseThroughout)
  }

  /// Whether enough is done to each row to pay for handing rows from thread to thread.
  fileprivate var isWork: Bool {
    if case .project = step { false } else { true }
  }
}

extension Expression {
  /// Whether its value is found without a new term or anything else that is kept between rows.
  var makesNoTerms: Bool {
    var result = true
    visit { node in
      switch node {
      // A cast may make a term of a derived datatype.
      case .exists, .triple, .callIRI: result = false
      case .call(.sameTerm, let arguments):
        result = result && arguments.allSatisfy(\.isTermOrVariable)
      case .call(let function, _): result = result && function.makesNoTerms
      case .term, .variable, .bound, .not, .and, .or, .compare, .arithmetic, .negate, .oneOf,
        .conditional, .coalesce:
        break
      }
    }
    return result
  }

  private var isTermOrVariable: Bool {
    switch self {
    case .term, .variable: true
    default: false
    }
  }
}

extension Function {
  fileprivate var makesNoTerms: Bool {
    switch self {
    case .datatype, .iri, .bnode, .strDT, .strLang, .strLangDir, .triple, .subject, .predicate,
      .object, .uuid, .strUUID, .rand, .sameTerm:
      false
    case .isIRI, .isBlank, .isLiteral, .isNumeric, .isTriple, .str, .lang, .langDir, .hasLang,
      .hasLangDir, .langMatches, .strlen, .substr, .ucase, .lcase, .strStarts, .strEnds,
      .contains, .strBefore, .strAfter, .encodeForURI, .concat, .regex, .replace, .abs, .round,
      .ceil, .floor, .now, .year, .month, .day, .hours, .minutes, .seconds, .timezone, .tz, .md5,
      .sha1, .sha256, .sha384, .sha512:
      true
    }
  }
}
