public import Vocabulary

/// What an analyst made of an advert.
public enum VerdictChoice: String, Sendable, Hashable, CaseIterable {
  /// Its indicators warrant a referral to a partner.
  case referral
  /// Nothing in it warrants one.
  case nothing
  /// It cannot be told from what is there.
  case unclear
  /// It is no real offer.
  case spam
  /// Somebody who knows more has to look.
  case specialist

  /// Whether it follows only from having looked at each advert by itself.
  public var isSerious: Bool { self == .referral }
}

/// An entry in the record of verdicts: one person on one advert.
public struct Verdict: Sendable, Hashable {
  /// Row number.
  public var id: Int64
  /// When.
  public var at: Timestamp
  /// Row number of the account.
  public var account: Int64
  /// Who.
  public var login: String
  /// The advert.
  public var advert: Int64
  /// The group that was judged at once; nil when the advert was judged by itself.
  public var cluster: Int64?
  /// What was decided; nil for an entry that undoes another.
  public var choice: VerdictChoice?
  /// The reason in the analyst's words; nil when it was erased.
  public var why: String?
  /// Indicators that counted when it was made.
  public var indicators: Set<String>
  /// Whether somebody else is asked to judge too.
  public var asksSecond: Bool
  /// The entry that it undoes.
  public var undoes: Int64?

  public init(
    id: Int64, at: Timestamp, account: Int64, login: String, advert: Int64, cluster: Int64?,
    choice: VerdictChoice?, why: String?, indicators: Set<String>, asksSecond: Bool, undoes: Int64?
  ) {
    self.id = id
    self.at = at
    self.account = account
    self.login = login
    self.advert = advert
    self.cluster = cluster
    self.choice = choice
    self.why = why
    self.indicators = indicators
    self.asksSecond = asksSecond
    self.undoes = undoes
  }
}

extension Verdict {
  /// Of each person the last entry that was not taken back, of entries oldest first.
  public static func holding(_ entries: [Verdict]) -> [Verdict] {
    let undone = Set(entries.compactMap(\.undoes))
    var holding: [Int64: Verdict] = [:]
    for entry in entries where entry.choice != nil && !undone.contains(entry.id) {
      holding[entry.account] = entry
    }
    return holding.values.sorted { $0.id < $1.id }
  }
}

/// Where an advert stands in the review, as its verdicts leave it.
public enum ReviewState: String, Sendable, Hashable, CaseIterable {
  /// Nobody has judged what it says now.
  case open
  /// Somebody else has to look: a second opinion, a specialist, or two that differ.
  case held
  /// Judged.
  case done

  /// The state that follows from an advert's entries, oldest first, and the indicators in it now.
  ///
  /// Of each person the last entry that was not undone holds. An advert that shows an indicator which
  /// nobody had before him is open again.
  public init(_ entries: [Verdict], indicators: Set<String>) {
    let verdicts = Verdict.holding(entries).filter { indicators.isSubset(of: $0.indicators) }
    let choices = Set(verdicts.compactMap(\.choice))
    if verdicts.isEmpty {
      self = .open
    } else if choices.count > 1 || choices == [.specialist]
      || (verdicts.count == 1 && verdicts[0].asksSecond)
    {
      self = .held
    } else {
      self = .done
    }
  }
}
