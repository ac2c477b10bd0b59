/// What `kosh --help` prints.
package enum HelpText {
  package static let text = """
    kosh - a knowledge shell: facts and questions in sentences

    usage: kosh [options] [FILE|DIR ...]   load knowledge, then open the prompt
           kosh -c TEXT                    run sentences or SPARQL and exit
           kosh -f FILE                    run a script and exit; '-' is standard input
           kosh test FILE|DIR ...          run the expectations in scripts
           kosh check FILE|DIR ...         read everything, report every error
           kosh convert IN ... OUT         between .kosh, Turtle, TriG, N-Triples and N-Quads

    Nothing named: ./knowledge, where there is one. -c and -f may be repeated and run in
    order. Standard input that is no terminal runs as a script. convert goes by the names of
    files (.kosh .ttl .trig .nt .nq, each also .gz).

    options:
      -c TEXT             sentences to run
      -f FILE             a script to run
          --format NAME   table, lines, csv, tsv, json, xml, markdown,
                          turtle or ntriples
          --from NAME     what convert reads: kosh, turtle, trig, ntriples or nquads
          --to NAME       what convert writes; '-' is standard input and output
          --color WHEN    auto, always or never
          --timeout S     seconds that a question may take
          --memory SIZE   memory that a question may hold, such as 512M
          --load-from DIR where LOAD of SPARQL may read files; else it may not
          --read-only     refuse every change
          --keep-going    go on after an error; the exit status stays 1
          --rc FILE       what an interactive session runs first; --no-rc: nothing
      -q, --quiet         no banner, no notices
      -V, --version       the version
      -h, --help          this
          --              ends the options

    exit status: 0 ok, 1 an error in data, sentences or tests, 2 wrong usage, 3 a limit
    ended a question, 130 interrupted

    At the prompt, '.help' shows what can be typed.

    """
}
