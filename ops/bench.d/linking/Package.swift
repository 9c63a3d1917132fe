// swift-tools-version: 6.3
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

// The benchmark of `Linking`: a package of its own, so that the program has no product for it.
// `Modules` is a link to the project's Sources; only what linking needs is compiled.
let package = Package(
  name: "linking-bench",
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .systemLibrary(name: "CBrotli", path: "Modules/CBrotli", pkgConfig: "libbrotlidec"),
    .systemLibrary(name: "CCrypto", path: "Modules/CCrypto", pkgConfig: "libcrypto"),
    .systemLibrary(name: "CDeflate", path: "Modules/CDeflate", pkgConfig: "libdeflate"),
    .systemLibrary(name: "CZlib", path: "Modules/CZlib", pkgConfig: "zlib"),
    .systemLibrary(name: "CZstd", path: "Modules/CZstd", pkgConfig: "libzstd"),
    .systemLibrary(name: "CLibXML2", path: "Modules/CLibXML2", pkgConfig: "libxml-2.0"),
    .target(name: "CGazetteer", path: "Modules/CGazetteer", exclude: ["places.tsv"]),
    .target(
      name: "CICU", path: "Modules/CICU",
      linkerSettings: [
        .linkedLibrary("icuuc"), .linkedLibrary("icui18n"), .linkedLibrary("icudata"),
      ]),
    .target(
      name: "CLanguage", path: "Modules/CLanguage",
      linkerSettings: [.linkedLibrary("cld2"), .linkedLibrary("stdc++")]),
    .target(
      name: "CPhoneNumber", path: "Modules/CPhoneNumber",
      linkerSettings: [.linkedLibrary("phonenumber"), .linkedLibrary("stdc++")]),
    .target(name: "CXML", dependencies: ["CLibXML2"], path: "Modules/CXML"),
    .target(name: "Vocabulary", path: "Modules/Vocabulary", swiftSettings: strict),
    .target(
      name: "Bytes", dependencies: ["CBrotli", "CCrypto", "CDeflate", "CZlib", "CZstd"],
      path: "Modules/Bytes", swiftSettings: strict),
    .target(
      name: "WebAddress", dependencies: ["CICU"], path: "Modules/WebAddress", swiftSettings: strict),
    .target(
      name: "Markup", dependencies: ["CICU", "CXML", "Vocabulary"], path: "Modules/Markup",
      swiftSettings: strict),
    .target(
      name: "Extraction",
      dependencies: [
        "Bytes", "CGazetteer", "CLanguage", "CPhoneNumber", "Markup", "Vocabulary", "WebAddress",
      ],
      path: "Modules/Extraction", swiftSettings: strict),
    .target(
      name: "Linking", dependencies: ["Bytes", "Extraction", "Vocabulary"],
      path: "Modules/Linking", swiftSettings: strict),
    .target(
      name: "Configuration", dependencies: [.product(name: "Yams", package: "Yams")],
      path: "Modules/Configuration", swiftSettings: strict),
    .target(
      name: "CrawlFrontier", dependencies: ["Configuration", "Vocabulary", "WebAddress"],
      path: "Modules/CrawlFrontier", swiftSettings: strict),
    .target(
      name: "CaseStore",
      dependencies: [
        "Bytes", "CrawlFrontier", "Extraction", "Linking", "Vocabulary", "WebAddress",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      path: "Modules/CaseStore", swiftSettings: strict),
    .executableTarget(
      name: "linking-bench",
      dependencies: ["CaseStore", "CrawlFrontier", "Extraction", "Linking", "Vocabulary"],
      swiftSettings: strict),
  ],
  cxxLanguageStandard: .cxx17
)
