#!/bin/sh
# Fuzzes the readers and writers of RDF: Tests/Fuzz/rdf.sh [SECONDS [READER]], 600 unless said.
# READER is ntriples, nquads, turtle or trig; without one the input's first byte chooses.
# The corpus starts from the W3C tests beside the project, if they are there, and is kept in .build/fuzz/rdf, or
# .build/fuzz/rdf-READER; a finding is left there as crash-*.
set -eu
seconds=${1:-600}
reader=${2:-}
case $reader in
  '' | ntriples | nquads | turtle | trig) ;;
  *)
    echo "rdf.sh: there is no reader '$reader'" >&2
    exit 2
    ;;
esac
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$root/.build/fuzz/rdf${reader:+-$reader}
mkdir -p "$work/corpus"
cd "$work"

flags="-O -swift-version 6 -enable-upcoming-feature ExistentialAny \
  -enable-upcoming-feature InternalImportsByDefault -sanitize=fuzzer,address -parse-as-library -I . -I $root/Sources/CZlib"
for module in Diagnostics RDF; do
  # shellcheck disable=SC2086
  swiftc $flags -wmo -package-name kosh -module-name "$module" -emit-module \
    -emit-module-path "$module.swiftmodule" -c -o "$module.o" \
    $(find "$root/Sources/$module" -name '*.swift')
done
# shellcheck disable=SC2086
swiftc $flags -package-name kosh -module-name RDFFuzz -o rdf-fuzz -use-ld=lld \
  "$root/Tests/Fuzz/RDFFuzz.swift" Diagnostics.o RDF.o -lm -lz

# A seed a file and size of pieces, the choice in the first byte: space to '/' are 32 to 47.
suites=${KOSH_CONFORMANCE:-$root/../shared/conformance}
number=0
add() {
  find "$suites/rdf" -name "*.$1" ! -name 'manifest*' 2>/dev/null | sort | while IFS= read -r file; do
    number=$((number + 1))
    for choice in $2; do
      { printf '%s' "$choice"; cat "$file"; } >"corpus/$1-$number-$(printf '%d' "'$choice")"
    done
  done
}
case $reader in '' | ntriples) add nt '@ D' ;; esac
case $reader in '' | nquads) add nq 'A Q' ;; esac
case $reader in '' | turtle) add ttl 'B F' ;; esac
case $reader in '' | trig) add trig 'C G' ;; esac

cat >dictionary <<'END'
"@prefix "
"PREFIX "
"@base "
"VERSION "
"GRAPH "
"<<( "
" )>>"
"<< "
" >>"
"{| "
" |}"
"~ "
"[]"
"( )"
"@en--ltr"
"^^"
"\"\"\""
"'''"
"\\u0041"
"\\U0001F600"
"_:a"
"<http://e/>"
"1.5e3"
"true"
" ;"
" ,"
" ."
"\xC3\xA9"
"\xF0\x9F\x98\x80"
END
# The runtime's own crash report reads memory that the sanitizer forbids.
export SWIFT_BACKTRACE=enable=no KOSH_FUZZ_READER="$reader"
exec ./rdf-fuzz -max_total_time="$seconds" -max_len=4096 -timeout=10 \
  -dict=dictionary -print_final_stats=1 corpus
