import Foundation
import Linking

/// Groups of the texts in a file of lines `id,text` after a heading, as InfoShield reads them.
func groups(ofTexts path: String) throws -> [[Int64]] {
  let lines = try String(contentsOfFile: path, encoding: .utf8).split(whereSeparator: \.isNewline)
  var linker = Linker(index: MemoryLinkIndex())
  var groups: [Int64: [Int64]] = [:]
  var ids: [Int64] = []
  for line in lines.dropFirst() {
    let parts = line.split(separator: ",", maxSplits: 1)
    guard parts.count == 2, let id = Int64(parts[0]) else { continue }
    let text = parts[1].trimmingCharacters(in: CharacterSet(charactersIn: "\""))
    var rule = linker.rule
    rule.textWords = 1
    let advert = LinkedAdvert(id: id, source: "file", key: "\(id)", text: Array(text.utf8))
    try linker.add(advert, reading: TextReading(advert, rule: rule))
    ids.append(id)
  }
  _ = try linker.settle()
  for id in ids { groups[linker.index.record(id)?.textGroup ?? -id, default: []].append(id) }
  return groups.values.sorted { ($0.first ?? 0) < ($1.first ?? 0) }
}

/// Writes texts with the truth about them, a JSON object a line.
func dump(_ world: World, _ path: String) throws {
  var lines = Data()
  for index in 0..<world.count {
    let advert = world.advert(index)
    let object: [String: Any] = [
      "language": advert.language ?? "", "text": String(decoding: advert.text, as: UTF8.self),
      "template": world.truth(index).template,
    ]
    lines += try JSONSerialization.data(withJSONObject: object)
    lines.append(0x0A)
  }
  try lines.write(to: URL(fileURLWithPath: path))
}
