import Archive
import Bytes
import CaseStore
import Crawling
import Custody
import Fetching
import Foundation
import Logging
import TestSupport
import Testing
import Vocabulary
import WebAddress

/// Exported packages, checked by us and by others, and altered in every way that matters.
@Suite(.timeLimit(.minutes(15))) struct PackageTests {
  final class Exported {
    let site: CrawlSite
    let key: SigningKey
    var file: String { site.folder.path + "/case.wacz" }

    init(authority: TimeStampAuthority? = nil) async throws {
      site = try CrawlSite([
        "/": CrawlSite.page("Jobs", links: ["/job/1", "/job/2"]),
        "/job/1": CrawlSite.page("Picker", CrawlSite.flaggedText),
        "/job/2": CrawlSite.page("Baker", "You bake bread."),
      ])
      try await site.crawl()
      try await site.crawl { $0.revisit = true }
      key = try SigningKey.make(at: site.folder.path + "/key.pem")
      let authorities = try authority.map {
        [
          Sealing.Authority(
            address: try #require(Address($0.url)), certificates: $0.certificates)
        ]
      }
      _ = try await export(authorities: authorities ?? [])
    }

    @discardableResult
    func export(
      _ selection: CaseStore.CaptureSelection = .init(), to path: String? = nil,
      authorities: [Sealing.Authority] = []
    ) async throws -> PackageExport.Result {
      let fetcher = Fetcher(logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
      let export = PackageExport(
        try DataFolder(path: site.data, access: .write), authorities: authorities,
        software: "test/1")
      let result = try await export.write(
        selection, to: path ?? file, signingWith: key, by: Actor(name: "tester", kind: .person),
        at: Timestamp.now, fetcher: fetcher)
      await fetcher.shutdown()
      return result
    }

    func check(_ path: String? = nil, kept: [KeptHead] = []) throws -> [String] {
      do throws(CustodyFailure) {
        var check = try PackageCheck(path: path ?? file, kept: kept, keys: [key.publicKey])
        return check.run().findings.map(\.description)
      } catch {
        return [error.description]
      }
    }

    /// The package unpacked, by `unzip`'s rules, into a new folder.
    func unpacked() throws -> String {
      let folder = site.folder.path + "/unpacked-\(UUID().uuidString)"
      let zip = try ZIPReader(path: file)
      for entry in zip.entries {
        let path = folder + "/" + entry.name
        try FileManager.default.createDirectory(
          atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        let bytes = try zip.read(entry, from: 0, count: Int(entry.length))
        try Data(bytes).write(to: URL(fileURLWithPath: path))
      }
      return folder
    }
  }

  @Test func aPackageChecksByItselfAndUnpacked() async throws {
    let exported = try await Exported()
    #expect(try exported.check() == [])
    #expect(try exported.check(exported.unpacked()) == [])
    #expect(try exported.site.verify() == [])
    let other = try SigningKey.make(at: exported.site.folder.path + "/other.pem")
    var check = try PackageCheck(path: exported.file, keys: [other.publicKey])
    #expect(check.run().findings.contains { $0.problem.contains("none of the keys given") })
  }

  @Test func whatARevisitRefersToComesAlong() async throws {
    let exported = try await Exported()
    let all = try exported.site.store().select(.init())
    let revisit = try #require(all.last { $0.members.contains { $0.type == "revisit" } })
    var selection = CaseStore.CaptureSelection()
    selection.urls = [revisit.url]
    selection.from = revisit.beganAt
    let path = exported.site.folder.path + "/one.wacz"
    let result = try await exported.export(selection, to: path)
    #expect(result.captures == 2)
    #expect(try exported.check(path) == [])
    selection = .init()
    selection.flagged = true
    let flagged = try exported.site.store().select(selection)
    #expect(Set(flagged.map(\.url)) == [exported.site.server.url("/job/1")])
  }

  @Test func everyChangedByteOfAPackageIsFound() async throws {
    let exported = try await Exported()
    let url = URL(fileURLWithPath: exported.file)
    let original = try Data(contentsOf: url)
    for offset in stride(from: 0, to: original.count, by: max(1, original.count / 300)) {
      var bytes = original
      bytes[offset] ^= 0x01
      try bytes.write(to: url)
      #expect(try !exported.check().isEmpty, "byte \(offset) of \(original.count)")
    }
    for bytes in [original.dropLast(1), original + [0], original.dropFirst(1)] {
      try Data(bytes).write(to: url)
      #expect(try !exported.check().isEmpty)
    }
    try original.write(to: url)
    #expect(try exported.check() == [])
  }

  /// Each file of a package dropped, emptied, and a foreign one added.
  @Test func everyFileCounts() async throws {
    let exported = try await Exported()
    let names = try ZIPReader(path: exported.file).entries.map(\.name)
    #expect(names.count >= 12)
    for name in names {
      let folder = try exported.unpacked()
      let path = folder + "/" + name
      try FileManager.default.removeItem(atPath: path)
      #expect(try !exported.check(folder).isEmpty, "\(name) dropped")
      try Data().write(to: URL(fileURLWithPath: path))
      #expect(try !exported.check(folder).isEmpty, "\(name) emptied")
    }
    let folder = try exported.unpacked()
    try Data("x".utf8).write(to: URL(fileURLWithPath: folder + "/archive/planted.warc.gz"))
    #expect(try exported.check(folder).contains { $0.contains("is not listed") })
  }

  /// A forger without the key may make the list anew; the records still have to be those of the log.
  @Test func aListMadeAnewDoesNotHelpAForger() async throws {
    let exported = try await Exported()
    let folder = try exported.unpacked()
    let forger = try SigningKey.make(at: exported.site.folder.path + "/forger.pem")
    let events = URL(fileURLWithPath: folder + "/custody/events.jsonl")
    var lines = try String(contentsOf: events, encoding: .utf8).split(separator: "\n")
    lines.swapAt(1, 2)
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: events)
    let forged = exported.site.folder.path + "/forged.wacz"
    try Repacking.pack(folder, to: forged, key: forger)
    #expect(try exported.check(forged).contains { $0.contains("is out of order") })
    #expect(try exported.check(forged).contains { $0.contains("none of the keys given") })
    lines.swapAt(1, 2)
    let capture = try #require(lines.firstIndex { $0.contains(#"\"action\":\"capture\""#) })
    lines.remove(at: capture)
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: events)
    try FileManager.default.removeItem(atPath: forged)
    try Repacking.pack(folder, to: forged, key: forger)
    #expect(try exported.check(forged).contains { $0.contains("missing") })
  }

  @Test(.enabled(if: TestAuthority.isAvailable, "no openssl here"))
  func theTimeStampIsInThePackage() async throws {
    let authority = try TimeStampAuthority()
    defer { authority.stop() }
    let exported = try await Exported(authority: authority)
    var check = try PackageCheck(
      path: exported.file, keys: [exported.key.publicKey], authorities: authority.certificates)
    let report = check.run()
    #expect(report.findings == [])
    #expect(
      report.notes.contains { $0.hasPrefix("time-stamped at") && !$0.contains("not checked") })
    let other = try TestAuthority()
    defer { other.remove() }
    check = try PackageCheck(
      path: exported.file, keys: [exported.key.publicKey], authorities: other.certificateFile)
    #expect(check.run().findings.contains { $0.place == "custody/head.tsr" })
  }

  // MARK: - Others

  @Test(.enabled(if: Tools.have("wacz"), "no wacz in ADWATCH_TOOLS"))
  func theFieldsOwnValidatorTakesIt() async throws {
    let exported = try await Exported()
    let result = try Tools.run("wacz", ["validate", "-f", exported.file])
    #expect(result.status == 0, "\(result.output)")
    #expect(result.output.contains("the passed WACZ is valid"), "\(result.output)")
  }

  @Test(.enabled(if: Tools.have("warcio"), "no warcio in ADWATCH_TOOLS"))
  func warcioAndFastwarcCheckItsRecords() async throws {
    let exported = try await Exported()
    let folder = try exported.unpacked() + "/archive"
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      let result = try Tools.run("warcio", ["check", "-v", folder + "/" + name])
      #expect(result.status == 0, "\(result.output)")
      #expect(result.output.contains("digest pass"))
      guard Tools.have("fastwarc") else { continue }
      let fast = try Tools.run("fastwarc", ["check", folder + "/" + name])
      #expect(fast.status == 0, "\(fast.output)")
    }
  }

  @Test(.enabled(if: Tools.have("cdxj-indexer"), "no cdxj-indexer in ADWATCH_TOOLS"))
  func theIndexIsTheOneThatCdxjIndexerMakes() async throws {
    let exported = try await Exported()
    let folder = try exported.unpacked()
    let files = try FileManager.default.contentsOfDirectory(atPath: folder + "/archive").sorted()
    let result = try Tools.run(
      "cdxj-indexer", ["--sort"] + files.map { folder + "/archive/" + $0 })
    #expect(result.status == 0, "\(result.output)")
    let ours = try String(contentsOfFile: folder + "/indexes/index.cdx", encoding: .utf8)
    func entries(_ text: String) -> [String] {
      text.split(separator: "\n").map { line in
        let start = line.firstIndex(of: "{") ?? line.endIndex
        let object =
          (try? JSONSerialization.jsonObject(with: Data(line[start...].utf8))) as? [String: Any]
        let fields = ["url", "mime", "status", "digest", "length", "offset", "filename"]
        return line[..<start] + fields.map { "\(object?[$0] ?? "-")" }.joined(separator: " ")
      }
    }
    #expect(entries(ours) == entries(result.output))
    #expect(entries(ours).count >= 4)
  }

  @Test(
    .enabled(if: Tools.have("wb-manager") && Tools.have("python"), "no pywb in ADWATCH_TOOLS"))
  func pywbTakesItIn() async throws {
    let exported = try await Exported()
    let place = exported.site.folder.path + "/pywb"
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    #expect(try Tools.run("wb-manager", ["init", "case"], in: place).status == 0)
    let added = try Tools.run(
      "wb-manager", ["add", "--unpack-wacz", "case", exported.file], in: place)
    #expect(added.status == 0, "\(added.output)")
    let indexes = place + "/collections/case/indexes"
    let names = try FileManager.default.contentsOfDirectory(atPath: indexes)
    let lines = try names.map { try String(contentsOfFile: indexes + "/" + $0, encoding: .utf8) }
      .joined().split(separator: "\n")
    #expect(lines.contains { $0.contains("/job/1") }, "\(added.output)")
  }
}

/// The page for the court is worth what its commands do: a test runs each of them as it stands there.
@Suite(
  .enabled(
    if: TestAuthority.isAvailable && Tools.have("warcio")
      && FileManager.default.isExecutableFile(atPath: "/usr/bin/unzip"),
    "no openssl, no unzip, or no warcio in ADWATCH_TOOLS"), .timeLimit(.minutes(15)))
struct CourtPageTests {
  private func blocks(_ language: String) throws -> [String] {
    let page = try String(
      contentsOf: CrawlSite.repository.appendingPathComponent("docs/manual/court.md"),
      encoding: .utf8)
    return page.components(separatedBy: "```\(language)\n").dropFirst().compactMap {
      $0.components(separatedBy: "```").first
    }
  }

  private func run(_ folder: String) throws -> (status: Int32, output: String) {
    let shell = try blocks("sh").joined(separator: "\n")
    let program = try #require(try blocks("python").first)
    let script = """
      set -e -o pipefail
      PATH="\(Tools.folder):$PATH"
      cd "\(folder)"
      rm -rf case
      \(shell.replacingOccurrences(of: "cd case", with: "cd case && cp ../authority.pem ../check.py ."))
      python3 check.py
      """
    try Data(program.utf8).write(to: URL(fileURLWithPath: folder + "/check.py"))
    try Data(script.utf8).write(to: URL(fileURLWithPath: folder + "/all.sh"))
    let output = folder + "/output"
    try? FileManager.default.removeItem(atPath: output)
    let status = try ChildProcess("/bin/bash", [folder + "/all.sh"], output: output).wait()
    return (status, try String(contentsOfFile: output, encoding: .utf8))
  }

  @Test func everyCommandWorksAndFindsAChange() async throws {
    let authority = try TimeStampAuthority()
    defer { authority.stop() }
    let exported = try await PackageTests.Exported(authority: authority)
    let folder = exported.site.folder.path
    try FileManager.default.copyItem(
      atPath: authority.certificates, toPath: folder + "/authority.pem")
    let good = try run(folder)
    #expect(good.status == 0, "\(good.output)")
    for line in [
      "every file is as listed", "the list is as signed", "Signature Verified Successfully",
      "Verification: OK", "every record is as the log has it",
      exported.key.publicKey.fingerprint.hex,
    ] {
      #expect(good.output.contains(line), "\(line) is not in \(good.output)")
    }
    let file = URL(fileURLWithPath: exported.file)
    var bytes = try Data(contentsOf: file)
    let zip = try ZIPReader(path: exported.file)
    let entry = try #require(zip.entries.first { $0.name == "custody/events.jsonl" })
    bytes[Int(entry.start) + 20] ^= 1
    try bytes.write(to: file)
    #expect(try run(folder).status != 0)
  }
}

/// Packs a folder as a package again, as one who altered it would.
enum Repacking {
  static func pack(_ folder: String, to path: String, key: SigningKey) throws {
    let list = URL(fileURLWithPath: folder + "/datapackage.json")
    var text = try String(contentsOf: list, encoding: .utf8)
    let names = (FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? [])
      .filter { $0.contains(".") && $0.contains("/") }
    for name in names {
      let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))
      let digest = SHA256.hash([UInt8](data)).labelled
      let pattern =
        "\"bytes\":[0-9]+,\"hash\":\"sha256:[0-9a-f]+\",\"name\":\"[^\"]*\",\"path\":\"\(name)\""
      let last = (name as NSString).lastPathComponent.lowercased()
      text = text.replacingOccurrences(
        of: pattern,
        with:
          "\"bytes\":\(data.count),\"hash\":\"\(digest)\",\"name\":\"\(last)\",\"path\":\"\(name)\"",
        options: .regularExpression)
    }
    let bytes = Array(text.utf8)
    let digestFile = URL(fileURLWithPath: folder + "/datapackage-digest.json")
    var signed = try String(contentsOf: digestFile, encoding: .utf8)
    let hash = SHA256.hash(bytes).labelled
    signed = signed.replacingOccurrences(
      of: "sha256:[0-9a-f]{64}", with: hash, options: .regularExpression)
    let publicKey = key.publicKey.pem.split(separator: "\n").filter { !$0.hasPrefix("-----") }
      .joined()
    signed = signed.replacingOccurrences(
      of: "\"publicKey\":\"[^\"]*\"", with: "\"publicKey\":\"\(publicKey)\"",
      options: .regularExpression)
    let signature = Base64.encode(try key.sign(Array(hash.utf8)))
    signed = signed.replacingOccurrences(
      of: "\"signature\":\"[^\"]*\"", with: "\"signature\":\"\(signature)\"",
      options: .regularExpression)
    let zip = try ZIPWriter(path: path)
    for name in names.sorted() {
      try zip.add(name, [UInt8](Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))))
    }
    try zip.add("datapackage.json", bytes)
    try zip.add("datapackage-digest.json", Array(signed.utf8))
    try zip.finish()
  }
}
