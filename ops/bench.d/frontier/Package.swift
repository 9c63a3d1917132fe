// swift-tools-version: 6.3
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

// What `ops/bench robots`, `freshness` and `traps` measure `CrawlFrontier` with: a package of its own,
// so that the program has no product for it. `Modules` is a link to the project's Sources; only what
// the frontier needs is compiled.
let package = Package(
  name: "frontier-bench",
  dependencies: [.package(url: "https://github.com/jpsim/Yams", from: "6.2.2")],
  targets: [
    .target(
      name: "CICU", path: "Modules/CICU",
      linkerSettings: [
        .linkedLibrary("icuuc"), .linkedLibrary("icui18n"), .linkedLibrary("icudata"),
      ]),
    .target(name: "Vocabulary", path: "Modules/Vocabulary", swiftSettings: strict),
    .target(
      name: "Configuration", dependencies: [.product(name: "Yams", package: "Yams")],
      path: "Modules/Configuration", swiftSettings: strict),
    .target(
      name: "WebAddress", dependencies: ["CICU"], path: "Modules/WebAddress", swiftSettings: strict),
    .target(
      name: "CrawlFrontier", dependencies: ["Configuration", "Vocabulary", "WebAddress"],
      path: "Modules/CrawlFrontier", swiftSettings: strict),
    .executableTarget(
      name: "frontier-bench",
      dependencies: ["Configuration", "CrawlFrontier", "Vocabulary", "WebAddress"],
      swiftSettings: strict),
  ]
)
