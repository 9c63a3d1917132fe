import Extraction

/// What a node does to the adverts it ties.
public enum NodeRole: String, Sendable, Hashable, CaseIterable {
  /// It joins them.
  case joins
  /// It suggests that they belong together.
  case suggests
  /// It is a hub: too many unrelated adverts share it to say anything.
  case discounted
}

/// Why a node is taken for a hub, or for none.
public struct HubReason: Sendable, Hashable {
  /// What was counted.
  public enum Measure: String, Sendable, Hashable, CaseIterable {
    case employers, texts, sources, accounts, names
    /// Different contacts beside one text at one source.
    case contacts
    /// Different contacts beside one picture.
    case owners
    /// A person disregarded it.
    case disregarded
    /// A person trusts it.
    case trusted
  }

  public var measure: Measure
  /// How many there are.
  public var count: Int
  /// From how many on that speaks of a hub.
  public var limit: Int

  public init(measure: Measure, count: Int = 0, limit: Int = 0) {
    self.measure = measure
    self.count = count
    self.limit = limit
  }

  /// For a person: `31 otherwise different texts (a hub from 25)`.
  public var sentence: String {
    switch measure {
    case .employers: "\(count) employers (a hub from \(limit))"
    case .texts: "\(count) otherwise different texts (a hub from \(limit))"
    case .sources: "\(count) sources (a hub from \(limit))"
    case .accounts: "\(count) accounts (a hub from \(limit))"
    case .names: "\(count) names (a hub from \(limit))"
    case .contacts:
      "one text at one source with \(count) different contacts (the source's form from \(limit))"
    case .owners:
      "\(count) different contacts beside one picture (a stock picture or a logo from \(limit))"
    case .disregarded: "disregarded by a person"
    case .trusted: "trusted by a person"
    }
  }
}

/// What is known of a node: how it counts, why, and what it measures.
public struct NodeStanding: Sendable, Hashable {
  public var role: NodeRole
  public var spread: NodeSpread
  /// Why it is discounted, or what a person decided; empty otherwise.
  public var reasons: [HubReason]
  public var measures: NodeMeasures

  public init(
    role: NodeRole, spread: NodeSpread, reasons: [HubReason] = [],
    measures: NodeMeasures = NodeMeasures()
  ) {
    self.role = role
    self.spread = spread
    self.reasons = reasons
    self.measures = measures
  }

  /// The standing of a node of these adverts, the latest of `adverts` in all.
  init(
    _ node: LinkNode, _ records: [LinkRecord], adverts: Int, decisions: [ClusterDecision],
    rule: LinkRule
  ) {
    let spread = NodeSpread(records, adverts: adverts)
    var role: NodeRole
    var reasons: [HubReason]
    switch node {
    case .text: (role, reasons) = Self.formText(spread, rule)
    case .image, .likeness: (role, reasons) = Self.picture(spread, rule)
    case .selector(.url, _):
      (role, reasons) = Self.hub(spread, rule)
      if role == .joins { role = .suggests }
    case .selector, .account: (role, reasons) = Self.hub(spread, rule)
    }
    // The last decision that holds about this node.
    for decision in decisions {
      switch decision.act {
      case .disregard(node):
        role = .discounted
        reasons = [HubReason(measure: .disregarded)]
      case .trust(node):
        role = .joins
        reasons = [HubReason(measure: .trusted)]
      default: break
      }
    }
    self.init(
      role: role, spread: spread, reasons: reasons,
      measures: NodeMeasures(node, records, rule: rule))
  }

  /// A stock picture, a logo or a placeholder shows by one measure: a picture never does more than
  /// suggest, so little is lost where it was none.
  private static func picture(
    _ spread: NodeSpread, _ rule: LinkRule
  ) -> (NodeRole, [HubReason]) {
    var over = overLimits(spread, rule)
    let looked = min(spread.adverts, rule.nodeAdverts)
    if spread.contacts >= rule.pictureContacts, spread.contacts * 2 > looked {
      over.append(
        HubReason(measure: .owners, count: spread.contacts, limit: rule.pictureContacts))
    }
    return over.isEmpty ? (.suggests, []) : (.discounted, over)
  }

  /// A hub shows by two measures, or by one that is far over its limit.
  private static func hub(_ spread: NodeSpread, _ rule: LinkRule) -> (NodeRole, [HubReason]) {
    let over = overLimits(spread, rule)
    let farOver = over.contains { $0.count >= $0.limit * rule.hubFactor }
    return over.count > 1 || farOver ? (.discounted, over) : (.joins, [])
  }

  private static func overLimits(_ spread: NodeSpread, _ rule: LinkRule) -> [HubReason] {
    let counts = [
      HubReason(measure: .employers, count: spread.employers, limit: rule.hubEmployers),
      HubReason(measure: .texts, count: spread.texts, limit: rule.hubTexts),
      HubReason(measure: .sources, count: spread.sources, limit: rule.hubSources),
      HubReason(measure: .accounts, count: spread.accounts, limit: rule.hubAccounts),
      HubReason(measure: .names, count: spread.names, limit: rule.hubNames),
    ]
    return counts.filter { $0.count >= $0.limit }
  }

  /// A text that nearly every advert at one source has with a contact of its own is a form.
  private static func formText(
    _ spread: NodeSpread, _ rule: LinkRule
  ) -> (NodeRole, [HubReason]) {
    guard spread.sources == 1, spread.contacts >= rule.formContacts else { return (.joins, []) }
    let looked = min(spread.adverts, rule.nodeAdverts)
    guard spread.contacts * 2 > looked else { return (.joins, []) }
    return (
      .discounted,
      [HubReason(measure: .contacts, count: spread.contacts, limit: rule.formContacts)]
    )
  }
}
