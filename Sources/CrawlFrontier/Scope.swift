public import WebAddress

/// Decides whether an address belongs to a source.
///
/// Rules first (scheme, host, exclude, include, depth), then guards against traps. Of the rules the
/// first that rejects is reported.
public struct Scope: Sendable {
  /// The source whose rules are applied.
  public let source: Source
  /// Where the trap guards draw the line.
  public let limits: TrapLimits
  private let starts: Set<Address>

  public init(_ source: Source, limits: TrapLimits = TrapLimits()) {
    self.source = source
    self.limits = limits
    starts = Set(source.start.map(\.canonical))
  }

  /// Judges an address by the rules and the guards that need no memory.
  ///
  /// The address is brought into canonical form first. `depth` is the number of links from a start
  /// address; start addresses themselves pass whatever `include` and `depth` say.
  public func judge(_ address: Address, depth: Int) -> ScopeDecision {
    judge(address, depth: depth, asImage: false)
  }

  /// The same of an address that is queued as one of this kind.
  public func judge(_ address: Address, depth: Int, as kind: AddressKind) -> ScopeDecision {
    judge(address, depth: depth, asImage: kind == .image)
  }

  /// Judges the address of a picture that an advert shows: its host and `exclude` matter, and whether
  /// the source wants images at all.
  public func judge(image address: Address) -> ScopeDecision {
    judge(address, depth: 0, asImage: true)
  }

  private func judge(_ address: Address, depth: Int, asImage: Bool) -> ScopeDecision {
    guard address.isHTTP else { return .rejected(.notHTTP) }
    guard address.username.isEmpty, address.password.isEmpty else {
      return .rejected(.credentials)
    }
    let canonical = SessionIdentifiers.removed(from: address.canonical)
    guard source.scope.hosts.contains(where: { $0.matches(canonical) }) else {
      return .rejected(.host)
    }
    // Bounds the work of every rule below.
    guard canonical.pathname.utf8.count + canonical.search.utf8.count <= limits.maximumLength
    else { return .rejected(.tooLong) }
    guard !source.scope.exclude.contains(where: { $0.matches(canonical) }) else {
      return .rejected(.excluded)
    }
    let isStart = starts.contains(canonical)
    let kind = kind(of: canonical, isStart: isStart)
    if kind == .other, asImage || ImageName.matches(canonical) {
      guard asImage, source.images != .none else { return .rejected(.image) }
      return .accepted(
        AcceptedAddress(
          address: canonical, kind: .image, isStart: false, advertKey: nil,
          group: source.group(for: canonical)))
    }
    if !isStart {
      guard depth <= source.scope.depth else { return .rejected(.depth) }
      let include = source.scope.include
      guard include.isEmpty || kind != .other || include.contains(where: { $0.matches(canonical) })
      else { return .rejected(.notIncluded) }
      if let trap = staticTrap(canonical) { return .rejected(trap) }
    }
    let key = kind == .advert ? source.adverts.identifier(in: canonical) : nil
    return .accepted(
      AcceptedAddress(
        address: canonical, kind: kind, isStart: isStart, advertKey: key,
        group: source.group(for: canonical)))
  }

  /// Judges an address that was not seen before and counts it when it is accepted.
  ///
  /// Call it once for each new address: addresses that the store knows already are not to be counted
  /// again. Start addresses are counted and never rejected by a counter.
  public func admit(
    _ address: Address, depth: Int, memory: inout ScopeMemory
  ) -> ScopeDecision {
    let decision = judge(address, depth: depth, memory: memory)
    guard case .accepted(let accepted) = decision else { return decision }
    memory.countPage()
    for (key, _, _) in counters(for: accepted, memory) { memory.count(key) }
    return decision
  }

  /// Judges a new address with what the guards remember, and counts nothing.
  public func judge(_ address: Address, depth: Int, memory: ScopeMemory) -> ScopeDecision {
    let decision = judge(address, depth: depth)
    guard case .accepted(let accepted) = decision, !accepted.isStart else { return decision }
    if let pages = source.scope.pages, memory.pages >= pages { return .rejected(.pagesFull) }
    for (key, limit, reason) in counters(for: accepted, memory) {
      guard memory.hasRoom(key, limit: limit, maximumCounters: limits.maximumCounters)
      else { return .rejected(reason) }
    }
    return decision
  }

  /// What an address is by its patterns: the most specific that matches decides, adverts win a tie.
  private func kind(of address: Address, isStart: Bool) -> AddressKind {
    let advert = (source.adverts.url.isEmpty ? source.adverts.id : source.adverts.url)
      .filter { $0.matches(address) }.map(\.specificity).max()
    let listing = source.listings.filter { $0.matches(address) }.map(\.specificity).max()
    switch (advert, listing) {
    case (let advert?, let listing?): return advert >= listing ? .advert : .listing
    case (_?, nil): return .advert
    case (nil, _?): return .listing
    case (nil, nil): return isStart || Self.isFeed(address) ? .listing : .other
    }
  }

  /// Whether an address looks like a sitemap or a feed, which list adverts as a listing does.
  private static func isFeed(_ address: Address) -> Bool {
    let name = address.pathname.split(separator: "/").last?.lowercased() ?? ""
    let plain = name.hasSuffix(".gz") ? name.dropLast(3) : name[...]
    return [".xml", ".rss", ".atom", ".rdf"].contains { plain.hasSuffix($0) }
      || (plain.hasPrefix("sitemap") && plain.hasSuffix(".txt"))
  }

  /// The counters that a new address touches, with their limits.
  private func counters(
    for accepted: AcceptedAddress, _ memory: ScopeMemory
  ) -> [(key: UInt64, limit: Int, reason: ScopeReason)] {
    let shape = AddressShape(accepted.address)
    var result: [(key: UInt64, limit: Int, reason: ScopeReason)] = []
    if accepted.kind != .advert, let combination = shape.combination,
      memory.counters[combination] == nil
    {
      // The sequence of names is new on this path: remember it, and count it for the path.
      result.append((combination, .max, .parameterCombinations))
      result.append((shape.path, limits.combinationsPerPath, .parameterCombinations))
    }
    guard accepted.kind == .other else { return result }
    if shape.isCalendar {
      result.append((shape.shape, limits.pagesPerCalendar, .calendar))
    } else {
      result.append((shape.shape, limits.pagesPerShape, .shapeFull))
    }
    result.append((shape.directory, limits.pagesPerDirectory, .directoryFull))
    result.append((shape.section, limits.pagesPerSection, .directoryFull))
    return result
  }

  private func staticTrap(_ address: Address) -> ScopeReason? {
    let segments = Array(address.pathname.utf8).split(separator: UInt8(ascii: "/"))
    guard segments.count <= limits.maximumSegments else { return .tooDeep }
    for length in 1...4 where repeats(segments, length) > limits.maximumRepeats {
      return .repeatedSegments
    }
    let names = AddressShape.parameterNames(address)
    guard names.count <= limits.maximumParameters else { return .tooManyParameters }
    var seen: [ArraySlice<UInt8>: Int] = [:]
    for name in names { seen[name, default: 0] += 1 }
    guard seen.values.allSatisfy({ $0 <= limits.maximumSameParameter }) else {
      return .tooManyParameters
    }
    return nil
  }

  /// How often, at most, a run of `length` segments stands behind itself.
  private func repeats(_ segments: [ArraySlice<UInt8>], _ length: Int) -> Int {
    var best = 1
    var equal = 0
    for index in segments.indices.dropFirst(length) {
      equal = segments[index] == segments[index - length] ? equal + 1 : 0
      best = max(best, equal / length + 1)
    }
    return best
  }
}
