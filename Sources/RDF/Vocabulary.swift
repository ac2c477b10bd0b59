/// IRIs of XML Schema datatypes.
public enum XSD {
  public static let namespace = "http://www.w3.org/2001/XMLSchema#"
  public static let string = namespace + "string"
  public static let boolean = namespace + "boolean"
  public static let integer = namespace + "integer"
  public static let decimal = namespace + "decimal"
  public static let float = namespace + "float"
  public static let double = namespace + "double"
  public static let date = namespace + "date"
  public static let dateTime = namespace + "dateTime"
  public static let time = namespace + "time"
  public static let gYear = namespace + "gYear"
  public static let gYearMonth = namespace + "gYearMonth"
  public static let duration = namespace + "duration"
  public static let dayTimeDuration = namespace + "dayTimeDuration"
  public static let yearMonthDuration = namespace + "yearMonthDuration"
}

/// IRIs of the standard vocabularies that the sentence language speaks.
public enum Vocabulary {
  public static let rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  public static let type = rdf + "type"
  public static let reifies = rdf + "reifies"
  public static let langString = rdf + "langString"
  public static let dirLangString = rdf + "dirLangString"
  public static let property = rdf + "Property"

  public static let rdfs = "http://www.w3.org/2000/01/rdf-schema#"
  public static let label = rdfs + "label"
  public static let subClassOf = rdfs + "subClassOf"
  public static let subPropertyOf = rdfs + "subPropertyOf"
  public static let rdfsClass = rdfs + "Class"

  public static let owl = "http://www.w3.org/2002/07/owl#"
  public static let inverseOf = owl + "inverseOf"
  public static let sameAs = owl + "sameAs"
  public static let transitiveProperty = owl + "TransitiveProperty"
  public static let symmetricProperty = owl + "SymmetricProperty"

  public static let skos = "http://www.w3.org/2004/02/skos/core#"
  public static let prefLabel = skos + "prefLabel"
  public static let altLabel = skos + "altLabel"

  public static let dcterms = "http://purl.org/dc/terms/"
  public static let date = dcterms + "date"
  public static let source = dcterms + "source"

  public static let schema = "https://schema.org/"
  public static let validFrom = schema + "validFrom"
  public static let validThrough = schema + "validThrough"
  public static let schemaName = schema + "name"

  public static let foafName = "http://xmlns.com/foaf/0.1/name"
  public static let exact = "http://www.w3.org/ns/oa#exact"

  /// Where names of the sentence language live unless a file says `base`.
  public static let defaultBase = "urn:kosh:"
}
