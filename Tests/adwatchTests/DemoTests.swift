import Foundation
import TestSupport
import Testing

/// The whole loop on the bundled sites under a real web server, held to what the sites' maker knows.
@Suite(.enabled(if: Nginx.isInstalled, "no nginx here"), .timeLimit(.minutes(10)))
struct DemoTests {
  /// The served sites; stopped and removed with the value.
  private final class Sites {
    let folder: Program.Folder
    let server: ChildProcess
    var path: String { folder.path + "/site" }

    init() throws {
      folder = try Program.Folder()
      let generator = Program.repository.appendingPathComponent("ops/demo-site/generate").path
      let site = folder.path + "/site"
      guard try ChildProcess(generator, [site], output: "/dev/null").wait() == 0 else {
        throw Failure(what: "the sites could not be generated")
      }
      server = try ChildProcess(
        "/usr/sbin/nginx",
        [
          "-p", site, "-e", "\(site)/logs/error.log", "-c", "\(site)/nginx.conf", "-g",
          "daemon off;",
        ])
      for _ in 0..<200 where !Loopback.answers(host: "127.0.0.4", port: 8404) { usleep(50_000) }
    }

    deinit { server.stop() }
  }

  private struct Failure: Error { var what: String }

  @Test func theCrawlAgreesWithTheTruthAndAnotherOneIsIncremental() throws {
    try #require(!Loopback.answers(host: "127.0.0.2", port: 8402), "a demo is running already")
    let sites = try Sites()
    let data = sites.folder.path + "/data"
    let first = try Program.run("demo", "--data", data)
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.output.contains("49 of 334 adverts for review."))
    #expect(first.output.contains("nothing wrong."))
    try check(sites, data)
    try checkWithForeignTools(data)

    let before = try counts(data)
    let second = try Program.run("demo", "--data", data)
    #expect(second.status == 0, "\(second.errors)")
    #expect(second.errors.contains("0 new adverts, 0 new for review"))
    let after = try counts(data)
    #expect(after.adverts == before.adverts)
    #expect(after.revisits - before.revisits > 350)
    #expect(after.notModified > 300)
    try checkWithForeignTools(data)
    let verified = try Program.run("verify", "--data", data)
    #expect(verified.status == 0, "\(verified.output)")
    try checkNotices(sites, data)
  }

  /// One advert is preserved, noticed, taken off the site and confirmed gone.
  private func checkNotices(_ sites: Sites, _ data: String) throws {
    guard Tools.have("python") else { return }
    let script = Program.repository.appendingPathComponent("ops/demo-site/notices.py").path
    let loop = try Tools.run("python", [script, Program.path, data, sites.path])
    #expect(loop.status == 0, "\(loop.output)")
    #expect(loop.output.contains("The loop of a notice: as expected"))
  }

  /// Compares flags, reasons, clusters and politeness with what the sites' maker wrote down.
  private func check(_ sites: Sites, _ data: String) throws {
    let flags = try Program.run("flags", "--json", "--data", data)
    let clusters = try Program.run("links", "clusters", "--json", "--data", data)
    let history = try Program.run("scan", "--link", "\(sites.path)/history.jsonl")
    let files = try [
      sites.folder.write("flags.jsonl", flags.output),
      sites.folder.write("clusters.jsonl", clusters.output),
      sites.folder.write("scanned.jsonl", history.output),
    ]
    let log = sites.folder.path + "/check.log"
    let checker = Program.repository.appendingPathComponent("ops/demo-site/check").path
    let status = try ChildProcess(checker, [sites.path] + files, output: log).wait()
    #expect(status == 0, "\((try? String(contentsOfFile: log, encoding: .utf8)) ?? "")")
  }

  private func counts(_ data: String) throws -> (adverts: Int, revisits: Int, notModified: Int) {
    let status = try Program.run("status", "--json", "--data", data)
    let sources = status.objects.first?["sources"] as? [[String: Any]] ?? []
    func sum(_ outcome: String) -> Int {
      sources.reduce(0) { $0 + (($1["outcomes"] as? [String: Int])?[outcome] ?? 0) }
    }
    let types = try recordTypes(data)
    return (
      sources.reduce(0) { $0 + ($1["adverts"] as? Int ?? 0) }, types["revisit"] ?? 0,
      sum("not-modified")
    )
  }

  private func archives(_ data: String) -> [String] {
    let names = FileManager.default.enumerator(atPath: data)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(".warc.gz") }.sorted().map { data + "/" + $0 }
  }

  /// Types of all records, read by a program that is not ours.
  private func recordTypes(_ data: String) throws -> [String: Int] {
    var types: [String: Int] = [:]
    for file in archives(data) {
      let script = """
        import gzip, sys
        for line in gzip.open(sys.argv[1]):
            if line.startswith(b"WARC-Type: "): print(line[11:].decode().strip())
        """
      let log = data + "/../types"
      try? FileManager.default.removeItem(atPath: log)
      _ = try ChildProcess("/usr/bin/env", ["python3", "-c", script, file], output: log).wait()
      for type in try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n") {
        types[String(type), default: 0] += 1
      }
    }
    return types
  }

  private func checkWithForeignTools(_ data: String) throws {
    guard Tools.have("warcio"), Tools.have("fastwarc") else { return }
    for file in archives(data) {
      let warcio = try Tools.run("warcio", ["check", file])
      #expect(warcio.status == 0, "\(warcio.output)")
      let fastwarc = try Tools.run("fastwarc", ["check", file])
      #expect(fastwarc.status == 0, "\(fastwarc.output)")
    }
  }
}
