// swift-tools-version: 6.3
// Targets stand floor by floor, ground floor first; a target depends only on floors below its own.
// Each test target follows the target it tests.
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

// The core is optimised in debug builds too: unoptimised it takes most of the time of the tests, which
// start the program often. Overflow and bounds are checked all the same.
let core: [SwiftSetting] =
  strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]

let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let database = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
// swift-configuration has a module of the same name as ours.
let hummingbird = Target.Dependency.product(
  name: "Hummingbird", package: "hummingbird",
  moduleAliases: ["Configuration": "SwiftConfiguration"])
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbirdCore = Target.Dependency.product(
  name: "HummingbirdCore", package: "hummingbird",
  moduleAliases: ["Configuration": "SwiftConfiguration"])
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let yaml = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
  name: "Adwatch",
  products: [.executable(name: "adwatch", targets: ["adwatch"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // MARK: - Floor 0: system libraries
    .systemLibrary(name: "CAres", pkgConfig: "libcares", providers: [.apt(["libc-ares-dev"])]),
    .systemLibrary(
      name: "CBrotli", pkgConfig: "libbrotlidec", providers: [.apt(["libbrotli-dev"])]),
    .systemLibrary(name: "CClock"),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(
      name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CDisk"),
    .systemLibrary(
      name: "CDeflate", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev"])]),
    // The list is compiled in with #embed; it is no source file of its own.
    .target(name: "CGazetteer", exclude: ["places.tsv"]),
    .target(
      name: "CICU",
      linkerSettings: [
        .linkedLibrary("icuuc"), .linkedLibrary("icui18n"), .linkedLibrary("icudata"),
      ]),
    .target(
      name: "CLanguage",
      linkerSettings: [.linkedLibrary("cld2"), .linkedLibrary("stdc++")]),
    .target(
      name: "CImage",
      linkerSettings: [
        .linkedLibrary("jpeg"), .linkedLibrary("png16"), .linkedLibrary("webp"),
      ]),
    .systemLibrary(
      name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    // Acts and the template of letters are compiled in with #embed.
    .target(name: "CNotices", exclude: ["files"]),
    .systemLibrary(
      name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
    .target(
      name: "CPhoneNumber",
      linkerSettings: [.linkedLibrary("phonenumber"), .linkedLibrary("stdc++")]),
    // Templates, styles, scripts and messages are compiled in with #embed.
    .target(name: "CReviewFiles", exclude: ["files"]),
    .target(name: "CXML", dependencies: ["CLibXML2"]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),

    // MARK: - Floor 1: words, bytes, addresses, configuration
    .target(name: "Vocabulary", swiftSettings: strict),
    .testTarget(
      name: "VocabularyTests", dependencies: ["Vocabulary"], swiftSettings: strict),
    .target(
      name: "Bytes", dependencies: ["CBrotli", "CCrypto", "CDeflate", "CZlib", "CZstd"],
      swiftSettings: strict),
    .testTarget(name: "BytesTests", dependencies: ["Bytes"], swiftSettings: strict),
    .target(name: "ChildPrograms", swiftSettings: strict),
    .testTarget(
      name: "ChildProgramsTests", dependencies: ["ChildPrograms"], swiftSettings: strict),
    .target(name: "Configuration", dependencies: [yaml], swiftSettings: core),
    .testTarget(
      name: "ConfigurationTests", dependencies: ["Configuration"], swiftSettings: strict),
    .target(name: "WebAddress", dependencies: ["CICU"], swiftSettings: strict),
    .testTarget(
      name: "WebAddressTests", dependencies: ["CICU", "TestSupport", "WebAddress"],
      resources: [.copy("Fixtures")], swiftSettings: strict),

    // MARK: - Floor 2: pure parts
    .target(
      name: "Archive", dependencies: ["Bytes", "CDisk", "Vocabulary"], swiftSettings: strict),
    .testTarget(
      name: "ArchiveTests", dependencies: ["Archive", "Bytes", "TestSupport", "Vocabulary"],
      swiftSettings: strict),
    .target(
      name: "Custody", dependencies: ["Bytes", "CCrypto", "Vocabulary"], swiftSettings: strict),
    .testTarget(
      name: "CustodyTests", dependencies: ["Bytes", "Custody", "TestSupport", "Vocabulary"],
      swiftSettings: strict),
    .target(
      name: "CrawlFrontier", dependencies: ["CICU", "Configuration", "Vocabulary", "WebAddress"],
      swiftSettings: strict),
    .testTarget(
      name: "CrawlFrontierTests",
      dependencies: ["Configuration", "CrawlFrontier", "TestSupport", "Vocabulary", "WebAddress"],
      exclude: ["Oracles"], swiftSettings: strict),
    .target(name: "Imaging", dependencies: ["CImage"], swiftSettings: core),
    .testTarget(
      name: "ImagingTests", dependencies: ["Imaging", "Linking", "TestSupport"],
      resources: [.copy("Fixtures")], swiftSettings: strict),
    .target(
      name: "Markup", dependencies: ["CICU", "CXML", "Vocabulary"], swiftSettings: core),
    .testTarget(
      name: "MarkupTests", dependencies: ["Markup", "TestSupport"], swiftSettings: strict),
    .target(
      name: "Matching", dependencies: ["Configuration", "CPCRE2", "Vocabulary"],
      swiftSettings: core),
    .testTarget(
      name: "MatchingTests", dependencies: ["Configuration", "Matching", "Vocabulary"],
      swiftSettings: strict),

    // MARK: - Floor 3: pages to adverts, addresses to exchanges
    .target(
      name: "Extraction",
      dependencies: [
        "Bytes", "CGazetteer", "CLanguage", "CPhoneNumber", "Markup", "Vocabulary", "WebAddress",
      ],
      swiftSettings: core),
    .testTarget(
      name: "ExtractionTests",
      dependencies: [
        "CLanguage", "CPhoneNumber", "Extraction", "Markup", "Vocabulary", "WebAddress",
      ],
      resources: [.copy("Corpus")], swiftSettings: strict),
    .target(
      name: "Fetching",
      dependencies: ["Bytes", "CAres", "CCurl", "Vocabulary", "WebAddress", logging],
      swiftSettings: strict),
    .target(
      name: "PatternTools", dependencies: ["Configuration", "Matching", "Vocabulary"],
      swiftSettings: strict),
    .testTarget(
      name: "PatternToolsTests",
      dependencies: ["Configuration", "Matching", "PatternTools", "Vocabulary"],
      swiftSettings: strict),
    .target(
      name: "Measurement", dependencies: ["Configuration", "Markup"], swiftSettings: strict),
    .testTarget(
      name: "MeasurementTests", dependencies: ["Configuration", "Markup", "Measurement"],
      swiftSettings: strict),
    .target(name: "TestSupport", path: "Tests/Support", swiftSettings: strict),
    .testTarget(
      name: "FetchingTests",
      dependencies: ["Bytes", "Fetching", "TestSupport", "Vocabulary", "WebAddress", logging],
      swiftSettings: strict),

    // MARK: - Floor 4: hits to barriers
    .target(
      name: "Assessment", dependencies: ["Configuration", "Extraction", "Matching", "Vocabulary"],
      swiftSettings: strict),
    .testTarget(
      name: "AssessmentTests",
      dependencies: ["Assessment", "Configuration", "Extraction", "Matching", "Vocabulary"],
      swiftSettings: strict),
    .target(
      name: "Linking", dependencies: ["Bytes", "Extraction", "Vocabulary"], swiftSettings: core),
    .testTarget(
      name: "LinkingTests", dependencies: ["Bytes", "Extraction", "Linking", "Vocabulary"],
      swiftSettings: strict),

    // MARK: - Floor 5: the pure chain, and what is kept
    .target(
      name: "Analysis",
      dependencies: [
        "Assessment", "Bytes", "Configuration", "Extraction", "Linking", "Markup", "Matching",
        "Vocabulary", "WebAddress",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "AnalysisTests",
      dependencies: [
        "Analysis", "Assessment", "Bytes", "Configuration", "Extraction", "Markup", "Matching",
        "Vocabulary", "WebAddress",
      ],
      swiftSettings: strict),
    .target(
      name: "CaseStore",
      dependencies: [
        "Bytes", "CrawlFrontier", "Extraction", "Linking", "Vocabulary", "WebAddress", database,
      ],
      swiftSettings: strict),
    .testTarget(
      name: "CaseStoreTests",
      dependencies: [
        "Bytes", "CaseStore", "CrawlFrontier", "Extraction", "Linking", "Vocabulary", "WebAddress",
      ],
      swiftSettings: strict),

    // MARK: - Floor 6: the engine
    .target(
      name: "Crawling",
      dependencies: [
        "Analysis", "Archive", "Assessment", "Bytes", "CClock", "CaseStore", "ChildPrograms",
        "Configuration", "CrawlFrontier", "Custody", "Extraction", "Fetching", "Linking", "Markup",
        "Matching",
        "Vocabulary",
        "WebAddress", logging,
      ],
      swiftSettings: strict),
    .testTarget(
      name: "CrawlingTests",
      dependencies: [
        "Analysis", "Archive", "Assessment", "Bytes", "CaseStore", "Configuration",
        "CrawlFrontier", "Crawling", "Custody", "Extraction", "Fetching", "Linking",
        "TestSupport",
        "Vocabulary", "WebAddress", logging,
      ],
      swiftSettings: strict),

    .target(
      name: "Notices",
      dependencies: [
        "Bytes", "CCurl", "CNotices", "CaseStore", "Configuration", "Fetching", "Markup",
        "Vocabulary", "WebAddress", mustache,
      ],
      swiftSettings: strict),
    .testTarget(
      name: "NoticesTests",
      dependencies: [
        "Bytes", "CaseStore", "Configuration", "Fetching", "Notices", "TestSupport", "Vocabulary",
        "WebAddress", logging,
      ],
      swiftSettings: strict),

    // MARK: - Floor 7: the web application, and what keeps the service running
    .target(
      name: "Review",
      dependencies: [
        "Analysis", "Archive", "Assessment", "Bytes", "CCrypto", "CReviewFiles", "CaseStore",
        "ChildPrograms", "Configuration", "Extraction", "Linking", "Markup", "Matching",
        "Measurement", "Notices", "Vocabulary", "WebAddress", httpTypes, hummingbird,
        hummingbirdCore, logging, mustache, nioCore, nioPosix,
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ReviewTests",
      dependencies: [
        "Analysis", "Archive", "Bytes", "CaseStore", "ChildPrograms", "Configuration",
        "CrawlFrontier", "Extraction", "Linking", "Matching", "Notices", "Review", "TestSupport",
        "Vocabulary",
        logging,
      ],
      exclude: ["Browser"], swiftSettings: strict),

    .target(
      name: "Operations",
      dependencies: ["Archive", "Bytes", "CaseStore", "Crawling", "Vocabulary"],
      swiftSettings: strict),
    .testTarget(
      name: "OperationsTests",
      dependencies: [
        "Bytes", "CaseStore", "CrawlFrontier", "Crawling", "Fetching", "Operations", "TestSupport",
        "Vocabulary",
      ],
      swiftSettings: strict),

    // MARK: - Floor 8: the commands
    .executableTarget(
      name: "adwatch",
      dependencies: [
        "Analysis", "Archive", "Assessment", "Bytes", "CaseStore", "Configuration",
        "CrawlFrontier", "Crawling", "Custody", "Extraction", "Fetching", "Imaging", "Linking",
        "Markup", "Matching", "Measurement", "Notices", "Operations", "PatternTools", "Review",
        "Vocabulary", "WebAddress", arguments,
        logging,
      ],
      swiftSettings: strict),
    .testTarget(
      name: "adwatchTests",
      dependencies: [
        "CaseStore", "CrawlFrontier", "Matching", "Measurement", "TestSupport", "Vocabulary",
        "adwatch",
      ],
      exclude: ["Oracles"], swiftSettings: strict),
  ],
  cxxLanguageStandard: .cxx17
)
