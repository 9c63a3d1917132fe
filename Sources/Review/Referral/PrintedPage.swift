import ChildPrograms
import Foundation

/// A page printed to PDF by a browser that is started for it, without a network.
///
/// The page has a policy of its own that allows a style sheet and nothing else.
struct PrintedPage {
  let html: [UInt8]
  /// The style sheet that the page names as `page.css`.
  let style: [UInt8]

  /// The file; nil when the browser failed or took too long.
  ///
  /// Browser and page have a folder of their own, which is gone afterwards.
  func pdf(program: String) -> [UInt8]? {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("adwatch-print-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    do {
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: false,
        attributes: [.posixPermissions: 0o700])
      try Data(html).write(to: folder.appendingPathComponent("page.html"))
      try Data(style).write(to: folder.appendingPathComponent("page.css"))
    } catch {
      return nil
    }
    // A browser maps far more memory than it uses, so that it gets no bound of that kind.
    let child = ChildProgram(
      path: program, limits: .init(seconds: 20, memory: nil, output: 1 << 20))
    var arguments = [
      "--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
      "--disable-extensions", "--disable-background-networking",
      "--user-data-dir=\(folder.path)/profile",
      "--proxy-server=127.0.0.1:9", "--host-resolver-rules=MAP * ~NOTFOUND",
      "--no-pdf-header-footer", "--print-to-pdf=\(folder.path)/page.pdf",
    ]
    // Its sandbox refuses to run as root; the page is ours, and has no script and no network.
    if getuid() == 0 { arguments.append("--no-sandbox") }
    arguments.append("file://\(folder.path)/page.html")
    guard child.run(arguments, in: folder.path) != nil,
      let file = try? Data(contentsOf: folder.appendingPathComponent("page.pdf")),
      file.starts(with: Array("%PDF-".utf8))
    else { return nil }
    return Array(file)
  }
}
