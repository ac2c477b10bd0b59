import Glibc

let arguments = CommandLine.arguments.dropFirst()
let status = Benchmarks.run(Array(arguments))
exit(status)
