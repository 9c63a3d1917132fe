import CReviewFiles

/// A language of the application.
enum Language: String, Sendable, CaseIterable {
  case en, nl

  /// What a browser prefers of those that there are (RFC 9110, section 12.5.4); weights are read.
  init(accepting header: String) {
    var best: (language: Language, weight: Double)?
    for range in header.split(separator: ",").prefix(20) {
      let parts = range.split(separator: ";")
      guard let tag = parts.first?.drop(while: { $0 == " " }).prefix(2),
        let language = Language(rawValue: tag.lowercased())
      else { continue }
      let weight =
        parts.dropFirst().first.flatMap { part in
          part.split(separator: "=").last.flatMap { Double($0) }
        } ?? 1
      if best == nil || weight > (best?.weight ?? 0) { best = (language, weight) }
    }
    self = best?.language ?? .en
  }
}

/// The words of the application in one language, from `messages.*.txt`: `key = words` a line.
struct Messages: Sendable {
  let words: [String: String]

  init(text: String) {
    var words: [String: String] = [:]
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      guard let sign = line.firstRange(of: " = ") else { continue }
      words[String(line[..<sign.lowerBound])] = String(line[sign.upperBound...])
    }
    self.words = words
  }

  /// The words of a key, `{0}` and so on replaced; the key itself where there are none.
  subscript(key: String, arguments: String...) -> String {
    var text = words[key] ?? key
    for (place, argument) in arguments.enumerated() {
      text = text.replacing("{\(place)}", with: argument)
    }
    return text
  }
}

/// The files of the application, which are part of the program.
enum BundledFiles {
  /// Contents by name.
  static let all: [String: [UInt8]] = {
    var count = 0
    guard let first = creview_files(&count) else { return [:] }
    var files: [String: [UInt8]] = [:]
    for file in UnsafeBufferPointer(start: first, count: count) {
      files[String(cString: file.name)] = Array(
        UnsafeBufferPointer(start: file.bytes, count: file.length))
    }
    return files
  }()

  static func text(_ name: String) -> String {
    String(decoding: all[name] ?? [], as: UTF8.self)
  }
}
