import Foundation
import TestSupport
import Testing

/// Backup, figures, alerts and units, through the program as it is run.
@Suite(.timeLimit(.minutes(3))) struct OperationsTests {
  private final class Site {
    let folder: Program.Folder
    let server: ScriptedServer
    let seeds: String
    var data: String { folder.path + "/data" }

    init(delay: String = "0s") throws {
      folder = try Program.Folder()
      server = try ScriptedServer { request, connection in
        let path = request.target
        let known = ["/", "/job/1", "/job/2"].contains(path)
        let links = path == "/" ? "<a href=\"/job/1\">1</a> <a href=\"/job/2\">2</a>" : ""
        connection.respond(
          known ? "200 OK" : "404 Not Found", headers: ["Content-Type: text/html"],
          text: "<title>Job \(path)</title><p>You pick zanderfilet. \(links)</p>")
      }
      seeds = try folder.write(
        "site.yaml",
        """
        format: adwatch.source/1
        source: site
        start: ["\(server.url())"]
        scope: {hosts: ["127.0.0.1:\(server.port)"]}
        adverts: {url: "/job/*"}
        politeness: {delay: \(delay)}
        network: {allow: [127.0.0.0/8]}
        purpose: test
        legal_basis: none needed
        """)
    }

    deinit { server.stop() }

    func crawl(_ data: String? = nil, _ more: String...) throws -> Program.Result {
      let words =
        [
          "crawl", "--once", "--longest-wait", "0", "--data", data ?? self.data, "--seeds", seeds,
        ] + more
      return try Program.run(words)
    }
  }

  // MARK: - Backup

  @Test func aBackupThatIsPutBackIsWholeAndPolite() throws {
    let site = try Site()
    #expect(try site.crawl().status == 0)
    let copy = site.folder.path + "/copy"
    #expect(try Program.run("backup", copy, "--data", site.data).status == 0)
    let again = try Program.run("backup", copy, "--data", site.data)
    #expect(again.output.contains("0 B copied") || again.output.contains("0 bytes copied"))
    // A day passes, in which the site asked to be left alone: the copy knows nothing of that.
    #expect(try site.crawl(nil, "--revisit").status == 0)
    let before = site.server.seen.requests.count
    let back = site.folder.path + "/back"
    let restored = try Program.run("restore", copy, "--data", back)
    #expect(restored.status == 0, "\(restored.errors)")
    let verified = try Program.run("verify", "--data", back)
    #expect(verified.status == 0, "\(verified.output)")
    // Within the wait nothing at all is asked, whatever is due.
    #expect(try site.crawl(back, "--revisit").status == 0)
    #expect(site.server.seen.requests.count == before)
    // Nothing is put over what is there, and half a backup is none.
    #expect(try Program.run("restore", copy, "--data", back).status == 3)
    try FileManager.default.removeItem(atPath: copy + "/backup.json")
    let half = try Program.run("restore", copy, "--data", site.folder.path + "/other")
    #expect(half.status == 3 && half.errors.contains("no whole backup"))
    // What is behind the wait is asked again, robots.txt first.
    let soon = site.folder.path + "/soon"
    #expect(try Program.run("backup", copy, "--data", site.data).status == 0)
    #expect(try Program.run("restore", copy, "--data", soon, "--wait", "0").status == 0)
    #expect(
      try Program.run(
        "crawl", "--once", "--revisit", "--data", soon, "--seeds", site.seeds
      ).status == 0)
    let after = site.server.seen.requests.dropFirst(before).map(\.target)
    #expect(after.first == "/robots.txt")
    #expect(Set(after) == ["/robots.txt", "/", "/job/1", "/job/2"])
    #expect(try Program.run("verify", "--data", soon).status == 0)
  }

  @Test func aSecondWriterIsRefusedAndToldWhoHoldsTheFolder() throws {
    let site = try Site(delay: "30s")
    let first = try ChildProcess(
      Program.path,
      [
        "crawl", "--data", site.data, "--seeds", site.seeds, "--patterns",
        Program.repository.appendingPathComponent("Patterns").path,
      ])
    defer { first.stop() }
    let lock = site.data + "/lock"
    let deadline = Date(timeIntervalSinceNow: 30)
    while (try? String(contentsOfFile: lock, encoding: .utf8))?.isEmpty ?? true, Date() < deadline {
      usleep(20_000)
    }
    for words in [
      ["crawl", "--once", "--seeds", site.seeds], ["purge"],
    ] {
      let second = try Program.run(words + ["--data", site.data])
      #expect(second.status == 3)
      #expect(second.errors.contains("process \(first.identifier)"), "\(second.errors)")
    }
  }

  // MARK: - Figures

  @Test func figuresAreServedAndLogLinesAreObjects() throws {
    let site = try Site(delay: "60s")
    let log = site.folder.path + "/log"
    let crawl = try ChildProcess(
      Program.path,
      [
        "crawl", "--data", site.data, "--seeds", site.seeds, "--patterns",
        Program.repository.appendingPathComponent("Patterns").path, "--metrics", "127.0.0.1:0",
        "--log", "json",
      ], output: log)
    defer { crawl.stop() }
    var port: String?
    let deadline = Date(timeIntervalSinceNow: 30)
    while port == nil, Date() < deadline {
      usleep(20_000)
      port =
        Self.objects(log).compactMap { ($0["fields"] as? [String: Any])?["port"] as? String }
        .first
    }
    let address = "http://127.0.0.1:\(try #require(port))"
    var page = ""
    while !page.contains("adwatch_source_due{source=\"site\"}"), Date() < deadline {
      page = try Self.get("\(address)/metrics")
    }
    #expect(page.contains("# TYPE adwatch_pages_total counter"))
    #expect(page.contains("adwatch_build_info{version=\"") && page.hasSuffix("\n"))
    #expect(!page.contains("zanderfilet") && !page.contains("/job/"))
    #expect(try Self.get("\(address)/healthz") == "ok\n")
    #expect(try Self.get("\(address)/other").hasPrefix("/metrics"))
    for object in Self.objects(log) {
      #expect(Set(object.keys) == ["ts", "level", "message", "fields"])
    }
    if Tools.have("python") {
      let file = try site.folder.write("page", page)
      let read = try Tools.run(
        "python",
        [
          "-c",
          """
          import sys
          from prometheus_client.parser import text_string_to_metric_families as read
          families = list(read(open(sys.argv[1]).read()))
          print(len(families), all(f.documentation and f.samples for f in families))
          """, file,
        ])
      #expect(read.status == 0, "\(read.output)")
      #expect(read.output.hasSuffix("True\n"), "\(read.output)")
      #expect((Int(read.output.split(separator: " ").first ?? "") ?? 0) > 20)
    }
    // Nobody else's machine.
    let refused = try Program.run(
      "crawl", "--data", site.folder.path + "/other", "--seeds", site.seeds, "--metrics",
      "0.0.0.0:9464")
    #expect(refused.status == 2)
  }

  private static func objects(_ log: String) -> [[String: Any]] {
    let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").compactMap {
      try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
    }
  }

  private static func get(_ url: String) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/curl")
    process.arguments = ["-s", "--max-time", "5", url]
    let pipe = Pipe()
    process.standardOutput = pipe
    try Tools.start(process)
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }

  // MARK: - Alerts

  @Test(.enabled(if: Tools.have("python"), "no python in ADWATCH_TOOLS"))
  func alertsAreMailedOnceWithCountsAndALink() throws {
    let site = try Site()
    #expect(try site.crawl().status == 0)
    let mails = site.folder.path + "/mails"
    let portFile = site.folder.path + "/port"
    let script = try site.folder.write(
      "mail.py",
      """
      import asyncio, sys, time
      from aiosmtpd.controller import Controller
      class Keep:
          async def handle_DATA(self, server, session, envelope):
              with open(sys.argv[1], 'ab') as out:
                  out.write(b'TO ' + ' '.join(envelope.rcpt_tos).encode() + b'\\n' + envelope.content)
              return '250 taken'
      import socket
      probe = socket.socket(); probe.bind(('127.0.0.1', 0)); port = probe.getsockname()[1]; probe.close()
      controller = Controller(Keep(), hostname='127.0.0.1', port=port)
      controller.start()
      open(sys.argv[2], 'w').write(str(port))
      time.sleep(120)
      """)
    let server = try ChildProcess("\(Tools.folder)/python", [script, mails, portFile])
    defer { server.stop() }
    let deadline = Date(timeIntervalSinceNow: 30)
    var port = ""
    while port.isEmpty, Date() < deadline {
      usleep(20_000)
      port = (try? String(contentsOfFile: portFile, encoding: .utf8)) ?? ""
    }
    _ = try site.folder.write(
      "data/adwatch.yaml",
      """
      mail: {server: "smtp://127.0.0.1:\(port)", from: adwatch@police.example, tls: false}
      alerts: {to: [duty@police.example], link: "https://review.example/", disk_free_gb: 999999}
      """)
    let dry = try Program.run("alert", "--dry-run", "--data", site.data)
    #expect(dry.status == 0 && dry.output.contains("MiB are left on the disk"))
    let first = try Program.run("alert", "--data", site.data)
    #expect(first.status == 0, "\(first.errors)")
    let second = try Program.run("alert", "--data", site.data)
    #expect(second.status == 0 && second.output.isEmpty)
    let text = try String(contentsOfFile: mails, encoding: .utf8)
    #expect(text.hasPrefix("TO duty@police.example\n"))
    #expect(text.components(separatedBy: "Subject: ").count == 2)
    #expect(text.contains("1 alert on") && text.contains("https://review.example/"))
    #expect(!text.contains("zanderfilet") && !text.contains("127.0.0.1:\(site.server.port)"))
    server.stop()
    // Nobody takes it: said so, and tried again the next time.
    _ = try site.folder.write(
      "data/adwatch.yaml",
      """
      mail: {server: "smtp://127.0.0.1:1", from: adwatch@police.example, tls: false}
      alerts: {to: [duty@police.example], disk_free_gb: 999999, again: 0s}
      """)
    #expect(try Program.run("alert", "--data", site.data).status == 3)
    // A line break in an address would be a command to the server.
    _ = try site.folder.write(
      "data/adwatch.yaml", "alerts: {to: [\"duty@police.example\\r\\nDATA\"]}")
    #expect(try Program.run("alert", "--data", site.data).status == 2)
  }

  // MARK: - Units and dashboard

  @Test(
    .enabled(
      if: FileManager.default.isExecutableFile(atPath: "/usr/bin/systemd-analyze"),
      "no systemd-analyze"))
  func unitsAreRightAndExposeLittle() throws {
    let folder = try Program.Folder()
    let units = Program.repository.appendingPathComponent("ops/systemd").path
    let names = try FileManager.default.contentsOfDirectory(atPath: units).sorted()
    #expect(names.count >= 8)
    for name in names {
      let text = try String(contentsOfFile: "\(units)/\(name)", encoding: .utf8)
      // The program is not installed here.
      _ = try folder.write(
        name, text.replacingOccurrences(of: "/usr/bin/adwatch", with: "/bin/true"))
    }
    let paths = names.map { "\(folder.path)/\($0)" }
    let log = folder.path + "/verify.log"
    _ = try ChildProcess("/usr/bin/systemd-analyze", ["verify", "--man=no"] + paths, output: log)
      .wait()
    let said = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
      .filter { $0.contains("adwatch-") && !$0.contains("Failed to create") }
    #expect(said == [])
    for name in names where name.hasSuffix(".service") {
      let result = folder.path + "/\(name).security"
      let status = try ChildProcess(
        "/usr/bin/systemd-analyze",
        ["security", "--offline=true", "--threshold=20", "\(folder.path)/\(name)"], output: result
      ).wait()
      let text = try String(contentsOfFile: result, encoding: .utf8)
      #expect(status == 0, "\(name): \(text.split(separator: "\n").last ?? "")")
    }
  }

  @Test func theDashboardAsksForFiguresThatThereAre() throws {
    let file = Program.repository.appendingPathComponent("ops/grafana/adwatch.json")
    let object = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
    let panels = try #require(object?["panels"] as? [[String: Any]])
    #expect(panels.count > 10)
    let source = try String(
      contentsOf: Program.repository.appendingPathComponent(
        "Sources/Operations/CrawlMetrics.swift"), encoding: .utf8)
    var asked: Set<String> = []
    for panel in panels {
      for target in panel["targets"] as? [[String: Any]] ?? [] {
        let words = (target["expr"] as? String ?? "").split {
          !($0.isLetter || $0.isNumber || $0 == "_")
        }
        asked.formUnion(words.filter { $0.hasPrefix("adwatch_") }.map(String.init))
      }
    }
    #expect(asked.count > 12)
    for name in asked {
      var short = name.dropFirst("adwatch_".count)
      if short.hasPrefix("source_") { short = short.dropFirst("source_".count) }
      if short.hasSuffix("_total") { short = short.dropLast("_total".count) }
      #expect(source.contains("\"\(short)\"") || source.contains("\"\(name)\""), "\(name)")
    }
  }
}
