public import CaseStore
public import Vocabulary

/// Something that a person on duty has to know.
public struct Alert: Sendable, Hashable {
  /// Which one: stays the same while it lasts.
  public var name: String
  /// How much there is of it; a greater number is news.
  public var count: Int
  /// In a line, of counts and of names that the operators themselves gave: never of a page's words.
  public var text: String
}

/// From when on things are to be told.
public struct AlertRules: Sendable, Hashable {
  /// Bytes left on the disk.
  public var diskFree: Int64 = 10 << 30
  /// Seconds without an answer of a source that is visited.
  public var age: Double = 48 * 3600
  /// Seconds after which an alert that lasts is told again.
  public var again: Double = 24 * 3600

  public init() {}
}

extension Alert {
  /// Of the last twenty visits, as many failures as make a source that keeps us out.
  static let manyFailures = 10

  /// What is to be told of, by its name.
  public static func all(
    _ health: StoreHealth, diskFree: Int64?, rules: AlertRules, now: Timestamp
  ) -> [Alert] {
    var alerts: [Alert] = []
    if let diskFree, diskFree < rules.diskFree {
      alerts.append(
        Alert(name: "disk", count: 0, text: "\(diskFree >> 20) MiB are left on the disk"))
    }
    if health.urgent > 0 {
      alerts.append(
        Alert(
          name: "urgent", count: health.urgent,
          text: "\(health.urgent) adverts of the urgent lane wait for a decision"))
    }
    if health.quarantined > 0 {
      alerts.append(
        Alert(
          name: "quarantine", count: health.quarantined,
          text: "\(health.quarantined) pages are set aside: their analysis failed twice"))
    }
    if health.erasures > 0 {
      alerts.append(
        Alert(
          name: "erasures", count: 0,
          text: "\(health.erasures) erasures were begun and not ended: run 'adwatch purge'"))
    }
    for source in health.sources where source.isScheduled {
      if let until = source.blockedUntil {
        alerts.append(
          Alert(
            name: "blocked:\(source.name)", count: 0,
            text: "source \(source.name) asked to be left alone until \(until.rfc3339)"))
      } else if source.recentFailures >= manyFailures {
        alerts.append(
          Alert(
            name: "blocked:\(source.name)", count: 0,
            text: "source \(source.name): \(source.recentFailures) of the last \(source.recent) "
              + "visits were refused or failed"))
      }
      if let last = source.lastAnswer, now - last > rules.age {
        alerts.append(
          Alert(
            name: "age:\(source.name)", count: 0,
            text: "source \(source.name) gave no page since \(last.rfc3339)"))
      }
    }
    return alerts.sorted { $0.name < $1.name }
  }

  /// Those among them that are to be mailed now: new, grown, or told long ago.
  public static func news(
    _ alerts: [Alert], mailed: [String: (at: Timestamp, count: Int)], rules: AlertRules,
    now: Timestamp
  ) -> [Alert] {
    alerts.filter { alert in
      guard let earlier = mailed[alert.name] else { return true }
      return alert.count > earlier.count || now - earlier.at >= rules.again
    }
  }

  /// The message for the role on duty: counts and a link.
  public static func message(
    _ alerts: [Alert], from: String, to: [String], link: String?, host: String, now: Timestamp,
    identifier: String
  ) -> [UInt8] {
    let isUrgent = alerts.contains { $0.name == "urgent" }
    var lines = [
      "From: Adwatch <\(from)>", "To: \(to.joined(separator: ", "))",
      "Subject: [adwatch] \(isUrgent ? "urgent: " : "")\(alerts.count) "
        + (alerts.count == 1 ? "alert" : "alerts") + " on \(printable(host))",
      "Date: \(now.mailDate)", "Message-ID: <\(identifier)@\(printable(host))>",
      "Auto-Submitted: auto-generated", "MIME-Version: 1.0",
      "Content-Type: text/plain; charset=us-ascii",
    ]
    if isUrgent { lines.append("Importance: high") }
    lines.append("")
    lines += alerts.map { "- \(printable($0.text))" }
    if let link { lines += ["", printable(link)] }
    lines += ["", "Written by a machine; what it is about is shown after signing in."]
    // No line of a message may be longer than 998 bytes (RFC 5322 section 2.1.1).
    return lines.flatMap { Array($0.utf8.prefix(990)) + [13, 10] }
  }

  private static func printable(_ text: String) -> String {
    String(decoding: text.utf8.map { (0x20...0x7E).contains($0) ? $0 : 63 }, as: UTF8.self)
  }
}

extension Timestamp {
  /// As a message's header has it (RFC 5322 section 3.3), in UTC: `Fri, 02 Jan 2026 03:04:05 +0000`.
  var mailDate: String {
    let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let seconds = max(0, milliseconds / 1000)
    let parts = rfc3339.split { "-T:Z".contains($0) }.map(String.init)
    let month = months[max(0, min(11, (Int(parts[1]) ?? 1) - 1))]
    return "\(days[Int(seconds / 86_400 % 7)]), \(parts[2]) \(month) \(parts[0]) "
      + "\(parts[3]):\(parts[4]):\(parts[5]) +0000"
  }
}
