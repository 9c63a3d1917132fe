/// What a mail server says became of a message (RFC 3464), of one recipient.
public struct DeliveryReport: Sendable, Hashable {
  /// `failed`, `delayed`, `delivered`, `relayed` or `expanded`, in lower case.
  public var action: String
  /// Enhanced status code (RFC 3463), as `5.1.1`; empty when none is given.
  public var status: String
  /// The recipient; empty when none is named.
  public var recipient: String
  /// What the remote server said; empty when it is not told.
  public var diagnostic: String

  /// Whether the message will not arrive.
  public var isFailure: Bool { action == "failed" && !status.hasPrefix("4.") }

  /// The reports of a message, in their order; empty when it is none.
  static func read(_ mail: ReceivedMail, _ limits: MailLimits) -> [DeliveryReport] {
    let types = ["message/delivery-status", "message/global-delivery-status"]
    guard let part = mail.parts.first(where: { types.contains($0.type) }) else { return [] }
    var reports: [DeliveryReport] = []
    var rest = part.body[...]
    // Groups of fields, the first of the message, the others of a recipient each.
    while !rest.isEmpty, reports.count < limits.maximumParts {
      let (fields, next) = MailHeaderFields.read(rest, limits)
      rest = rest[next...]
      guard let action = fields["action"] else { continue }
      reports.append(
        DeliveryReport(
          action: action.lowercased(), status: fields["status"] ?? "",
          recipient: Self.address(fields["final-recipient"] ?? fields["original-recipient"] ?? ""),
          diagnostic: String(Self.address(fields["diagnostic-code"] ?? "").prefix(500))))
    }
    return reports
  }

  /// What stands after the type: `rfc822; abuse@host.example`.
  private static func address(_ field: String) -> String {
    guard let semicolon = field.firstIndex(of: ";") else { return field }
    return String(field[field.index(after: semicolon)...].drop { $0 == " " })
  }
}
