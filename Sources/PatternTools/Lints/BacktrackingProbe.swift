public import Matching

/// Runs an expression on texts made to make it try everything, within a low limit.
///
/// The texts follow the syntax tree: what leads up to a repeat, then what the repeat takes, many
/// times, then what it does not. A text that matches stands at the end, because PCRE2 does not even
/// begin where a letter that every match needs is missing from the rest. An expression that no such text troubles may still be slow on
/// another; one that reaches the limit here is slow for certain.
public struct BacktrackingProbe: Sendable {
  /// Backtracking steps from one starting place; an advert may cost five times as much.
  public static let matchLimit: UInt32 = 20_000

  /// Texts tried at most.
  static let maximumTexts = 48
  /// Bytes of a text, roughly.
  static let textBytes = 600

  /// The first text on which the limit was reached, shortened for people; nil when none was.
  public static func run(_ expression: ParsedExpression, view: PatternView) -> String? {
    var maker = AdversaryMaker()
    maker.visit(expression.root)
    guard !maker.attacks.isEmpty else { return nil }
    var limits = MatchLimits(matchLimit: matchLimit)
    limits.maximumMillisecondsPerPattern = 100
    let source = expression.source(0..<expression.scalars.count)
    guard let lone = LoneExpression(source, view: view, limits: limits) else { return nil }
    let end = Array(AdversaryMaker.sample(expression.root).utf8)
    for attack in maker.attacks.prefix(maximumTexts) {
      let text = Array(attack.text(bytes: textBytes).utf8) + end
      if !lone.run(on: text).limited.isEmpty { return attack.description }
    }
    return nil
  }
}

/// A text to be tried, as its parts.
struct Adversary: Hashable, CustomStringConvertible {
  var lead: String
  var pump: String

  func text(bytes: Int) -> String {
    let times = max(2, bytes / max(1, pump.utf8.count))
    return lead + String(repeating: pump, count: times) + "\u{1}\n"
  }

  var description: String { "'\(lead)' and then '\(pump)' over and over" }
}

/// Collects adversaries along a tree.
private struct AdversaryMaker {
  var attacks: [Adversary] = []
  private var seen: Set<Adversary> = []
  private var lead = ""
  /// What each repeat so far can take, and what leads up to it.
  private var repeats: [(scalars: ScalarSet, lead: String)] = []

  init() {}

  mutating func visit(_ expression: Expression) {
    guard attacks.count < BacktrackingProbe.maximumTexts else { return }
    switch expression.kind {
    case .one, .nothing, .anything: break
    case .atomic(let inner): visit(inner)
    case .choice(let branches):
      for branch in branches { visit(branch) }
    case .sequence(let parts):
      let before = (lead, repeats)
      for part in parts {
        visit(part)
        lead += Self.sample(part)
      }
      (lead, repeats) = before
    case .repeated(let inner, _, let maximum, _):
      visit(inner)
      guard maximum.map({ $0 >= 8 }) ?? true else { return }
      for pump in Self.samples(inner) where !pump.isEmpty { add(pump, after: lead) }
      let scalars = inner.scalars
      for earlier in repeats {
        guard let both = earlier.scalars.intersection(scalars).sample else { continue }
        let between = lead.unicodeScalars.dropFirst(earlier.lead.unicodeScalars.count)
        add(String(between) + String(Character(both)), after: earlier.lead)
      }
      repeats.append((scalars, lead))
    }
  }

  private mutating func add(_ pump: String, after lead: String) {
    let attack = Adversary(lead: lead, pump: pump)
    if seen.insert(attack).inserted { attacks.append(attack) }
  }

  /// A text that a part matches, as short as is easily had.
  static func sample(_ expression: Expression) -> String {
    switch expression.kind {
    case .one(let set): set.sample.map { String(Character($0)) } ?? ""
    case .nothing, .anything: ""
    case .atomic(let inner): sample(inner)
    case .sequence(let parts): parts.map(sample).joined()
    case .choice(let branches): branches.first.map(sample) ?? ""
    case .repeated(let inner, let minimum, _, _):
      String(repeating: sample(inner), count: min(minimum, 64))
    }
  }

  /// Texts of one round of a repeat: one for each of its alternatives, the optional parts in.
  private static func samples(_ expression: Expression) -> [String] {
    switch expression.kind {
    case .choice(let branches): branches.prefix(4).map(full)
    case .sequence(let parts) where parts.count == 1: parts.first.map(samples) ?? []
    default: [full(expression), sample(expression)]
    }
  }

  private static func full(_ expression: Expression) -> String {
    switch expression.kind {
    case .sequence(let parts): parts.map(full).joined()
    case .repeated(let inner, let minimum, _, _):
      String(repeating: full(inner), count: min(max(1, minimum), 64))
    case .atomic(let inner): full(inner)
    default: sample(expression)
    }
  }
}
