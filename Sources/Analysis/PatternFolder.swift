public import Assessment
import Bytes
public import Configuration
import Glibc
public import Matching

/// The pattern packs, the assessment rule, the facts about countries and the kinds of work of a `Patterns/`
/// folder, read and checked.
public struct PatternFolder: Sendable {
  /// The packs.
  public let library: PatternLibrary
  /// The rule that combines what they find.
  public let rule: AssessmentRule
  /// What the law of countries says; empty when the folder has no `countries.yaml`.
  public let countries: CountryTable
  /// The kinds of work that adverts are counted by; empty when the folder has no `sectors.yaml`.
  public let sectors: SectorTable
  /// SHA-256 over the names and contents of all files that an assessment rests on, hex: what it is
  /// recorded with.
  ///
  /// The kinds of work are not in it: a word more there makes no assessment old.
  public let digest: String

  /// Reads the packs below `path`, and `assessment.yaml`, `countries.yaml` and `sectors.yaml` in it.
  ///
  /// Throws all problems of all files at once; a folder without packs or without the rule is a
  /// problem too.
  public init(path: String) throws(ConfigurationProblems) {
    try self.init(texts: PatternTexts(path: path))
  }

  /// Parses what was read from a folder; throws all problems of all files at once.
  public init(texts: PatternTexts) throws(ConfigurationProblems) {
    var reader = ConfigurationReader()
    if !texts.unreadable.isEmpty { reader.report(ConfigurationProblems(texts.unreadable)) }
    var library: PatternLibrary?
    var rule: AssessmentRule?
    do {
      library = try PatternLibrary(files: texts.packs)
    } catch {
      reader.report(error)
    }
    do {
      rule = try AssessmentRule(yaml: texts.rule(), file: texts.rulePath)
    } catch {
      reader.report(error)
    }
    var countries = CountryTable()
    do {
      if let text = try texts.countries() {
        countries = try CountryTable(yaml: text, file: texts.countriesPath)
      }
    } catch {
      reader.report(error)
    }
    var sectors = SectorTable()
    do {
      if let text = try texts.sectors() {
        sectors = try SectorTable(yaml: text, file: texts.sectorsPath)
      }
    } catch {
      reader.report(error)
    }
    try reader.finish()
    guard let library, let rule else { throw ConfigurationProblems(reader.problems) }
    self.library = library
    self.rule = rule
    self.countries = countries
    self.sectors = sectors
    digest = texts.digest
  }

  /// The file of the assessment rule in a folder.
  public static func rulePath(in path: String) -> String { path + "/assessment.yaml" }

  /// The file of the facts about countries in a folder, which need not be there.
  public static func countriesPath(in path: String) -> String { path + "/countries.yaml" }

  /// The file of the kinds of work in a folder, which need not be there.
  public static func sectorsPath(in path: String) -> String { path + "/sectors.yaml" }

  private init(
    library: PatternLibrary, rule: AssessmentRule, countries: CountryTable, sectors: SectorTable,
    digest: String
  ) {
    self.library = library
    self.rule = rule
    self.countries = countries
    self.sectors = sectors
    self.digest = digest
  }

  /// The folder with other packs in place of its own, for trying them; the digest stays that of the
  /// whole folder.
  public func with(_ packs: [PatternPack]) -> PatternFolder {
    PatternFolder(
      library: PatternLibrary(packs: packs, digest: library.digest), rule: rule,
      countries: countries, sectors: sectors, digest: digest)
  }

  /// The folder as if these indicators were not in it; the digest stays that of the whole folder.
  public func leavingOut(_ ids: Set<String>) -> PatternFolder {
    let packs = library.packs.map { pack in
      PatternPack(
        name: pack.name, version: pack.version, forms: pack.forms,
        indicators: pack.indicators.filter { !ids.contains($0.id) }, file: pack.file)
    }
    return PatternFolder(
      library: PatternLibrary(packs: packs, digest: library.digest), rule: rule,
      countries: countries, sectors: sectors, digest: digest)
  }
}

/// The files of a `Patterns/` folder as they were read, before anything in them is understood.
public struct PatternTexts: Sendable {
  /// SHA-256 over the names and contents of all files that an assessment rests on, hex.
  public let digest: String
  let packs: [(name: String, text: String)]
  /// What is wrong with packs that cannot be read.
  let unreadable: [ConfigurationProblem]
  let rulePath: String
  let countriesPath: String
  let sectorsPath: String
  private let loadedRule: Result<String, ConfigurationProblems>
  private let loadedCountries: Result<String, ConfigurationProblems>?
  private let loadedSectors: Result<String, ConfigurationProblems>?

  /// Reads the packs below `path`, and `assessment.yaml`, `countries.yaml` and `sectors.yaml` in it.
  ///
  /// Throws when the folder has no packs or a pack cannot be read.
  public init(path: String) throws(ConfigurationProblems) {
    (packs, unreadable) = PackFiles.readable(directory: path)
    guard !packs.isEmpty || !unreadable.isEmpty else {
      throw ConfigurationProblems([
        ConfigurationProblem(
          file: path,
          message: "no pattern packs here; name the folder with --patterns or $ADWATCH_PATTERNS")
      ])
    }
    let file = PatternFolder.rulePath(in: path)
    rulePath = file
    loadedRule = Result { () throws(ConfigurationProblems) in
      try ConfigurationNode.loadText(path: file)
    }
    let countriesFile = PatternFolder.countriesPath(in: path)
    countriesPath = countriesFile
    loadedCountries = Self.optional(countriesFile)
    sectorsPath = PatternFolder.sectorsPath(in: path)
    loadedSectors = Self.optional(sectorsPath)
    let law = loadedCountries.map { [(countriesFile, (try? $0.get()) ?? "")] } ?? []
    digest = Self.digest(
      packs + [(rulePath, (try? loadedRule.get()) ?? "")] + law, below: path)
  }

  private static func optional(_ file: String) -> Result<String, ConfigurationProblems>? {
    access(file, F_OK) != 0
      ? nil
      : Result { () throws(ConfigurationProblems) in try ConfigurationNode.loadText(path: file) }
  }

  /// The assessment rule's text; throws why it could not be read.
  func rule() throws(ConfigurationProblems) -> String { try loadedRule.get() }

  /// The text of the facts about countries, nil when there is none; throws why it could not be read.
  func countries() throws(ConfigurationProblems) -> String? { try loadedCountries?.get() }

  /// The text of the kinds of work, nil when there is none; throws why it could not be read.
  func sectors() throws(ConfigurationProblems) -> String? { try loadedSectors?.get() }

  /// Names relative to the folder, so that the same packs elsewhere have the same digest.
  private static func digest(_ files: [(name: String, text: String)], below path: String) -> String
  {
    var hash = SHA256()
    for (name, text) in files.sorted(by: { $0.name < $1.name }) {
      let relative = name.hasPrefix(path + "/") ? String(name.dropFirst(path.count + 1)) : name
      hash.update(Array("\(relative)\0\(text.utf8.count)\0".utf8))
      hash.update(Array(text.utf8))
    }
    return hash.finish().hex
  }
}
