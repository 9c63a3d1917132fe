import Foundation
import Testing
import Vocabulary

@Suite struct TimestampTests {
  @Test(arguments: [0, 951_782_400, 1_767_323_045, -1, -86_401, 4_102_444_799])
  func agreesWithFoundation(seconds: Int64) {
    let formatter = ISO8601DateFormatter()
    let expected = formatter.string(from: Date(timeIntervalSince1970: Double(seconds)))
    #expect(Timestamp(seconds: seconds).rfc3339 == expected)
    #expect(Timestamp(rfc3339: expected)?.seconds == seconds)
  }

  @Test func everyDayOfFourCenturiesRoundTrips() {
    for day in stride(from: Int64(-135_140), to: 146_097, by: 1) {
      let time = Timestamp(seconds: day * 86_400 + 3_723)
      #expect(Timestamp(civil: time.civil) == time)
    }
  }

  @Test(arguments: [
    "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
  ])
  func httpDatesInAllThreeForms(text: String) {
    #expect(Timestamp(httpDate: text)?.seconds == 784_111_777)
  }

  @Test(arguments: ["", "yesterday", "Sun, 99 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 8:49 GMT"])
  func badHTTPDatesAreNil(text: String) {
    #expect(Timestamp(httpDate: text) == nil)
  }

  @Test func offsetsAndFractions() {
    let time = Timestamp(rfc3339: "2026-01-02T05:04:05.678+02:00")
    #expect(time?.rfc3339Milliseconds == "2026-01-02T03:04:05.678Z")
    #expect(Timestamp(rfc3339: "2026-01-02T05:04:05") == nil)
    #expect(Timestamp(rfc3339: "2026-01-02")?.digits14 == "20260102000000")
  }

  @Test func roundsDownBeforeTheEpoch() {
    #expect(Timestamp(milliseconds: -1).rfc3339Milliseconds == "1969-12-31T23:59:59.999Z")
  }
}
