import RDF
import Testing

@Suite struct XSDDatatypeTests {
  @Test(arguments: XSDDatatype.allCases)
  func isNamedAsItsCase(_ datatype: XSDDatatype) {
    #expect(datatype.localName == String(describing: datatype))
    #expect(XSDDatatype(iri: datatype.iri) == datatype)
  }
}
