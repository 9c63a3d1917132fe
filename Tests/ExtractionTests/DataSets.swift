import Foundation

/// Real material that stays outside the project; tests that need it are skipped without it.
enum DataSets {
  static let root = URL(
    fileURLWithPath: ProcessInfo.processInfo.environment["ADWATCH_DATA_SETS"] ?? "../shared/data")

  static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: root.appendingPathComponent(path).path)
  }

  static func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: root.appendingPathComponent(path)))
  }

  static func json(_ path: String) throws -> Any {
    try JSONSerialization.jsonObject(
      with: Data(contentsOf: root.appendingPathComponent(path)), options: [.fragmentsAllowed])
  }

  static func names(_ path: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(
      atPath: root.appendingPathComponent(path).path)) ?? []).sorted()
  }
}

/// True and false positives and misses.
struct Score {
  var hits = 0
  var extra = 0
  var missed = 0
  var precision: Double { hits + extra == 0 ? 1 : Double(hits) / Double(hits + extra) }
  var recall: Double { hits + missed == 0 ? 1 : Double(hits) / Double(hits + missed) }
  /// The harmonic mean of precision and recall.
  var f1: Double {
    precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall)
  }

  mutating func add(found: [String], expected: [String]) {
    var rest = expected
    for value in found {
      if let index = rest.firstIndex(of: value) {
        rest.remove(at: index)
        hits += 1
      } else {
        extra += 1
      }
    }
    missed += rest.count
  }
}
