"""The statements that hostile.py runs, and the knowledge that they run over."""

import random

DENSE, WIDE, DATED, TEXT, NOTHING = ["dense.nt"], ["wide.nt"], ["dated.nt"], ["text.nt"], []
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"
KOSH = "urn:kosh:"


def write_data(folder):
    pick = random.Random(7)

    def write(name, lines):
        with open("%s/%s" % (folder, name), "w", encoding="utf-8") as file:
            file.writelines(lines)

    # Of 300 nodes, each leads to every second one.
    write("dense.nt", (
        "<%sn%d> <%slinked> <%sn%d> .\n" % (KOSH, start, KOSH, KOSH, end)
        for start in range(300) for end in range(300) if pick.random() < 0.5))
    # 30,000 members of ten classes, each with a value, a label and six neighbours by seven relations.
    write("wide.nt", (
        line
        for n in range(30000)
        for line in [
            "<%sm%d> <%stype> <%sThing%d> .\n" % (KOSH, n, RDF, KOSH, n % 10),
            '<%sm%d> <%sweighs> "%d"^^<%sinteger> .\n' % (KOSH, n, KOSH, n * 7919 % 30011, XSD),
            '<%sm%d> <%scalled> "member %d of %d" .\n' % (KOSH, n, KOSH, n, n % 97),
            *("<%sm%d> <%sknows%d> <%sm%d> .\n" % (KOSH, n, KOSH, pick.randrange(7), KOSH, pick.randrange(30000)) for _ in range(6)),
        ]))
    # 300,000 facts with a date each.
    write("dated.nt", (
        "<%(k)sp%(p)d> <%(k)smet> <%(k)sq%(n)d> .\n"
        "_:r%(n)d <%(r)sreifies> <<( <%(k)sp%(p)d> <%(k)smet> <%(k)sq%(n)d> )>> .\n"
        '_:r%(n)d <http://purl.org/dc/terms/date> "%(y)d-%(m)02d-%(d)02d"^^<%(x)sdate> .\n' % {
            "k": KOSH, "r": RDF, "x": XSD, "n": n, "p": n % 1000, "y": 1900 + n % 120, "m": 1 + n % 12, "d": 1 + n % 28}
        for n in range(300000)))
    # 128 KB.
    write("text.nt", ['<%sbook> <%stext> "%s" .\n' % (KOSH, KOSH, ("The Straße to Ελλάς, 12 km " * 4500)[:120000])])


def long_text(expression):
    """A query over a text of about 128 MB."""
    return (
        "SELECT (%s AS ?n) WHERE { :book :text ?a BIND(CONCAT(%s) AS ?b) BIND(CONCAT(%s) AS ?t) }"
        % (expression, ", ".join(["?a"] * 32), ", ".join(["?b"] * 32)))


def star(count):
    return "SELECT * { " + " ".join("?x ?p%d ?o%d ." % (n, n) for n in range(count)) + " }"


def values(count):
    return "SELECT (COUNT(*) AS ?n) { VALUES ?x { " + " ".join(str(n) for n in range(count)) + " } }"


def inserted(count, start="INSERT DATA", subject=":s%d"):
    return start + " { " + " ".join(subject % n + " :p%d :o%d ." % (n % 10, n) for n in range(count)) + " }"


def words(count, start="", end="?", word="word"):
    return start + " ".join(word + str(n % 1000) for n in range(count)) + end


CROSS = "?a ?p ?b . ?c ?q ?d"

STATEMENTS = [
    # Text
    ("groups-50000", WIDE, lambda: "SELECT * " + "{" * 50000 + "}" * 50000),
    ("groups-50000-union", WIDE, lambda: "SELECT * { " + " UNION ".join(["{ ?s ?p ?o }"] * 50000) + " }"),
    ("groups-400-optional", WIDE, lambda: "SELECT * { ?a ?b ?c " + "OPTIONAL { ?a ?b ?c " * 400 + "}" * 400 + " }"),
    ("parentheses-50000", WIDE, lambda: "SELECT * { FILTER(" + "(" * 50000 + "1" + ")" * 50000 + ") }"),
    ("additions-500000", WIDE, lambda: "SELECT (1" + "+1" * 500000 + " AS ?n) {}"),
    ("values-1000000", NOTHING, lambda: values(1000000)),
    ("values-4000000", NOTHING, lambda: values(4000000)),
    ("in-500000", WIDE, lambda: "SELECT * { ?s :weighs ?n FILTER(?n IN (" + ", ".join(map(str, range(500000))) + ")) }"),
    ("alternatives-100000", DENSE, lambda: "SELECT * { ?s (" + "|".join([":linked"] * 100000) + ") ?o }"),
    ("sequence-2000", DENSE, lambda: "SELECT * { :n1 " + "/".join([":linked"] * 2000) + " ?o }"),
    ("triple-terms-5000", NOTHING, lambda: "ASK { " + "<<( :a :b " * 5000 + ":c" + " )>>" * 5000 + " :p :o }"),
    ("star-999", WIDE, lambda: star(999)),
    ("star-100-of-one", WIDE, lambda: "SELECT (COUNT(*) AS ?n) { " + " ".join(":m1 ?p%d ?o%d ." % (n, n) for n in range(100)) + " }"),
    ("chain-999", DENSE, lambda: "SELECT (COUNT(*) AS ?n) { " + " ".join("?x%d :linked ?x%d ." % (n, n + 1) for n in range(999)) + " }"),
    # Joins
    ("cross-all", WIDE, "SELECT * { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }"),
    ("cross-count-filter", WIDE, "SELECT (COUNT(*) AS ?n) { %s FILTER(STR(?b) < STR(?d)) }" % CROSS),
    ("cross-distinct", WIDE, "SELECT DISTINCT ?a ?c { %s }" % CROSS),
    ("cross-distinct-3", WIDE, "SELECT DISTINCT ?a ?b ?c { %s }" % CROSS),
    ("cross-order", WIDE, "SELECT * { %s } ORDER BY ?d ?a" % CROSS),
    ("cross-order-expression", WIDE, "SELECT * { %s } ORDER BY STR(?d)" % CROSS),
    ("cross-order-integers", WIDE, "SELECT * { ?a :weighs ?x . ?b :weighs ?y } ORDER BY (?x + ?y)"),
    ("cross-order-limit", WIDE, "SELECT * { %s } ORDER BY ?d LIMIT 100000" % CROSS),
    ("cross-group", WIDE, "SELECT ?a ?c (COUNT(*) AS ?n) { %s } GROUP BY ?a ?c" % CROSS),
    ("cross-group-sum", WIDE, "SELECT ?a ?c (SUM(?y) AS ?n) (AVG(?x) AS ?m) { ?a :weighs ?x . ?c :weighs ?y } GROUP BY ?a ?c"),
    ("cross-group-concat", WIDE, "SELECT (GROUP_CONCAT(?b) AS ?n) { %s }" % CROSS),
    ("cross-count-distinct", WIDE, "SELECT (COUNT(DISTINCT CONCAT(STR(?a), STR(?c))) AS ?n) { %s }" % CROSS),
    ("cross-count-made", WIDE, "SELECT (COUNT(DISTINCT ?t) AS ?n) { %s BIND(CONCAT(STR(?a), STR(?c)) AS ?t) }" % CROSS),
    ("cross-count-triples", WIDE, "SELECT (COUNT(DISTINCT ?t) AS ?n) { %s BIND(TRIPLE(?a, ?p, ?d) AS ?t) }" % CROSS),
    ("cross-uuid", WIDE, "SELECT (UUID() AS ?u) { %s }" % CROSS),
    ("cross-blank-nodes", WIDE, "SELECT (BNODE(STR(?a)) AS ?n) { %s }" % CROSS),
    ("cross-join", WIDE, "SELECT * { { SELECT ?a ?c { %s } LIMIT 30000000 } ?a ?r ?e }" % CROSS),
    ("cross-sample-minmax", WIDE, "SELECT (MIN(?d) AS ?n) (MAX(?b) AS ?m) { %s }" % CROSS),
    ("cross-construct", WIDE, "CONSTRUCT { ?a :met ?c } { %s }" % CROSS),
    ("cross-bind", WIDE, "SELECT * { %s BIND(CONCAT(STR(?a), STR(?c)) AS ?t) }" % CROSS),
    ("cross-minus", WIDE, "SELECT * { ?a ?p ?b MINUS { ?c ?q ?d . ?e ?r ?b FILTER(?c != ?e) } }"),
    ("cross-not-exists", WIDE, "SELECT * { ?a ?p ?b FILTER NOT EXISTS { ?c ?q ?d FILTER(STR(?a) > STR(?d)) } }"),
    ("cross-optional", WIDE, "SELECT * { ?a ?p ?b OPTIONAL { ?c ?q ?d FILTER(STR(?a) = STR(?d)) } }"),
    ("cross-describe", WIDE, "DESCRIBE ?a ?c { %s }" % CROSS),
    ("triangles", DENSE, "SELECT * { ?a :linked ?b . ?b :linked ?c . ?c :linked ?a }"),
    ("cliques-6", DENSE, "SELECT (COUNT(*) AS ?n) { ?a :linked ?b, ?c, ?d, ?e, ?f . ?b :linked ?c, ?d, ?e, ?f . ?c :linked ?d, ?e, ?f . ?d :linked ?e, ?f . ?e :linked ?f }"),
    ("order-1000000-rand", DENSE, "SELECT * { ?a :linked ?b . ?b :linked ?c } ORDER BY RAND()"),
    # Paths
    ("path-star-star", DENSE, "SELECT * { ?a (:linked*)* ?b }"),
    ("path-star-star-cross", DENSE, "SELECT * { ?a (:linked*)* ?b . ?c (:linked+)* ?d }"),
    ("path-nested", DENSE, "SELECT (COUNT(*) AS ?n) { ?a ((((:linked*)*)+)/(:linked|^:linked)*)* ?b }"),
    ("path-negated", WIDE, "SELECT (COUNT(*) AS ?n) { ?a (!:none|!^:none)* ?b }"),
    ("path-any", WIDE, "SELECT (COUNT(*) AS ?n) { ?a (:knows1|:knows2|:knows3|^:knows4)+ ?b }"),
    ("path-sequence", DENSE, "SELECT (COUNT(*) AS ?n) { ?a :linked/:linked/:linked/:linked ?b }"),
    # Functions
    ("regex-catastrophic", WIDE, 'SELECT * { BIND("%s!" AS ?t) FILTER REGEX(?t, "^(a+)+$") }' % ("a" * 5000)),
    ("regex-catastrophic-rows", WIDE, 'SELECT * { ?s :called ?t FILTER REGEX(CONCAT(?t, "%s!"), "(a|aa)+$") }' % ("a" * 60)),
    ("regex-backreference", WIDE, 'SELECT * { BIND("%s" AS ?t) FILTER REGEX(?t, "(.*)(.*)(.*)(.*)\\\\1\\\\2\\\\3\\\\4x") }' % ("ab" * 3000)),
    ("replace-explodes", WIDE, 'SELECT (STRLEN(REPLACE(?a, "a", ?a)) AS ?n) { BIND("%s" AS ?a) }' % ("a" * 11000)),
    *(("text-" + name.lower(), TEXT, long_text(expression)) for name, expression in [
        ("ucase", "STRLEN(UCASE(?t))"), ("lcase", "STRLEN(LCASE(?t))"), ("md5", "MD5(?t)"), ("sha1", "SHA1(?t)"), ("sha256", "SHA256(?t)"),
        ("sha512", "SHA512(?t)"), ("strafter", 'STRLEN(STRAFTER(?t, "12 km zzz"))'), ("strafter-found", 'STRLEN(STRAFTER(?t, "Straße"))'),
        ("strbefore", 'STRLEN(STRBEFORE(?t, "12 km zzz"))'), ("contains", 'CONTAINS(?t, "12 km zzz")'),
        ("contains-half", 'CONTAINS(?t, CONCAT(SUBSTR(?t, 2, 60000000), "zzz"))'), ("replace", 'STRLEN(REPLACE(?t, "Straße", "Weg"))'),
        ("regex", 'REGEX(?t, "zzz$")'), ("strends", "STRENDS(?t, CONCAT(\"z\", SUBSTR(?t, 3)))"), ("substr", "STRLEN(SUBSTR(?t, 3))"),
        ("strlen", "STRLEN(?t)"), ("encode", "STRLEN(ENCODE_FOR_URI(?t))"), ("compare", "?t < CONCAT(?t, \"z\")"), ("number", "xsd:integer(?t)"),
        ("language", 'STRLEN(xsd:string(STRLANG(?t, "en")))'), ("sum", "?t + 1"), ("truth", "IF(?t, 1, 2)"),
        ("shown", "?t"),
    ]),
    # Changes
    ("insert-100000", WIDE, lambda: inserted(100000)),
    ("insert-1000000", WIDE, lambda: inserted(1000000)),
    ("insert-blank-1000000", WIDE, lambda: inserted(1000000, subject="_:s%d")),
    ("delete-data-1000000", WIDE, lambda: inserted(1000000, "DELETE DATA")),
    ("insert-where-cross", WIDE, "INSERT { ?a :met ?c } WHERE { %s }" % CROSS),
    ("insert-where-new", WIDE, "INSERT { ?a :said ?t } WHERE { ?a :knows1 ?b . ?c :knows2 ?d BIND(CONCAT(STR(?a), STR(?c)) AS ?t) }"),
    ("delete-where-all", DATED, "DELETE WHERE { ?a ?b ?c }"),
    ("delete-insert-all", DATED, "DELETE { ?a ?b ?c } INSERT { ?c ?b ?a } WHERE { ?a ?b ?c FILTER(ISIRI(?c)) }"),
    ("copy-clear", DATED, "COPY DEFAULT TO :g ; ADD :g TO DEFAULT ; MOVE :g TO :h ; CLEAR ALL"),
    ("forget-dated", DATED, "forget ?a met ?b."),
    ("forget-all", DATED, "forget ?a ?r ?b."),
    ("forget-then-ask", DATED, "forget ?a met ?b. who met q17?"),
    ("undo-then-ask", DATED, "forget ?a met ?b. undo. who met q17?"),
    # Sentences
    ("words-1-mb", WIDE, lambda: words(130000)),
    ("words-16-mb", WIDE, lambda: words(2000000)),
    ("words-fact-16-mb", WIDE, lambda: words(2000000, end=".")),
    ("words-no-mark-16-mb", WIDE, lambda: words(2000000, end="")),
    ("word-16-mb", WIDE, lambda: "w" * (16 << 20) + "?"),
    ("quoted-16-mb", WIDE, lambda: "about '" + "w" * (16 << 20) + "'?"),
    ("list-500000", WIDE, lambda: "m1 knows1 " + words(500000, end=".", word="m")),
    ("list-new-names-500000", WIDE, lambda: "m1 knows1 " + ", ".join("'New %d'" % n for n in range(500000)) + "."),
    ("facts-1000000", WIDE, lambda: " ".join("m%d knows1 m%d." % (n % 30000, n * 7 % 30000) for n in range(1000000)) + " how many ?a where ?a knows1 ?b?"),
    ("or-200000", WIDE, lambda: "who knows1 m1 " + " ".join("or who knows2 m%d" % (n % 30000) for n in range(100000)) + "?"),
    ("and-20000", WIDE, lambda: "who knows1 m1 " + " ".join("and who knows2 m%d" % (n % 30000) for n in range(20000)) + "?"),
    ("not-20000", WIDE, lambda: "who knows1 m1 " + "and not (who knows2 m2 " * 20000 + ")" * 20000 + "?"),
    ("parentheses-sentence-50000", WIDE, lambda: "who knows1 " + "(" * 50000 + "m1" + ")" * 50000 + "?"),
    ("claims-5000", WIDE, lambda: "m1 says (" * 5000 + "m1 knows1 m2" + ")" * 5000 + "."),
    ("braces-100000", WIDE, lambda: "m1 knows1 m2 " + "{on 2001-01-01} " * 100000 + "."),
    ("expect-500000", WIDE, lambda: "expect who knows1 m1 = " + ", ".join("m%d" % (n % 30000) for n in range(500000)) + "."),
    ("sentence-cross", WIDE, "?a knows1 ?b and ?c knows2 ?d?"),
    ("sentence-any", WIDE, "?a ?r ?b and ?c ?s ?d and ?e ?t ?f?"),
    ("sentence-path", DENSE, "?a linked+ ?b and ?b linked* ?c?"),
    ("path", WIDE, "path m1 to Thing9."),
    ("paths-within-9", DENSE, "paths n1 to n2 within 9."),
    ("why", DENSE, "why n1 linked+ ?a and ?a linked+ ?b?"),
    ("why-not", WIDE, "why not ?a knows1 ?b and ?b knows2 ?c and ?c knows3 m1 and m1 knows4 ?a?"),
    ("about-hub", DATED, "about p17."),
    ("map-depth-9", DENSE, 'map n1 depth 9 to "map.svg".'),
    ("timeline", DATED, "timeline."),
    ("kinds", DATED, "kinds."),
    ("relations", DATED, "relations."),
    ("sources", DATED, "sources."),
    ("when", DATED, "when ?a met ?b?"),
    ("as-of", DATED, "as of 1950-01-01, ?a met ?b?"),
    ("suppose", DATED, "suppose p1 met q2. ?a met ?b and ?c met ?d?"),
    ("expect-cross", WIDE, "expect ?a knows1 ?b and ?c knows2 ?d = m1."),
]
