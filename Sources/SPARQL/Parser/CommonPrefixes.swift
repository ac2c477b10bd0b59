/// The namespaces that queries of the web mean by prefixes they do not declare: endpoints such as
/// those of Wikidata and DBpedia know them beforehand.
enum CommonPrefixes {
  static func namespace(of prefix: String) -> String? { namespaces[prefix] }

  private static let wikidata = "http://www.wikidata.org/"
  private static let dbpedia = "http://dbpedia.org/"

  private static let namespaces: [String: String] = [
    "bd": "http://www.bigdata.com/rdf#", "bibo": "http://purl.org/ontology/bibo/",
    "dbc": dbpedia + "resource/Category:", "dbo": dbpedia + "ontology/",
    "dbp": dbpedia + "property/", "dbr": dbpedia + "resource/",
    "dc": "http://purl.org/dc/elements/1.1/", "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/", "dcterms": "http://purl.org/dc/terms/",
    "doap": "http://usefulinc.com/ns/doap#", "fn": "http://www.w3.org/2005/xpath-functions#",
    "foaf": "http://xmlns.com/foaf/0.1/", "geo": "http://www.opengis.net/ont/geosparql#",
    "geof": "http://www.opengis.net/def/function/geosparql/",
    "gn": "http://www.geonames.org/ontology#", "gr": "http://purl.org/goodrelations/v1#",
    "oa": "http://www.w3.org/ns/oa#", "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#", "p": wikidata + "prop/",
    "pq": wikidata + "prop/qualifier/", "pr": wikidata + "prop/reference/",
    "prov": "http://www.w3.org/ns/prov#", "ps": wikidata + "prop/statement/",
    "psv": wikidata + "prop/statement/value/", "qb": "http://purl.org/linked-data/cube#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#", "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#", "sioc": "http://rdfs.org/sioc/ns#",
    "skos": "http://www.w3.org/2004/02/skos/core#", "sosa": "http://www.w3.org/ns/sosa/",
    "time": "http://www.w3.org/2006/time#", "vann": "http://purl.org/vocab/vann/",
    "vcard": "http://www.w3.org/2006/vcard/ns#", "void": "http://rdfs.org/ns/void#",
    "wd": wikidata + "entity/", "wdno": wikidata + "prop/novalue/",
    "wds": wikidata + "entity/statement/", "wdt": wikidata + "prop/direct/",
    "wdv": wikidata + "value/", "wikibase": "http://wikiba.se/ontology#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "yago": "http://dbpedia.org/class/yago/",
  ]
}
