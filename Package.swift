// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// A library target; `dependencies` name only targets above it in the list below.
func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []
) -> Target {
  .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

let package = Package(
  name: "kosh",
  products: [
    .executable(name: "kosh", targets: ["kosh"]),
    .library(name: "KnowledgeBase", targets: ["KnowledgeBase"]),
  ],
  targets: [
    library("Diagnostics"),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    library("RDF", ["Diagnostics", "CZlib"]),
    library("Algebra", ["RDF"]),
    library("SPARQL", ["Diagnostics", "RDF", "Algebra"]),
    library("Sentences", ["Diagnostics", "RDF", "Algebra"]),
    .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
    .systemLibrary(name: "CMD", pkgConfig: "libmd", providers: [.apt(["libmd-dev"])]),
    library("Engine", ["CPCRE2", "CMD", "CPlatform", "RDF", "Algebra"]),
    library(
      "KnowledgeBase",
      ["CPlatform", "Diagnostics", "RDF", "Algebra", "SPARQL", "Sentences", "Engine"]),
    .target(name: "CPlatform"),
    library(
      "Shell",
      [
        "Diagnostics", "RDF", "Algebra", "SPARQL", "Sentences", "Engine", "KnowledgeBase",
        "CPlatform",
      ]),
    .systemLibrary(name: "CLibEdit", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),
    .target(name: "CEditLine", dependencies: ["CLibEdit"]),
    library("Terminal", ["CEditLine", "CPlatform"]),
    .executableTarget(
      name: "kosh", dependencies: ["Shell", "Terminal", "Engine", "KnowledgeBase", "Sentences"],
      swiftSettings: settings),
    .executableTarget(
      name: "kosh-bench",
      dependencies: [
        "CTestSupport", "Diagnostics", "KnowledgeBase", "SPARQL", "Engine", "RDF", "Algebra",
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "kosh-conformance",
      dependencies: ["Diagnostics", "RDF", "Algebra", "SPARQL", "Engine"],
      swiftSettings: settings),
    tests("DiagnosticsTests", ["Diagnostics"]),
    tests("EngineTests", ["Engine", "RDF", "Algebra"]),
    .target(
      name: "TestSupport", dependencies: ["RDF"], path: "Tests/TestSupport", swiftSettings: settings
    ),
    tests(
      "KnowledgeBaseTests",
      ["KnowledgeBase", "Engine", "Diagnostics", "RDF", "Algebra", "Sentences", "TestSupport"]),
    .target(
      name: "PropertySupport", dependencies: ["Engine", "RDF", "Algebra"],
      path: "Tests/PropertySupport", swiftSettings: settings),
    tests("PropertyTests", ["PropertySupport"]),
    .executableTarget(
      name: "kosh-properties", dependencies: ["PropertySupport"], path: "Tests/PropertyRun",
      swiftSettings: settings),
    tests("RDFTests", ["RDF"]),
    tests(
      "ConformanceTests", ["RDF", "Diagnostics", "Algebra", "SPARQL", "Engine", "TestSupport"]),
    tests(
      "SentencesTests", ["Sentences", "Diagnostics", "RDF", "Algebra"], exclude: ["Golden"]),
    tests("SPARQLTests", ["SPARQL", "Algebra", "RDF", "Diagnostics"]),
    tests("ShellTests", ["Shell", "KnowledgeBase", "Engine", "Diagnostics", "RDF", "Algebra"]),
    tests("TerminalTests", ["Terminal"]),
    .target(name: "CTestSupport", path: "Tests/CTestSupport"),
    tests("ProcessTests", ["CTestSupport", "kosh"]),
    tests(
      "TranscriptTests", ["Shell", "KnowledgeBase", "Diagnostics", "RDF"],
      exclude: ["Transcripts"]),
  ],
  swiftLanguageModes: [.v6]
)
