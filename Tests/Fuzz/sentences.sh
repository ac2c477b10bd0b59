#!/bin/sh
# Fuzzes the sentence parser: Tests/Fuzz/sentences.sh [SECONDS], 600 unless said.
# The corpus starts from the test sentences and is kept in .build/fuzz/sentences; a finding is left there as crash-*.
set -eu
seconds=${1:-600}
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$root/.build/fuzz/sentences
mkdir -p "$work/corpus"
cd "$work"

flags="-O -swift-version 6 -enable-upcoming-feature ExistentialAny \
  -enable-upcoming-feature InternalImportsByDefault -sanitize=fuzzer,address -parse-as-library -I . -I $root/Sources/CZlib"
for module in Diagnostics RDF Algebra Sentences; do
  # shellcheck disable=SC2086
  swiftc $flags -wmo -package-name kosh -module-name "$module" -emit-module \
    -emit-module-path "$module.swiftmodule" -c -o "$module.o" \
    $(find "$root/Sources/$module" -name '*.swift')
done
# shellcheck disable=SC2086
swiftc $flags -package-name kosh -module-name SentencesFuzz -o sentences-fuzz -use-ld=lld \
  "$root/Tests/Fuzz/SentencesFuzz.swift" Diagnostics.o RDF.o Algebra.o Sentences.o -lm -lz

# One seed a test sentence, and the shipped knowledge.
number=0
grep -h '^▶ ' "$root"/Tests/SentencesTests/Golden/*.txt | sed 's/^▶ //' | while IFS= read -r line; do
  number=$((number + 1))
  printf '%s\n' "$line" >"corpus/seed-$number"
done
cp "$root"/knowledge/*.kosh corpus/

cat >dictionary <<'END'
"is "
"is a "
"is not "
"the "
"and "
"or "
"not "
"maybe "
"if "
"who "
"what "
"which "
"when "
"where "
"someone "
"how many "
"as of 2020, "
"according to "
"according to whom "
"does "
"did "
"heads "
"part of "
"Zoom "
"Zoom India "
"MHA "
"Advisory "
"Company "
"twin "
"Person 12 "
"says "
"before "
"after "
"since "
"until "
"on "
"contains "
"starts with "
"matches "
"| where "
"| count "
"| sum ?n "
"| sort "
"down "
"| first 3"
"| show "
"by "
"about "
"why "
"why not "
"path "
"paths "
" to "
"within 3"
"timeline "
"map "
"depth 2"
"explain "
"forget "
"suppose "
"then "
"expect "
"expect no "
" = "
"prefix ex: <urn:ex:>"
"base <urn:b:>"
"with {"
"{on 2020-04-12}"
"{on ?d}"
"ex:a"
"?x "
"$1 "
"$who "
"$2:who "
"300 million"
"12 weeks"
"1.5e9"
"\"a\"@en"
"\"a\"^^ex:t"
"<urn:x>"
"also known as "
"inverse of "
"implies "
"kind of "
"is transitive"
"( "
") "
"'it''s' "
"true "
END
ulimit -c 0
export SWIFT_BACKTRACE=enable=no
exec nice -n 15 ./sentences-fuzz -max_total_time="$seconds" -timeout=60 -rss_limit_mb=2048 \
  -max_len=600 -dict=dictionary -print_final_stats=1 -verbosity=0 corpus
