import Foundation
import Testing

@testable import Markup

@Suite struct EncodingConformanceTests {
  static let prescanFolder = "conformance/html5lib/encoding"
  static let charsetFolder = "conformance/charset"

  /// The declarations that html5lib expects to be found in the first bytes.
  @Test(.enabled(if: DataSets.has(prescanFolder), "html5lib's tests are not beside the project"))
  func html5libPrescan() throws {
    var failures: [String] = []
    var run = 0
    for file in DataSets.files(Self.prescanFolder, endingIn: ".dat")
    where !file.contains("scripted") {
      for (data, name) in Self.cases(try DataSets.bytes(file)) {
        run += 1
        let expected = TextEncoding(label: name.utf8)
        // Browsers go on where the prescan stops, so a later declaration counts as well.
        let found =
          DecodedText.byteOrderMark(of: data)?.encoding
          ?? MetaPrescan.encoding(of: data.prefix(MetaPrescan.length))
          ?? MetaPrescan.encoding(of: data[...]) ?? .windows1252
        if found != expected {
          failures.append("\(String(decoding: data, as: UTF8.self)): \(found), not \(name)")
        }
      }
    }
    #expect(failures.isEmpty, "\(failures.count) of \(run): \(failures)")
    #expect(run > 50)
  }

  static func cases(_ bytes: [UInt8]) -> [(data: [UInt8], name: String)] {
    var cases: [(data: [UInt8], name: String)] = []
    var data: [UInt8]?
    var isName = false
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if line.elementsEqual("#data".utf8) {
        data = []
        isName = false
      } else if line.elementsEqual("#encoding".utf8) {
        isName = true
      } else if isName, let text = data, !line.isEmpty {
        cases.append((text.dropLast() + [], String(decoding: line, as: UTF8.self)))
        data = nil
      } else if data != nil {
        data? += line + [0x0A]
      }
    }
    return cases
  }

  /// Pages in 51 encodings: those that the standard has must come out as when decoded by name.
  @Test(.enabled(if: DataSets.has(charsetFolder), "the charset pages are not beside the project"))
  func charsetFolders() throws {
    var same = 0
    var all = 0
    var different: [String] = []
    for file in DataSets.files(Self.charsetFolder) {
      let folder = file.split(separator: "/")[2]
      let label = folder.lowercased().split(separator: "-").prefix {
        !Self.languages.contains(String($0))
      }.joined(separator: "-")
      guard let encoding = Self.encoding(label) else { continue }
      all += 1
      let bytes = try DataSets.bytes(file)
      // In "UTF-16" the byte order is the mark's to tell.
      let byMark = label == "utf-16" ? DecodedText.byteOrderMark(of: bytes)?.encoding : nil
      let found = DecodedText(bytes: bytes, declared: nil, isHTML: true, limits: MarkupLimits())
      var expected = ByteDecoding.decode(bytes, from: 0, as: byMark ?? encoding)
      if expected.starts(with: [0xEF, 0xBB, 0xBF]) { expected.removeFirst(3) }
      if found.text == expected {
        same += 1
      } else {
        different.append("\(file.dropFirst(20)): \(found.encoding.name)")
      }
    }
    let share = Double(same) / Double(max(1, all))
    #expect(share >= 0.985, "\(same) of \(all); not: \(different)")
  }

  static let languages: Set<String> = [
    "arabic", "bulgarian", "croatian", "czech", "greek", "hebrew", "hungarian", "polish",
    "romanian", "russian", "slovak", "slovene", "turkish",
  ]

  /// The encoding of the standard that a folder is about; nil where it has none.
  static func encoding(_ label: String) -> TextEncoding? {
    switch label {
    case "cp932": .shiftJis
    case "cp949": .eucKr
    case "maccyrillic": .xMacCyrillic
    case "macroman": .macintosh
    case "utf-8-sig": .utf8
    default: TextEncoding(label: label.utf8).flatMap { $0 == .replacement ? nil : $0 }
    }
  }
}
