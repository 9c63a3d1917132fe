/// A point in time in UTC, as whole milliseconds since 1970-01-01T00:00:00Z.
///
/// The pure modules take time as a value and never read a clock; this is that value. Dates are
/// proleptic Gregorian, by the civil-from-days algorithm of Howard Hinnant (*chrono-Compatible
/// Low-Level Date Algorithms*).
public struct Timestamp: Sendable, Hashable, Comparable {
  /// Milliseconds since the epoch; negative before it.
  public var milliseconds: Int64

  @inlinable public init(milliseconds: Int64) { self.milliseconds = milliseconds }
  @inlinable public init(seconds: Int64) { self.milliseconds = seconds * 1000 }

  @inlinable public static func < (a: Self, b: Self) -> Bool { a.milliseconds < b.milliseconds }
  /// The time `seconds` later; fractions below a millisecond are dropped.
  @inlinable public static func + (a: Self, seconds: Double) -> Self {
    Self(milliseconds: a.milliseconds + Int64(seconds * 1000))
  }
  /// Seconds from `b` to `a`.
  @inlinable public static func - (a: Self, b: Self) -> Double {
    Double(a.milliseconds - b.milliseconds) / 1000
  }

  /// The whole second, rounded down.
  public var seconds: Int64 {
    milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000
  }
}

extension Timestamp {
  /// A date and a time of day in UTC.
  public struct Civil: Sendable, Hashable {
    /// Proleptic Gregorian year.
    public var year: Int
    /// 1 to 12.
    public var month: Int
    /// 1 to 31.
    public var day: Int
    /// 0 to 23.
    public var hour: Int
    /// 0 to 59.
    public var minute: Int
    /// 0 to 59.
    public var second: Int

    public init(
      year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0
    ) {
      self.year = year
      self.month = month
      self.day = day
      self.hour = hour
      self.minute = minute
      self.second = second
    }
  }

  /// The date and time of day, whole seconds.
  public var civil: Civil {
    let days = Int((seconds >= 0 ? seconds : seconds - 86_399) / 86_400)
    let rest = Int(seconds) - days * 86_400
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return Civil(
      year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
      day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1,
      hour: rest / 3600, minute: rest / 60 % 60, second: rest % 60)
  }

  /// The point in time of a date; fields are taken as they are, unchecked.
  public init(civil: Civil) {
    let year = civil.month <= 2 ? civil.year - 1 : civil.year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let shiftedMonth = civil.month > 2 ? civil.month - 3 : civil.month + 9
    let dayOfYear = (153 * shiftedMonth + 2) / 5 + civil.day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    let days = era * 146_097 + dayOfEra - 719_468
    self.init(
      seconds: Int64(days * 86_400 + civil.hour * 3600 + civil.minute * 60 + civil.second))
  }

  /// RFC 3339 in UTC, whole seconds: `2026-01-02T03:04:05Z`.
  public var rfc3339: String {
    let c = civil
    return "\(pad(c.year, 4))-\(pad(c.month))-\(pad(c.day))"
      + "T\(pad(c.hour)):\(pad(c.minute)):\(pad(c.second))Z"
  }

  /// RFC 3339 in UTC with milliseconds: `2026-01-02T03:04:05.678Z`.
  public var rfc3339Milliseconds: String {
    String(rfc3339.dropLast()) + "." + pad(Int(milliseconds - seconds * 1000), 3) + "Z"
  }

  /// Fourteen digits as web archives write them: `20260102030405`.
  public var digits14: String {
    let c = civil
    return pad(c.year, 4) + pad(c.month) + pad(c.day) + pad(c.hour) + pad(c.minute) + pad(c.second)
  }

  private func pad(_ value: Int, _ width: Int = 2) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

extension Timestamp {
  /// Reads RFC 3339 (`2026-01-02T03:04:05Z`, fractions and offsets allowed) or a bare date; nil if it is neither.
  public init?(rfc3339 text: String) {
    var scan = DigitScanner(text)
    guard let year = scan.number(4), scan.take("-"), let month = scan.number(2), scan.take("-"),
      let day = scan.number(2), (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    if scan.atEnd {
      self.init(civil: Civil(year: year, month: month, day: day))
      return
    }
    guard scan.take("T") || scan.take("t") || scan.take(" "), let hour = scan.number(2),
      scan.take(":"), let minute = scan.number(2), scan.take(":"), let second = scan.number(2),
      hour < 24, minute < 60, second <= 60
    else { return nil }
    var fraction = 0
    if scan.take(".") {
      var scale = 100
      guard let first = scan.number(1) else { return nil }
      fraction = first * scale
      while let digit = scan.number(1) {
        scale /= 10
        fraction += digit * scale
      }
    }
    var offset = 0
    if !(scan.take("Z") || scan.take("z")) {
      let sign = scan.take("+") ? 1 : scan.take("-") ? -1 : 0
      guard sign != 0, let hours = scan.number(2), scan.take(":"), let minutes = scan.number(2)
      else { return nil }
      offset = sign * (hours * 60 + minutes) * 60
    }
    guard scan.atEnd else { return nil }
    let civil = Civil(
      year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    self.init(
      milliseconds: (Timestamp(civil: civil).seconds - Int64(offset)) * 1000 + Int64(fraction))
  }

  /// Reads an HTTP date in any of the three forms of RFC 9110 section 5.6.7; nil if it is none.
  public init?(httpDate text: String) {
    let months = [
      "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
    let words = text.lowercased().split(whereSeparator: { " ,-".contains($0) }).map(String.init)
    guard words.count >= 5 else { return nil }
    let asctime = months.contains(words[1])
    let (dayWord, monthWord, yearWord, timeWord) =
      asctime ? (words[2], words[1], words[4], words[3]) : (words[1], words[2], words[3], words[4])
    guard let day = Int(dayWord), let month = months.firstIndex(of: monthWord),
      var year = Int(yearWord), (1...31).contains(day)
    else { return nil }
    if yearWord.count == 2 { year += year < 70 ? 2000 : 1900 }
    let clock = timeWord.split(separator: ":").compactMap { Int($0) }
    guard clock.count == 3, clock[0] < 24, clock[1] < 60, clock[2] <= 60,
      clock.allSatisfy({ $0 >= 0 }), (1...9999).contains(year)
    else { return nil }
    self.init(
      civil: Civil(
        year: year, month: month + 1, day: day, hour: clock[0], minute: clock[1], second: clock[2]))
  }
}

private struct DigitScanner {
  private var rest: Substring.UTF8View
  init(_ text: String) { rest = Substring(text).utf8 }
  var atEnd: Bool { rest.isEmpty }

  mutating func take(_ byte: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: byte) else { return false }
    rest = rest.dropFirst()
    return true
  }

  mutating func number(_ width: Int) -> Int? {
    var value = 0
    var tail = rest
    for _ in 0..<width {
      guard let byte = tail.first, (48...57).contains(byte) else { return nil }
      value = value * 10 + Int(byte - 48)
      tail = tail.dropFirst()
    }
    rest = tail
    return value
  }
}
