public import Configuration
import Vocabulary
import WebAddress

extension Source {
  /// Reads a source from its file; throws every problem in it, each with its line.
  public init(_ node: ConfigurationNode) throws(ConfigurationProblems) {
    var reader = ConfigurationReader()
    let source = SourceReader.read(node, &reader)
    try reader.finish()
    guard let source else {
      throw ConfigurationProblems([
        ConfigurationProblem(file: node.file, message: "is no source")
      ])
    }
    self = source
  }

  /// Reads the text of a file `Seeds/<name>.yaml`.
  public init(yaml text: String, file: String) throws(ConfigurationProblems) {
    try self.init(ConfigurationNode(yaml: text, file: file))
  }
}

/// The keys of `adwatch.source/1`, section by section.
enum SourceReader {
  static let keys = [
    "format", "source", "start", "scope", "adverts", "listings", "form", "country", "schedule",
    "politeness", "network", "steps", "render", "images", "purpose", "legal_basis", "retention",
    "operator",
  ]

  static func read(_ node: ConfigurationNode, _ reader: inout ConfigurationReader) -> Source? {
    let required = ["format", "source", "start", "purpose", "legal_basis"]
    guard let top = reader.mapping(node, keys: keys, required: required) else { return nil }
    if let format = top["format"], let text = reader.string(format), text != "adwatch.source/1" {
      reader.report("expected format: adwatch.source/1, found '\(text)'", at: format)
    }
    let name = top["source"].flatMap { readName($0, &reader) }
    let start = top["start"].flatMap { readAddresses($0, &reader) } ?? []
    let scope = readScope(top["scope"], start: start, &reader)
    let adverts = top["adverts"].map { readAdverts($0, &reader) }
    let schedule = top["schedule"].map { ScheduleReader.read($0, &reader) }
    let politeness = readPoliteness(top["politeness"], hosts: scope.hosts, &reader)
    let network = top["network"].map { readNetwork($0, &reader) }
    let purpose = top["purpose"].flatMap { reader.string($0) }
    let legalBasis = top["legal_basis"].flatMap { reader.string($0) }
    let places = startNodes(top["start"])
    for (place, address) in zip(places, start)
    where places.count == start.count
      && !scope.hosts.contains(where: { $0.matches(address.canonical) })
    {
      reader.report("the host is not in scope.hosts", at: place)
    }
    var source = Source(
      file: node.file, name: name ?? "", start: start, scope: scope,
      adverts: adverts ?? Source.AdvertSettings(),
      listings: [],
      form: nil, country: nil, schedule: schedule ?? Source.ScheduleSettings(),
      politeness: politeness, network: network ?? Source.NetworkSettings(), images: .none,
      purpose: purpose ?? "", legalBasis: legalBasis ?? "", retention: nil,
      operator: top["operator"].map { readOperator($0, &reader) } ?? Source.Operator())
    source.steps = top["steps"].map { StepReader.read($0, &reader) } ?? []
    for step in source.steps {
      guard case .open(let address) = step.action, let place = top["steps"],
        !source.scope.hosts.contains(where: { $0.matches(address.canonical) })
      else { continue }
      reader.report("the host of \(address) is not in scope.hosts", at: place)
    }
    if let listings = top["listings"] { readListings(listings, into: &source, &reader) }
    source.form = top["form"].flatMap { reader.choice($0, Form.self) }
    source.country = top["country"].flatMap { readCountry($0, &reader) }
    source.images = top["images"].flatMap { reader.choice($0, Source.ImagePolicy.self) } ?? .none
    source.render = top["render"].flatMap { reader.choice($0, Source.RenderPolicy.self) } ?? .none
    source.retention = top["retention"].flatMap { reader.duration($0) }
    return name == nil || start.isEmpty ? nil : source
  }

  private static func readName(
    _ node: ConfigurationNode, _ reader: inout ConfigurationReader
  ) -> String? {
    guard let text = reader.string(node) else { return nil }
    let isName = text.utf8.allSatisfy {
      (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-")
    }
    guard isName, text.utf8.count <= 64, !text.hasPrefix("-") else {
      reader.report(
        "a source's name has lower-case letters, digits and hyphens, at most 64", at: node)
      return nil
    }
    return text
  }

  /// The nodes of the addresses, in step with `readAddresses` as long as all of them can be read.
  private static func startNodes(_ node: ConfigurationNode?) -> [ConfigurationNode] {
    guard let node else { return [] }
    if case .sequence(let items) = node.value { return items }
    return [node]
  }

  private static func readAddresses(
    _ node: ConfigurationNode, _ reader: inout ConfigurationReader
  ) -> [Address]? {
    guard let texts = reader.strings(node) else { return nil }
    if texts.isEmpty { reader.report("at least one address to start from is needed", at: node) }
    var result: [Address] = []
    for (index, text) in texts.enumerated() {
      let items = startNodes(node)
      let place = items.indices.contains(index) ? items[index] : node
      guard let address = Address(text), address.isHTTP else {
        reader.report("'\(text.prefix(80))' is no http or https address", at: place)
        continue
      }
      guard address.username.isEmpty, address.password.isEmpty else {
        reader.report("no user name or password in an address", at: place)
        continue
      }
      result.append(address)
    }
    return result
  }

  private static func readScope(
    _ node: ConfigurationNode?, start: [Address], _ reader: inout ConfigurationReader
  ) -> Source.ScopeSettings {
    var scope = Source.ScopeSettings(hosts: [])
    let keys = ["hosts", "include", "exclude", "depth", "pages"]
    let fields = node.flatMap { reader.mapping($0, keys: keys) } ?? [:]
    if let hosts = fields["hosts"], let texts = reader.strings(hosts) {
      for text in texts {
        if let host = HostPattern(text) {
          scope.hosts.append(host)
        } else {
          reader.report(
            "'\(text.prefix(80))' is no host; write jobs.example, *.jobs.example or host:port",
            at: hosts)
        }
      }
    }
    if scope.hosts.isEmpty {
      var seen: Set<HostPattern> = []
      for address in start {
        let port = address.port.map { ":\($0)" } ?? ""
        guard let host = HostPattern(address.hostname + port) else { continue }
        if seen.insert(host).inserted { scope.hosts.append(host) }
      }
    }
    scope.include = fields["include"].map { patterns($0, &reader) } ?? []
    scope.exclude = fields["exclude"].map { patterns($0, &reader) } ?? []
    if let depth = fields["depth"].flatMap({ reader.integer($0, in: 0...1000) }) {
      scope.depth = depth
    }
    scope.pages = fields["pages"].flatMap { reader.integer($0, in: 1...1_000_000_000) }
    return scope
  }

  static func patterns(
    _ node: ConfigurationNode, _ reader: inout ConfigurationReader
  ) -> [URLPattern] {
    var result: [URLPattern] = []
    let places = startNodes(node)
    for (index, text) in (reader.strings(node) ?? []).enumerated() {
      do {
        result.append(try URLPattern(text))
      } catch {
        let place = places.indices.contains(index) ? places[index] : node
        reader.report("'\(text.prefix(80))': \(error.description)", at: place)
      }
    }
    return result
  }

  private static func readAdverts(
    _ node: ConfigurationNode, _ reader: inout ConfigurationReader
  ) -> Source.AdvertSettings {
    var adverts = Source.AdvertSettings()
    guard let fields = reader.mapping(node, keys: ["url", "id"]) else { return adverts }
    adverts.url = fields["url"].map { patterns($0, &reader) } ?? []
    adverts.id = fields["id"].map { patterns($0, &reader) } ?? []
    if let id = fields["id"], adverts.id.contains(where: { !$0.capturesIdentifier }) {
      reader.report("adverts.id needs {id} where the identifier stands: /advert/{id}", at: id)
    }
    return adverts
  }

  private static func readListings(
    _ node: ConfigurationNode, into source: inout Source, _ reader: inout ConfigurationReader
  ) {
    let fields = reader.mapping(node, keys: ["url", "sitemaps"]) ?? [:]
    source.listings = fields["url"].map { patterns($0, &reader) } ?? []
    source.sitemaps = fields["sitemaps"].flatMap { reader.boolean($0) } ?? false
  }

  private static func readCountry(
    _ node: ConfigurationNode, _ reader: inout ConfigurationReader
  ) -> String? {
    guard let text = reader.string(node) else { return nil }
    guard text.utf8.count == 2, text.utf8.allSatisfy({ (65...90).contains($0) }) else {
      reader.report("a country is two capital letters (ISO 3166): NL", at: node)
      return nil
    }
    return text
  }

  private static func readPoliteness(
    _ node: ConfigurationNode?, hosts: [HostPattern], _ reader: inout ConfigurationReader
  ) -> Source.PolitenessSettings {
    var politeness = Source.PolitenessSettings()
    let keys = ["delay", "group", "robots", "concurrency"]
    guard let node, let fields = reader.mapping(node, keys: keys) else { return politeness }
    if let place = fields["delay"], let seconds = reader.duration(place) {
      let isOwn = !hosts.isEmpty && hosts.allSatisfy { $0.isLoopback && !$0.isWildcard }
      if seconds < Politeness.defaultDelay && !isOwn {
        reader.report(
          "at least \(Int(Politeness.defaultDelay))s; less only when every host is this machine",
          at: place)
      } else {
        politeness.delay = seconds
      }
    }
    politeness.group = fields["group"].flatMap { reader.string($0) }
    politeness.robotsOrder = fields["robots"].flatMap { readRobots($0, &reader) }
    if let count = fields["concurrency"].flatMap({ reader.integer($0, in: 1...64) }) {
      politeness.concurrency = count
    }
    return politeness
  }

  /// `obey`, or where a named legal order says otherwise: `{except: PATTERNS, order: NAME}`.
  private static func readRobots(
    _ node: ConfigurationNode, _ reader: inout ConfigurationReader
  ) -> RobotsOrder? {
    guard case .mapping = node.value else {
      if let text = reader.string(node), text != "obey" {
        reader.report(
          "robots is obey, or {except: [patterns], order: court and file number of the legal order}",
          at: node)
      }
      return nil
    }
    let keys = ["except", "order"]
    guard let fields = reader.mapping(node, keys: keys, required: keys) else { return nil }
    let covers = fields["except"].map { patterns($0, &reader) } ?? []
    let name = fields["order"].flatMap { reader.string($0) } ?? ""
    if name.utf8.allSatisfy({ $0 <= 0x20 }) || name.utf8.count > 500, fields["order"] != nil {
      reader.report("order names the legal order, in at most 500 bytes", at: node)
    }
    if covers.isEmpty, fields["except"] != nil {
      reader.report("except names the addresses that the order covers", at: node)
    }
    return RobotsOrder(name: name, covers: covers)
  }

  private static func readNetwork(
    _ node: ConfigurationNode, _ reader: inout ConfigurationReader
  ) -> Source.NetworkSettings {
    var network = Source.NetworkSettings()
    let keys = ["allow", "proxy", "ca", "cookies", "http2"]
    guard let fields = reader.mapping(node, keys: keys) else { return network }
    if let place = fields["allow"] {
      for text in reader.strings(place) ?? [] {
        if let range = AddressRange(text) {
          network.allow.append(range)
        } else {
          reader.report("'\(text.prefix(80))' is no address range such as 127.0.0.0/8", at: place)
        }
      }
    }
    network.proxy = fields["proxy"].flatMap { ProxyReader.read($0, &reader) }
    network.ca = fields["ca"].flatMap { reader.string($0) }
    network.cookies = fields["cookies"].map { cookies($0, &reader) } ?? []
    network.http2 = fields["http2"].flatMap { reader.boolean($0) } ?? true
    return network
  }

  static func cookies(
    _ node: ConfigurationNode, _ reader: inout ConfigurationReader
  ) -> [Source.Cookie] {
    var result: [Source.Cookie] = []
    for (name, value, place) in reader.entries(node) ?? [] {
      guard let text = reader.string(value) else { continue }
      guard isCookieName(name), isCookieValue(text) else {
        reader.report("not a cookie by RFC 6265: '\(name.prefix(40))'", at: place)
        continue
      }
      result.append(Source.Cookie(name: name, value: text))
    }
    return result
  }

  /// A token of RFC 9110 section 5.6.2.
  private static func isCookieName(_ text: String) -> Bool {
    let separators = "()<>@,;:\\\"/[]?={}".utf8
    return !text.isEmpty
      && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && !separators.contains($0) }
  }

  /// Cookie octets of RFC 6265 section 4.1.1.
  private static func isCookieValue(_ text: String) -> Bool {
    text.utf8.allSatisfy {
      $0 > 0x20 && $0 < 0x7f && !"\",;\\".utf8.contains($0)
    }
  }

  private static func readOperator(
    _ node: ConfigurationNode, _ reader: inout ConfigurationReader
  ) -> Source.Operator {
    guard let fields = reader.mapping(node, keys: ["name", "contact"]) else {
      return Source.Operator()
    }
    return Source.Operator(
      name: fields["name"].flatMap { reader.string($0) },
      contact: fields["contact"].flatMap { reader.string($0) })
  }
}
