/// The version that `--version`, the banner and `.status` say.
package enum Version {
  package static let text = "0.1.0"
}
