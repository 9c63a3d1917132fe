// swift-tools-version: 6.3
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

// The benchmark of `Matching`: a package of its own, so that the program has no product for it.
// `Modules` is a link to the project's Sources; only what the core needs is compiled.
let package = Package(
  name: "matching-bench",
  dependencies: [.package(url: "https://github.com/jpsim/Yams", from: "6.2.2")],
  targets: [
    .systemLibrary(name: "CPCRE2", path: "Modules/CPCRE2", pkgConfig: "libpcre2-8"),
    .target(name: "Vocabulary", path: "Modules/Vocabulary", swiftSettings: strict),
    .target(
      name: "Configuration", dependencies: [.product(name: "Yams", package: "Yams")],
      path: "Modules/Configuration", swiftSettings: strict),
    .target(
      name: "Matching", dependencies: ["CPCRE2", "Configuration", "Vocabulary"],
      path: "Modules/Matching", swiftSettings: strict),
    .executableTarget(
      name: "matching-bench", dependencies: ["Matching", "Configuration", "Vocabulary"],
      swiftSettings: strict),
  ]
)
