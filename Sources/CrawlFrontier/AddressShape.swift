import WebAddress

/// What addresses of one template have in common: digits and tokens made equal.
struct AddressShape {
  /// Hash of host, collapsed path and parameter names in sorted order.
  let shape: UInt64
  /// Hash of host and path up to the last slash.
  let directory: UInt64
  /// Hash of host and first segment.
  let section: UInt64
  /// Hash of host and exact path.
  let path: UInt64
  /// Hash of the parameter names in the order of the query; nil with fewer than two.
  let combination: UInt64?
  /// A date stands in the path or in a parameter.
  let isCalendar: Bool

  init(_ address: Address) {
    let host = StableHash.combine(StableHash.basis, address.origin.utf8)
    let bytes = Array(address.pathname.utf8)
    let segments = bytes.split(separator: UInt8(ascii: "/"))
    let names = Self.parameterNames(address)

    path = StableHash.combine(StableHash.combine(host, 1), bytes)
    let lastSlash = bytes.lastIndex(of: UInt8(ascii: "/")) ?? 0
    directory = StableHash.combine(StableHash.combine(host, 2), bytes[..<lastSlash])
    section = StableHash.combine(StableHash.combine(host, 3), segments.first ?? [])

    var hash = StableHash.combine(host, 4)
    for segment in segments {
      hash = StableHash.combine(hash, [UInt8(ascii: "/")] + Self.collapsed(segment))
    }
    for name in names.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      hash = StableHash.combine(hash, [UInt8(ascii: "&")] + Self.collapsed(name))
    }
    shape = hash

    if names.count > 1 {
      var order = StableHash.combine(path, 5)
      for name in names { order = StableHash.combine(order, [UInt8(ascii: "&")] + name) }
      combination = order
    } else {
      combination = nil
    }
    isCalendar = Calendar.hasDate(path: segments, query: address.search)
  }

  static func parameterNames(_ address: Address) -> [ArraySlice<UInt8>] {
    Array(address.search.utf8.dropFirst())
      .split(separator: UInt8(ascii: "&"), maxSplits: 256)
      .map { $0.prefix { $0 != UInt8(ascii: "=") } }
  }

  /// Runs of digits become `0`; a token of 16 bytes or more that has a digit becomes `*`.
  static func collapsed(_ segment: ArraySlice<UInt8>) -> [UInt8] {
    let hasDigit = segment.contains { (48...57).contains($0) }
    guard hasDigit else { return Array(segment) }
    let isToken =
      segment.count >= 16
      && segment.allSatisfy { ComparableForm.isUnreserved($0) && $0 != UInt8(ascii: "-") }
    if isToken { return [UInt8(ascii: "*")] }
    var result: [UInt8] = []
    for byte in segment {
      let isDigit = (48...57).contains(byte)
      if isDigit && result.last == 48 { continue }
      result.append(isDigit ? 48 : byte)
    }
    return result
  }
}

/// Recognises addresses that name a day, month or year, as the pages of a calendar do.
private enum Calendar {
  private static let words: Set<String> = [
    "year", "month", "day", "date", "week", "jahr", "monat", "tag", "datum", "jaar", "maand",
    "dag", "annee", "mois", "jour", "ano", "mes", "dia", "fecha", "yr", "mon", "cal", "calendar",
  ]

  static func hasDate(path segments: [ArraySlice<UInt8>], query: String) -> Bool {
    var afterYear = false
    for segment in segments {
      if holdsDate(segment) { return true }
      let number = Int(String(decoding: segment.prefix(5), as: UTF8.self)) ?? -1
      if afterYear, segment.count <= 2, (1...53).contains(number) { return true }
      afterYear = segment.count == 4 && (1900...2199).contains(number)
    }
    for field in Array(query.utf8.dropFirst()).split(separator: UInt8(ascii: "&"), maxSplits: 256) {
      let name = field.prefix { $0 != UInt8(ascii: "=") }
      let value = field.dropFirst(name.count + 1)
      if holdsDate(value) { return true }
      let word = String(decoding: name.map(RobotsRules.lowercased), as: UTF8.self)
      if words.contains(word), value.contains(where: { (48...57).contains($0) }) { return true }
    }
    return false
  }

  /// `2026-11`, `2026-11-23`, `20261123`, `23.11.2026`: digits and separators, nothing else.
  private static func holdsDate(_ text: ArraySlice<UInt8>) -> Bool {
    guard (6...10).contains(text.count) else { return false }
    let separators: Set<UInt8> = [UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_")]
    let parts = text.split(maxSplits: 4, omittingEmptySubsequences: false) {
      separators.contains($0)
    }
    let numbers = parts.compactMap { part -> Int? in
      guard !part.isEmpty, part.allSatisfy({ (48...57).contains($0) }) else { return nil }
      return Int(String(decoding: part, as: UTF8.self))
    }
    guard numbers.count == parts.count else { return false }
    let years = 1900...2199
    switch numbers.count {
    case 1:
      let month = numbers[0] / 100 % 100
      let day = numbers[0] % 100
      return text.count == 8 && years.contains(numbers[0] / 10_000) && (1...12).contains(month)
        && (1...31).contains(day)
    case 2: return years.contains(numbers[0]) && (1...53).contains(numbers[1])
    case 3:
      return
        (years.contains(numbers[0]) && (1...12).contains(numbers[1])
        && (1...31).contains(numbers[2]))
        || (years.contains(numbers[2]) && (1...31).contains(numbers[0])
          && (1...31).contains(numbers[1]))
    default: return false
    }
  }
}
