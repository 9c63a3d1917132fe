// swift-tools-version: 6.3
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

// The benchmark of `Markup`: a package of its own, so that the program has no product for it.
// `Modules` is a link to the project's Sources; only what the core needs is compiled.
let package = Package(
  name: "markup-bench",
  targets: [
    .target(
      name: "CICU", path: "Modules/CICU",
      linkerSettings: [
        .linkedLibrary("icuuc"), .linkedLibrary("icui18n"), .linkedLibrary("icudata"),
      ]),
    .systemLibrary(name: "CLibXML2", path: "Modules/CLibXML2", pkgConfig: "libxml-2.0"),
    .target(name: "CXML", dependencies: ["CLibXML2"], path: "Modules/CXML"),
    .target(name: "Vocabulary", path: "Modules/Vocabulary", swiftSettings: strict),
    .target(
      name: "Markup", dependencies: ["CICU", "CXML", "Vocabulary"], path: "Modules/Markup",
      swiftSettings: strict),
    .executableTarget(name: "markup-bench", dependencies: ["Markup"], swiftSettings: strict),
  ]
)
