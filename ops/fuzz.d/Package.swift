// swift-tools-version: 6.3
import PackageDescription

// Fuzz targets, built with libFuzzer and the address sanitiser; `ops/fuzz` starts them. `Modules` is a
// link to the project's Sources; only what a target needs is compiled.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"), .unsafeFlags(["-sanitize=fuzzer"]),
]

let package = Package(
  name: "fuzz",
  dependencies: [.package(url: "https://github.com/jpsim/Yams", from: "6.2.2")],
  targets: [
    .systemLibrary(name: "CPCRE2", path: "Modules/CPCRE2", pkgConfig: "libpcre2-8"),
    .target(
      name: "CICU", path: "Modules/CICU",
      linkerSettings: [
        .linkedLibrary("icuuc"), .linkedLibrary("icui18n"), .linkedLibrary("icudata"),
      ]),
    .systemLibrary(name: "CLibXML2", path: "Modules/CLibXML2", pkgConfig: "libxml-2.0"),
    .target(name: "CXML", dependencies: ["CLibXML2"], path: "Modules/CXML"),
    .target(name: "Vocabulary", path: "Modules/Vocabulary", swiftSettings: settings),
    .target(
      name: "Configuration", dependencies: [.product(name: "Yams", package: "Yams")],
      path: "Modules/Configuration", swiftSettings: settings),
    .target(
      name: "Matching", dependencies: ["CPCRE2", "Configuration", "Vocabulary"],
      path: "Modules/Matching", swiftSettings: settings),
    .target(
      name: "Markup", dependencies: ["CICU", "CXML", "Vocabulary"], path: "Modules/Markup",
      swiftSettings: settings),
    .target(
      name: "WebAddress", dependencies: ["CICU"], path: "Modules/WebAddress",
      swiftSettings: settings),
    .executableTarget(
      name: "markup-fuzz", dependencies: ["Markup", "WebAddress"], swiftSettings: settings,
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address", "-use-ld=lld"])]),
    .executableTarget(
      name: "matching-fuzz", dependencies: ["Matching", "Configuration", "Vocabulary"],
      swiftSettings: settings,
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address", "-use-ld=lld"])]),
  ]
)
