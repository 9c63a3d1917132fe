import ArgumentParser
import Bytes
import CaseStore
import Crawling
import Vocabulary

/// `adwatch hold`.
struct Hold: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hold",
    abstract: "Keep something whatever its retention says.",
    discussion: """
      A legal hold stops 'adwatch purge' for what it names. Who placed and ended it, and why, stands in
      the custody log.

      Example:
        adwatch hold add source:north --why "order of the court" --reference 26/1234
      """,
    subcommands: [Add.self, Remove.self, List.self])

  /// `adwatch hold add`.
  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Place a hold.",
      discussion: """
        What is held: everything, source:NAME, url:URL, capture:NUMBER, advert:NUMBER,
        advert:SOURCE/KEY, or cluster:NUMBER, which holds each advert that is in the cluster now.

        Example:
          adwatch hold add advert:north/12345 --why "asked for by the prosecutor"
        """)

    @Argument(help: "What is held.")
    var target: String

    @Option(help: "The reason, as it will stand in the custody log.")
    var why: String

    @Option(help: "The order or file that it goes back to.")
    var reference: String?

    @OptionGroup var data: DataOption

    func run() throws {
      guard why.contains(where: { !$0.isWhitespace }) else {
        throw UsageProblem(description: "--why has to say something")
      }
      let store = try DataFolder(path: data.data, access: .read).store
      do {
        for target in try targets(store) {
          let id = try store.hold(
            target, why: why, reference: reference, by: Operator.actor, at: Timestamp.now)
          try Output.print("hold \(id): \(shown(target.text))")
        }
      } catch CaseStoreError.refused(let why) {
        throw UsageProblem(description: shown(why))
      }
    }

    private func targets(_ store: CaseStore) throws -> [LegalHold.Target] {
      if target.hasPrefix("cluster:") {
        let adverts = try Int64(target.dropFirst("cluster:".count)).map(store.adverts) ?? []
        guard !adverts.isEmpty else {
          throw UsageProblem(description: "there is no \(shown(target))")
        }
        return adverts.map(LegalHold.Target.advert)
      }
      if let target = LegalHold.Target(target) { return [target] }
      let parts = target.dropFirst("advert:".count).split(separator: "/", maxSplits: 1)
      if target.hasPrefix("advert:"), parts.count == 2,
        let number = try store.advertNumber(source: String(parts[0]), key: String(parts[1]))
      {
        return [.advert(number)]
      }
      throw UsageProblem(
        description: "'\(shown(target))' is not everything, source:NAME, url:URL, capture:NUMBER, "
          + "advert:NUMBER, advert:SOURCE/KEY or cluster:NUMBER of what is there")
    }
  }

  /// `adwatch hold remove`.
  struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "End a hold: retention is in force again.",
      discussion: """
        Example:
          adwatch hold remove 3 --why "the case is closed"
        """)

    @Argument(help: "The hold's number.")
    var number: Int64

    @Option(help: "The reason, as it will stand in the custody log.")
    var why: String

    @OptionGroup var data: DataOption

    func run() throws {
      guard why.contains(where: { !$0.isWhitespace }) else {
        throw UsageProblem(description: "--why has to say something")
      }
      let store = try DataFolder(path: data.data, access: .read).store
      do {
        try store.liftHold(number, why: why, by: Operator.actor, at: Timestamp.now)
      } catch CaseStoreError.refused(let why) {
        throw UsageProblem(description: why)
      }
      try Output.print("hold \(number) ended")
    }
  }

  /// `adwatch hold list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "The holds in force.",
      discussion: """
        Example:
          adwatch hold list --all
        """)

    @Flag(help: "Those that were ended as well.")
    var all = false

    @Flag(help: "One JSON object a line instead of text.")
    var json = false

    @OptionGroup var data: DataOption

    func run() throws {
      let store = try DataFolder(path: data.data, access: .read).store
      for hold in try store.holds(inForce: !all) {
        try Output.print(json ? Self.json(hold) : Self.text(hold))
      }
    }

    private static func text(_ hold: LegalHold) -> String {
      var text =
        "\(hold.id)  \(hold.target.text)  by \(hold.placedBy) at \(hold.placedAt.rfc3339): \(hold.why)"
      if let reference = hold.reference { text += " (\(reference))" }
      if let at = hold.liftedAt {
        text += "; ended by \(hold.liftedBy ?? "") at \(at.rfc3339): \(hold.liftedWhy ?? "")"
      }
      return shown(text)
    }

    private static func json(_ hold: LegalHold) -> String {
      var json = JSONWriter()
      json.object { json in
        json.key("id")
        json.integer(Int(hold.id))
        for (key, value) in [
          ("target", hold.target.text), ("why", hold.why), ("reference", hold.reference),
          ("placed_at", hold.placedAt.rfc3339), ("placed_by", hold.placedBy),
          ("lifted_at", hold.liftedAt?.rfc3339), ("lifted_by", hold.liftedBy),
          ("lifted_why", hold.liftedWhy),
        ] {
          json.key(key)
          json.string(value)
        }
      }
      return json.text
    }
  }
}
