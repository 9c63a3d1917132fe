import ArgumentParser
import CaseStore
import Crawling

/// `adwatch links clusters`.
struct LinksClusters: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clusters", abstract: "All clusters, the largest first.",
    discussion: """
      Example:
        adwatch links clusters --json | jq -r '[.cluster, (.adverts | length)] | @tsv'
      """)

  @OptionGroup var data: DataOption

  @Option(help: "Show at most so many.")
  var limit: Int?

  @Flag(help: "One JSON object a line instead of text.")
  var json = false

  func validate() throws {
    guard limit ?? 1 > 0 else { throw ValidationError("--limit is a number above 0") }
  }

  func run() throws {
    let folder = try DataFolder(path: data.data, access: .read)
    let clusters = try folder.store.clusters(most: limit ?? .max)
    for cluster in clusters {
      // A crawl beside this may have dissolved it since.
      guard let summary = try ClusterSummary(cluster, in: folder.store) else { continue }
      try Output.print(json ? summary.json : summary.text)
    }
    if !json, clusters.isEmpty { try Output.print("No adverts share anything that joins them.") }
  }
}
