import Foundation
import TestSupport
import Testing

/// The real process killed, and the real disk filled.
@Suite(.enabled(if: Nginx.isInstalled, "no nginx here"), .serialized, .timeLimit(.minutes(15)))
struct FaultTests {
  private static let pages = 60
  private static let delay = 0.05

  /// A site of so many adverts under nginx, and the source that watches it.
  private func site(_ folder: Program.Folder, filler: Int = 200) throws -> (Nginx, seeds: String) {
    let links = (1...Self.pages).map { "<a href=\"/job/\($0).html\">\($0)</a>" }.joined(
      separator: " ")
    var files = ["index.html": Array("<title>Jobs</title>\(links)".utf8)]
    for number in 1...Self.pages {
      // Text that does not compress: the disk shall fill.
      let words = (0..<filler).map { String(($0 &* 2_654_435_761 &+ number &* 40_503) % 999_983) }
      files["job/\(number).html"] = Array(
        "<title>Job \(number)</title><p>\(words.joined(separator: " "))</p>".utf8)
    }
    let server = try Nginx(files: files) { directory, port in
      """
      log_format times '$msec $request_time $request_uri $status';
      access_log \(directory.path)/times.log times;
      server { listen 127.0.0.1:\(port); }
      """
    }
    let seeds = try folder.write(
      "site.yaml",
      """
      format: adwatch.source/1
      source: site
      start: ["http://127.0.0.1:\(server.port)/"]
      scope: {hosts: ["127.0.0.1:\(server.port)"]}
      adverts: {url: "/job/*"}
      politeness: {delay: \(Self.delay)}
      network: {allow: [127.0.0.0/8]}
      purpose: test
      legal_basis: none needed
      """)
    return (server, seeds)
  }

  private func visits(_ server: Nginx) throws -> [(at: Double, path: String)] {
    let log = try String(
      contentsOf: server.directory.appendingPathComponent("times.log"), encoding: .utf8)
    return log.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: " ")
      guard parts.count == 4, let end = Double(parts[0]), let took = Double(parts[1]) else {
        return nil
      }
      return (end - took, String(parts[2]))
    }
  }

  @Test func killedAtAnyInstantItLosesNothingDoublesNothingAndStaysPolite() throws {
    let folder = try Program.Folder()
    let (server, seeds) = try site(folder)
    defer { server.stop() }
    let data = folder.path + "/data"
    let arguments = [
      "crawl", "--once", "--data", data, "--seeds", seeds, "--patterns",
      Program.repository.appendingPathComponent("Patterns").path,
    ]
    for round in 0..<20 {
      let process = try ChildProcess(Program.path, arguments)
      // Spread over start-up, crawl and commit; the start-up of a debug build takes about a second.
      usleep(UInt32(700_000 + round * 73_000))
      kill(process.identifier, SIGKILL)
      process.wait()
      guard FileManager.default.fileExists(atPath: data + "/adwatch.sqlite") else { continue }
      let verified = try Program.run("verify", "--data", data)
      #expect(verified.status == 0, "round \(round): \(verified.output)\(verified.errors)")
    }
    let last = try Program.run(
      "crawl", "--once", "--data", data, "--seeds", seeds)
    #expect(last.status == 0, "\(last.errors)")
    let verified = try Program.run("verify", "--data", data)
    #expect(verified.status == 0, "\(verified.output)")
    try foreignToolsAgree(data)
    let status = try Program.run("status", "--json", "--data", data)
    let source = (status.objects.first?["sources"] as? [[String: Any]])?.first
    #expect(source?["addresses"] as? Int == Self.pages + 1)
    #expect(source?["unvisited"] as? Int == 0)
    #expect(source?["adverts"] as? Int == Self.pages)
    // Robots.txt aside, each page became evidence exactly once, however often it was asked for.
    #expect(status.objects.first?["captures"] as? Int ?? 0 >= Self.pages + 2)
    let visits = try visits(server).sorted { $0.at < $1.at }
    #expect(Set(visits.map(\.path)).count == Self.pages + 2)
    for (one, next) in zip(visits, visits.dropFirst()) {
      #expect(next.at - one.at > Self.delay - 0.03, "\(next.path) came after \(next.at - one.at) s")
    }
  }

  /// Every file that holds evidence, as three programs of others see it.
  private func foreignToolsAgree(_ data: String) throws {
    let files = (FileManager.default.enumerator(atPath: data)?.compactMap { $0 as? String } ?? [])
      .filter { $0.hasSuffix(".warc.gz") }.map { data + "/" + $0 }
    #expect(!files.isEmpty)
    for (tool, words) in [
      ("warcio", ["check"]), ("fastwarc", ["check"]), ("cdxj-indexer", []),
    ] where Tools.have(tool) {
      for file in files {
        let result = try Tools.run(tool, words + [file])
        #expect(result.status == 0, "\(tool) \(file): \(result.output)")
      }
    }
  }

  @Test(.enabled(if: getuid() == 0, "only root can mount a small disk"))
  func aFullDiskStopsTheCrawlCleanlyAndMoreRoomLetsItGoOn() throws {
    let folder = try Program.Folder()
    let (server, seeds) = try site(folder, filler: 12_000)
    defer { server.stop() }
    let disk = folder.path + "/disk"
    try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
    let mounted = try ChildProcess(
      "/bin/mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", disk]
    ).wait()
    guard mounted == 0 else { return }  // No mounts in this sandbox.
    defer { _ = try? ChildProcess("/bin/umount", [disk]).wait() }
    let data = disk + "/data"
    let first = try Program.run("crawl", "--once", "--data", data, "--seeds", seeds)
    #expect(first.status == 3, "\(first.errors)")
    #expect(first.errors.contains("no space left"), "\(first.errors)")
    _ = try ChildProcess("/bin/mount", ["-o", "remount,size=64m", disk]).wait()
    let verified = try Program.run("verify", "--data", data)
    #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
    let second = try Program.run("crawl", "--once", "--data", data, "--seeds", seeds)
    #expect(second.status == 0, "\(second.errors)")
    let status = try Program.run("status", "--json", "--data", data)
    let source = (status.objects.first?["sources"] as? [[String: Any]])?.first
    #expect(source?["adverts"] as? Int == Self.pages)
    #expect(try Program.run("verify", "--data", data).status == 0)
  }
}
