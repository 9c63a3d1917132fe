import Foundation

/// The conformance suites that lie beside the project, and the project's own fixtures.
enum ConformanceData {
  static let root = URL(
    fileURLWithPath: ProcessInfo.processInfo.environment["ADWATCH_DATA_SETS"] ?? "../shared/data")
  static let urlSuite = root.appendingPathComponent("conformance/url/tests/wpt")
  static let suffixSuite = root.appendingPathComponent("conformance/publicsuffix")

  static func exists(_ url: URL) -> Bool { FileManager.default.fileExists(atPath: url.path) }

  /// The cases of a web-platform-tests file: its objects; the strings between them are comments.
  static func cases(_ name: String) throws -> [[String: Any]] {
    let text = try String(contentsOf: urlSuite.appendingPathComponent(name), encoding: .utf8)
    let json = try JSONSerialization.jsonObject(with: Data(replacingLoneSurrogates(text).utf8))
    return (json as? [Any] ?? []).compactMap { $0 as? [String: Any] }
  }

  /// A browser turns an unpaired surrogate into U+FFFD before it parses; Swift strings have none.
  static func replacingLoneSurrogates(_ text: String) -> String {
    let bytes = Array(text.utf8)
    func unit(_ at: Int) -> UInt16? {
      guard at + 6 <= bytes.count, bytes[at] == 0x5C, bytes[at + 1] == 0x75 else { return nil }
      return UInt16(String(decoding: bytes[(at + 2)..<(at + 6)], as: UTF8.self), radix: 16)
    }
    var output: [UInt8] = []
    var index = 0
    while index < bytes.count {
      guard bytes[index] == 0x5C else {
        output.append(bytes[index])
        index += 1
        continue
      }
      guard let value = unit(index) else {
        output.append(contentsOf: bytes[index..<min(index + 2, bytes.count)])
        index += 2
        continue
      }
      if (0xD800..<0xDC00).contains(value), let next = unit(index + 6),
        (0xDC00..<0xE000).contains(next)
      {
        output.append(contentsOf: bytes[index..<(index + 12)])
        index += 12
      } else {
        output.append(
          contentsOf: (0xD800..<0xE000).contains(value)
            ? Array("\\uFFFD".utf8) : Array(bytes[index..<(index + 6)]))
        index += 6
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  static func fixture(_ name: String, file: String = #filePath) throws -> String {
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent()
    return try String(
      contentsOf: folder.appendingPathComponent("Fixtures/\(name)"), encoding: .utf8)
  }
}
