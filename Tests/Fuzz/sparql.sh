#!/bin/sh
# Fuzzes the SPARQL parser and writer: Tests/Fuzz/sparql.sh [SECONDS], 600 unless said.
# The corpus starts from the W3C tests beside the project, if they are there, and is kept in .build/fuzz/sparql; a finding is
# left there as crash-*.
set -eu
seconds=${1:-600}
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$root/.build/fuzz/sparql
mkdir -p "$work/corpus"
cd "$work"

flags="-O -swift-version 6 -enable-upcoming-feature ExistentialAny \
  -enable-upcoming-feature InternalImportsByDefault -sanitize=fuzzer,address -parse-as-library -I . -I $root/Sources/CZlib"
for module in Diagnostics RDF Algebra SPARQL; do
  # shellcheck disable=SC2086
  swiftc $flags -wmo -package-name kosh -module-name "$module" -emit-module \
    -emit-module-path "$module.swiftmodule" -c -o "$module.o" \
    $(find "$root/Sources/$module" -name '*.swift')
done
# shellcheck disable=SC2086
swiftc $flags -package-name kosh -module-name SPARQLFuzz -o sparql-fuzz -use-ld=lld \
  "$root/Tests/Fuzz/SPARQLFuzz.swift" Diagnostics.o RDF.o Algebra.o SPARQL.o -lm -lz

suites=${KOSH_CONFORMANCE:-$root/../shared/conformance}
number=0
find "$suites/sparql" -name '*.r[qu]' 2>/dev/null | sort | while IFS= read -r file; do
  number=$((number + 1))
  cp "$file" "corpus/seed-$number"
done

# The words of the grammar, and its signs.
sed -n 's/^ *case .* = "\(.*\)"$/"\1 "/p' "$root/Sources/SPARQL/Parser/Keyword.swift" \
  "$root/Sources/Algebra/Expression.swift" >dictionary
cat >>dictionary <<'END'
"PREFIX e: <http://e/>"
"<http://e/>"
":p "
"?x "
"_:b "
"[]"
"( )"
"{ }"
" . "
" ; "
" , "
"<<( "
" )>>"
"<< "
" >>"
"{| "
" |}"
" ~ "
"'x'@en--ltr"
"\"\"\""
"'''"
"^^"
"\\u0041"
"\\U0001F600"
"1.5e3"
" || "
" && "
"!("
"*/^"
"\xC3\xA9"
END
# The runtime's own crash report reads memory that the sanitizer forbids.
SWIFT_BACKTRACE=enable=no exec ./sparql-fuzz -max_total_time="$seconds" -max_len=4096 -timeout=10 \
  -dict=dictionary -print_final_stats=1 corpus
