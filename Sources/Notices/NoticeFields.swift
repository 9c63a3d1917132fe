/// What people say in a notice; everything else follows from the evidence and the act.
public struct NoticeFields: Sendable, Hashable, Codable {
  /// Organisation that writes; never a person.
  public var notifier = ""
  /// Its role mailbox.
  public var mailbox = ""
  /// Authority that issues an act of one.
  public var authority = ""
  /// What was observed, one statement each.
  public var facts: [String] = []
  /// The provision, such as an article of a criminal code.
  public var ground = ""
  /// Why an order is needed.
  public var necessity = ""
  /// Where an order applies.
  public var scope = ""
  /// For how long data are to be kept.
  public var period = ""
  /// What will follow, such as a request for mutual legal assistance.
  public var followUp = ""
  /// Who was asked before, when, and what came of it.
  public var earlier = ""
  /// How the addressee can object.
  public var redress = ""
  /// Who hears whether an order was given effect.
  public var effect = ""
  /// The day by which an answer is asked for.
  public var replyBy = ""

  /// Most bytes of all of them.
  public static let mostBytes = 64 << 10

  public init() {}

  /// The element that a name of the data stands for; empty when it is missing.
  func element(_ name: String) -> String? {
    switch name {
    case "notifier": notifier
    case "mailbox": mailbox
    case "authority": authority
    case "facts": facts.joined(separator: "\n")
    case "ground": ground
    case "necessity": necessity
    case "scope": scope
    case "period": period
    case "follow_up": followUp
    case "earlier": earlier
    case "redress": redress
    case "effect": effect
    case "reply_by": replyBy
    default: nil
    }
  }

  /// Everything that people wrote, for the linter.
  var all: [String] {
    [authority, ground, necessity, scope, period, followUp, earlier, redress, effect, replyBy]
      + facts
  }
}
