import Markup

/// What a page's structured data says about a vacancy (schema.org/JobPosting).
struct JobPosting: Sendable, Equatable {
  struct Wage: Sendable, Equatable {
    var value: Double
    var max: Double?
    var currency: String?
    /// `hour`, `day`, `week`, `month` or `year`.
    var period: String?
  }

  var title: String?
  var description: String?
  var employer: String?
  var place: String?
  /// ISO 8601 date.
  var posted: String?
  var wage: Wage?
  var wageText: String?
  var hours: String?
  var employment: String?
  /// Whom to ask: name, address, number.
  var contact: String?
  var identifier: String?
  /// Codes and names of the occupation.
  var occupation: String?
  var industry: String?

  /// The vacancies of a page in order, at most `limit`; JSON-LD goes before microdata.
  static func all(in document: Document, limit: Int = 200) -> [JobPosting] {
    var nodes: [StructuredNode] = []
    for value in document.jsonLD { collect(value, depth: 0, limit, &nodes) }
    if nodes.isEmpty {
      for item in document.microdata { collect(item, depth: 0, limit, &nodes) }
    }
    return nodes.map(JobPosting.init)
  }

  /// The schema.org types a page states anywhere, without their namespace.
  static func types(in document: Document) -> Set<String> {
    var types: Set<String> = []
    for value in document.jsonLD { collectTypes(value, depth: 0, &types) }
    for item in document.microdata { types.formUnion(item.types.map(StructuredNode.local)) }
    return types
  }

  private static func collectTypes(_ value: JSONValue, depth: Int, _ types: inout Set<String>) {
    guard depth < 6, types.count < 100 else { return }
    for entry in value.list.prefix(200) {
      for type in entry["@type"]?.list ?? [] {
        if let name = type.string { types.insert(StructuredNode.local(name)) }
      }
      if let graph = entry["@graph"] { collectTypes(graph, depth: depth + 1, &types) }
      if let main = entry["mainEntity"] { collectTypes(main, depth: depth + 1, &types) }
    }
  }

  private static func collect(
    _ value: JSONValue, depth: Int, _ limit: Int, _ nodes: inout [StructuredNode]
  ) {
    guard depth < 8, nodes.count < limit else { return }
    switch value {
    case .array(let values): for value in values { collect(value, depth: depth + 1, limit, &nodes) }
    case .object(let members):
      let isPosting = (value["@type"]?.list ?? []).contains {
        $0.string.map(StructuredNode.local) == "JobPosting"
      }
      if isPosting {
        nodes.append(.json(value))
        return
      }
      for member in members { collect(member.value, depth: depth + 1, limit, &nodes) }
    default: break
    }
  }

  private static func collect(
    _ item: MicrodataItem, depth: Int, _ limit: Int, _ nodes: inout [StructuredNode]
  ) {
    guard depth < 8, nodes.count < limit else { return }
    if item.types.contains(where: { StructuredNode.local($0) == "JobPosting" }) {
      nodes.append(.item(item))
      return
    }
    for property in item.properties {
      if case .item(let inner) = property.value { collect(inner, depth: depth + 1, limit, &nodes) }
    }
  }

  private init(_ node: StructuredNode) {
    title = Self.plain(node["title"]?.text ?? node["name"]?.text)
    description = node["description"]?.text
    employer = Self.plain(Self.name(node["hiringOrganization"]))
    place = Self.plain(Self.place(node))
    posted = node["datePosted"]?.text.flatMap(Self.isoDate)
    hours = Self.plain(node["workHours"]?.text)
    let kinds = node.all("employmentType").compactMap(\.text)
    employment = kinds.isEmpty ? nil : kinds.joined(separator: ", ")
    contact = Self.contact(node["applicationContact"])
    identifier = Self.identifier(node)
    let related = node["relevantOccupation"]
    occupation =
      Self.named(node.all("occupationalCategory")) ?? Self.named(related.map { [$0] } ?? [])
    industry = Self.named(node.all("industry"))
    readWage(node)
  }

  /// A text of structured data without the markup and references many sites leave in it.
  static func plain(_ text: String?) -> String? {
    guard let text else { return nil }
    var bytes = Array(text.utf8)
    if bytes.contains(where: { $0 == 0x26 || $0 == 0x3C }) {
      bytes = Document(decodedHTML: bytes).text
    }
    return FieldText.trimmed(bytes, 0..<bytes.count)
  }

  private static func name(_ node: StructuredNode?) -> String? {
    node?.text ?? node?["name"]?.text ?? node?["legalName"]?.text
  }

  /// The codes and names of what is classified, at most 200 bytes; nil when there are none.
  private static func named(_ nodes: [StructuredNode]) -> String? {
    var names: [String] = []
    for node in nodes.prefix(4) {
      let parts =
        node.text.map { [$0] } ?? [node["codeValue"]?.text, node["name"]?.text].compactMap { $0 }
      for part in parts.compactMap(plain) where !names.contains(part) { names.append(part) }
    }
    let text = names.joined(separator: ", ")
    return text.isEmpty || text.utf8.count > 200 ? nil : text
  }

  private static func place(_ node: StructuredNode) -> String? {
    guard let location = node["jobLocation"] else {
      return name(node["applicantLocationRequirements"])
    }
    if let text = location.text { return text }
    guard let address = location["address"] else { return location["name"]?.text }
    if let text = address.text { return text }
    let parts = ["addressLocality", "addressRegion", "addressCountry"].compactMap {
      name(address[$0])
    }
    var kept: [String] = []
    for part in parts where !part.isEmpty && !kept.contains(part) { kept.append(part) }
    return kept.isEmpty ? location["name"]?.text : kept.joined(separator: ", ")
  }

  private static func contact(_ node: StructuredNode?) -> String? {
    guard let node else { return nil }
    if let text = plain(node.text) { return text }
    let parts = ["name", "email", "telephone"].compactMap { plain(node[$0]?.text) }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  private static func identifier(_ node: StructuredNode) -> String? {
    guard let identifier = node["identifier"] else { return nil }
    let text = identifier.text ?? identifier["value"]?.text ?? identifier["name"]?.text
    return text.flatMap { $0.isEmpty || $0.utf8.count > 200 ? nil : $0 }
  }

  /// The date at the start of an ISO 8601 text, or a date written in words.
  static func isoDate(_ text: String) -> String? {
    let bytes = Array(text.utf8.prefix(40))
    if bytes.count >= 10, bytes[4] == 0x2D, bytes[7] == 0x2D,
      [0, 1, 2, 3, 5, 6, 8, 9].allSatisfy({ bytes[$0].isDigit })
    {
      return String(decoding: bytes[..<10], as: UTF8.self)
    }
    return FactFinder.find(in: bytes, form: nil).lazy.compactMap { fact -> String? in
      guard fact.kind == .date, case .text(let iso) = fact.value else { return nil }
      return iso
    }.first
  }

  private mutating func readWage(_ node: StructuredNode) {
    guard let salary = node["baseSalary"] ?? node["estimatedSalary"] else { return }
    var currency = node["salaryCurrency"]?.text ?? salary["currency"]?.text
    let amount = salary["value"] ?? salary
    let unit = amount["unitText"]?.text ?? salary["unitText"]?.text ?? amount["unitCode"]?.text
    let low =
      Self.number(amount["minValue"]) ?? Self.number(amount["value"])
      ?? Self.number(amount) ?? Self.number(salary["minValue"])
    let high = Self.number(amount["maxValue"]) ?? Self.number(salary["maxValue"])
    guard let value = low ?? high, value > 0, value < 1e9 else {
      wageText = Self.plain(salary.text)
      return
    }
    if currency?.utf8.count != 3 { currency = nil }
    currency = currency?.uppercased()
    let upper = high.flatMap { $0 > value && $0 < 1e9 ? $0 : nil }
    wage = Wage(value: value, max: upper, currency: currency, period: unit.flatMap(Self.period))
    var text = [currency, FieldText.number(value)].compactMap { $0 }.joined(separator: " ")
    if let upper { text += "-" + FieldText.number(upper) }
    if let period = wage?.period { text += " per " + period }
    wageText = text
  }

  private static func number(_ node: StructuredNode?) -> Double? {
    guard let node else { return nil }
    if case .json(.number(let number)) = node { return number.isFinite ? number : nil }
    guard let text = node.text else { return nil }
    let bytes = Array(text.utf8)
    guard let start = bytes.firstIndex(where: \.isDigit) else { return nil }
    let end = TextRange.forward(from: start, in: bytes, limit: 20) {
      $0.isDigit || $0 == 0x2E || $0 == 0x2C
    }
    var digits = bytes[start..<end]
    while let last = digits.last, !last.isDigit { digits.removeLast() }
    return NumberText.parse(digits)?.value
  }

  private static func period(_ unit: String) -> String? {
    switch unit.lowercased() {
    case "hour", "hourly", "hur", "per hour": return "hour"
    case "day", "daily": return "day"
    case "week", "weekly", "wee": return "week"
    case "month", "monthly", "mon": return "month"
    case "year", "yearly", "annually", "ann", "annual": return "year"
    default: return nil
    }
  }
}

/// A node of structured data in either syntax.
enum StructuredNode {
  case json(JSONValue)
  case item(MicrodataItem)
  case text(String)

  /// A type's name without its namespace.
  static func local(_ type: String) -> String {
    String(type.split(whereSeparator: { $0 == "/" || $0 == "#" || $0 == ":" }).last ?? "")
  }

  /// The text of a leaf; nil for an object.
  var text: String? {
    switch self {
    case .json(.string(let text)): return text
    case .json(.number(let number)): return FieldText.number(number)
    case .json(.array(let values)):
      return values.first.flatMap { StructuredNode.json($0).text }
    case .text(let text): return text
    default: return nil
    }
  }

  /// The first value of a property; of a list of objects, its first one is asked.
  subscript(name: String) -> StructuredNode? { all(name).first }

  /// All values of a property.
  func all(_ name: String) -> [StructuredNode] {
    switch self {
    case .json(.object): return value(name).map { $0.list.map(StructuredNode.json) } ?? []
    case .json(.array(let values)):
      return values.first.map { StructuredNode.json($0).all(name) } ?? []
    case .item(let item):
      // RDFa may write the vocabulary in front.
      let values = item.properties.filter {
        $0.name == name || $0.name.hasSuffix(name) && StructuredNode.local($0.name) == name
      }
      return values.map(\.value).map { value in
        switch value {
        case .text(let text): return .text(text)
        case .item(let inner): return .item(inner)
        }
      }
    default: return []
    }
  }

  private func value(_ name: String) -> JSONValue? {
    guard case .json(let json) = self else { return nil }
    return json[name] ?? json["schema:" + name]
  }
}
