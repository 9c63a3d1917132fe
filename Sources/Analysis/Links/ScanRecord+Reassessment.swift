import Bytes
public import Markup

extension ScanRecord {
  /// A written record with the hits and the assessment of `found`, all else as it was; nil when it is
  /// no record.
  public static func reassessed(
    _ record: JSONValue, as found: AnalysedAdvert, text: [UInt8]
  ) -> JSONValue? {
    guard case .object(var members) = record else { return nil }
    var json = JSONWriter()
    json.object { json in writeFindings(of: found, in: text, to: &json) }
    guard case .object(let findings)? = JSONValue(parsing: json.bytes) else { return nil }
    for finding in findings {
      guard let index = members.firstIndex(where: { $0.name == finding.name }) else { return nil }
      members[index] = finding
    }
    return .object(members)
  }
}
