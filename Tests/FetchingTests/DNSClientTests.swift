import Fetching
import Testing
import TestSupport
import WebAddress

/// Questions to a name server that answers as it should, and to those that do not.
@Suite struct DNSClientTests {
  private static let address = NameServer.Record.address([203, 0, 113, 9])

  /// Asks once, on a thread of its own.
  private func ask(
    _ kind: DNSQuestion.Kind = .address, _ name: String = "site.example", tries: Int = 1,
    within: Double = 5, timeout: Double = 0.3, script: @escaping NameServer.Script
  ) async throws -> (reply: DNSReply, seen: [NameServer.Question]) {
    try await Blocking.run {
      let server = try NameServer(script: script)
      defer { server.stop() }
      let client = DNSClient(
        servers: [server.endpoint], timeout: timeout, tries: tries, within: within)
      return (client.ask(DNSQuestion(kind, name)), server.seen)
    }
  }

  @Test func everyKindOfRecordIsRead() async throws {
    let records: [UInt16: [NameServer.Record]] = [
      1: [
        .alias("site.cdn.example"),
        .init(
          name: NameServer.encode("site.cdn.example"), type: 1, data: [203, 0, 113, 9]),
      ],
      28: [.address([0x20, 1, 0xD, 0xB8] + [UInt8](repeating: 0, count: 11) + [1])],
      6: [.authority("ns.site.example", NameServer.encode(["host.master", "site", "example"]))],
      15: [.mail(0, "")],
      16: [.text("64500 64501 | 203.0.113.0/24 | NL | ripencc |"), .text("second")],
    ]
    func reply(_ kind: DNSQuestion.Kind) async throws -> DNSReply {
      let found = try await ask(kind) {
        .messages([NameServer.reply($0, records[$0.type] ?? [])])
      }
      #expect(found.reply.outcome == .answered, "\(kind)")
      #expect(found.seen.map(\.name) == ["site.example"])
      return found.reply
    }
    let four = try await reply(.address)
    #expect(four.addresses.map(\.description) == ["203.0.113.9"])
    #expect(four.aliases == ["site.cdn.example"])
    #expect(try await reply(.address6).addresses.map(\.description) == ["2001:db8::1"])
    #expect(try await reply(.authority).responsible == #"host\.master.site.example"#)
    #expect(try await reply(.mailServers).takesNoMail)
    #expect(
      try await reply(.text).texts == ["64500 64501 | 203.0.113.0/24 | NL | ripencc |", "second"])
  }

  @Test func mailServersThatAreThereTakeMail() async throws {
    let found = try await ask(.mailServers) {
      .messages([NameServer.reply($0, [.mail(10, "mx.site.example")])])
    }
    #expect(found.reply.outcome == .answered && !found.reply.takesNoMail)
  }

  @Test func aCutAnswerIsAskedForOverTCP() async throws {
    let found = try await ask(within: 5) { question in
      question.isOverTCP
        ? .messages([NameServer.reply(question, [Self.address])])
        : .messages([NameServer.reply(question, isCut: true)])
    }
    #expect(found.reply.addresses.map(\.description) == ["203.0.113.9"])
    #expect(found.seen.map(\.isOverTCP) == [false, true])
  }

  @Test func outcomesHaveNames() async throws {
    for (code, outcome) in [
      (3, DNSReply.Outcome.noSuchName), (2, .serverFailure), (5, .refused), (0, .empty),
    ] {
      let found = try await ask { .messages([NameServer.reply($0, code: UInt8(code))]) }
      #expect(found.reply.outcome == outcome, "code \(code)")
      #expect(found.reply.addresses.isEmpty)
    }
    let silent = try await ask { _ in .nothing }
    #expect(silent.reply.outcome == .timedOut && silent.reply.message.isEmpty)
  }

  /// Whoever cannot see the question cannot know its number.
  @Test func anAnswerWithAnotherNumberIsNone() async throws {
    let found = try await ask { question in
      var forged = NameServer.reply(question, [Self.address])
      forged[0] ^= 0xFF
      return .messages([forged])
    }
    #expect(found.reply.outcome == .timedOut && found.reply.addresses.isEmpty)
    let late = try await ask { question in
      var forged = NameServer.reply(question, [.address([198, 51, 100, 66])])
      forged[1] ^= 0x55
      return .messages([forged, NameServer.reply(question, [Self.address])])
    }
    #expect(late.reply.addresses.map(\.description) == ["203.0.113.9"])
  }

  @Test func anAnswerToAnotherQuestionIsNone() async throws {
    let found = try await ask { question in
      var forged = NameServer.reply(question, [Self.address])
      forged[13] = UInt8(ascii: "x")
      return .messages([forged])
    }
    #expect(found.reply.outcome == .timedOut && found.reply.addresses.isEmpty)
  }

  @Test func namesThatPointAtThemselvesEnd() async throws {
    // The data of the record begins behind the question (12 + 18) and the record's head (12).
    let own = UInt8(12 + 18 + 12)
    let loop: [UInt8] = [0xC0, own]
    for (kind, record) in [
      (DNSQuestion.Kind.address, NameServer.Record(type: 5, data: loop)),
      (.authority, NameServer.Record(type: 6, data: loop + [UInt8](repeating: 0, count: 22))),
      (.mailServers, NameServer.Record(type: 15, data: [0, 1, 0xC0, own + 2])),
      (.address, NameServer.Record(name: [0xC0, 30], type: 1, data: [203, 0, 113, 9])),
      (.authority, NameServer.Record(type: 6, data: [0xC0, 0xFF] + loop)),
    ] {
      let found = try await ask(kind) { .messages([NameServer.reply($0, [record])]) }
      let reply = found.reply
      #expect(reply.addresses.isEmpty && reply.responsible == nil && !reply.takesNoMail)
    }
  }

  @Test func aDrippedAnswerEndsInTime() async throws {
    let found = try await ask(within: 0.6) { question in
      question.isOverTCP
        ? .slowly(NameServer.reply(question, [Self.address]), milliseconds: 100)
        : .messages([NameServer.reply(question, isCut: true)])
    }
    #expect(found.reply.outcome == .timedOut)
  }

  @Test func manyRecordsAreCut() async throws {
    let many = (0..<2000).map { NameServer.Record.address([203, 0, 113, UInt8($0 & 255)]) }
    let found = try await ask { question in
      .messages([
        question.isOverTCP
          ? NameServer.reply(question, many) : NameServer.reply(question, isCut: true)
      ])
    }
    #expect(found.reply.addresses.count <= DNSReply.mostRecords)
    let texts = (0..<200).map { NameServer.Record.text("text \($0)") }
    let read = try await ask(.text) { question in
      .messages([
        question.isOverTCP
          ? NameServer.reply(question, texts) : NameServer.reply(question, isCut: true)
      ])
    }
    #expect(read.reply.texts.count == DNSReply.mostRecords)
  }

  @Test func anyBytesAreReadOrRefused() {
    var random = WireRandom(seed: 1035)
    let question = NameServer.Question(
      message: [1, 2, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0] + NameServer.encode("site.example")
        + [0, 1, 0, 1], name: "site.example", type: 1, isOverTCP: false)
    let whole = NameServer.reply(
      question,
      [
        .alias("b.example"), Self.address, .text("text"), .mail(1, "mx.example"),
        .authority("ns.example", NameServer.encode("host.example")),
      ])
    for _ in 0..<4_000 {
      var message = whole
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        message[Int.random(in: 0..<message.count, using: &random)] =
          UInt8.random(in: 0...255, using: &random)
      }
      if Bool.random(using: &random) {
        message = Array(message.prefix(Int.random(in: 0...message.count, using: &random)))
      }
      for kind in [DNSQuestion.Kind.address, .address6, .authority, .mailServers, .text] {
        let reply = DNSReply(DNSQuestion(kind, "site.example"), .answered, message: message)
        #expect(reply.addresses.count <= DNSReply.mostRecords)
        #expect(reply.texts.count <= DNSReply.mostRecords)
        _ = (reply.aliases, reply.responsible, reply.takesNoMail)
      }
    }
  }

  @Test func serversAreAddressesWithOrWithoutPorts() {
    for text in ["192.0.2.53", "192.0.2.53:5353", "[2001:db8::53]:53", "2001:db8::53"] {
      #expect(DNSClient.isServer(text), "\(text)")
    }
    for text in ["", "ns.example", "192.0.2.53,192.0.2.54", "192.0.2.53:x", "a b"] {
      #expect(!DNSClient.isServer(text), "\(text)")
    }
  }

  @Test func resolvingGivesBothFamiliesAndThrowsWithoutAny() async throws {
    try await Blocking.run {
      let server = try NameServer(
        zone: [
          "A both.example": [Self.address],
          "AAAA both.example": [.address([UInt8](repeating: 0x20, count: 16))],
        ])
      defer { server.stop() }
      let client = DNSClient(servers: [server.endpoint], timeout: 0.3, tries: 1, within: 5)
      #expect(try client.addresses(of: "both.example").count == 2)
      #expect(throws: NameFailure.self) { try client.addresses(of: "none.example") }
    }
  }
}

/// The same random numbers every time (SplitMix64).
private struct WireRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
