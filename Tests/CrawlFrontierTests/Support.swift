import Configuration
import CrawlFrontier
import Vocabulary
import WebAddress

/// 2026-01-02T03:04:05Z, the moment at which tests begin.
let noon = Timestamp(seconds: 1_767_323_045)

func address(_ text: String) -> Address {
  guard let address = Address(text) else { preconditionFailure("no address: \(text)") }
  return address
}

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

extension Timestamp {
  /// A later time, in seconds.
  func plus(_ seconds: Double) -> Timestamp {
    Timestamp(milliseconds: milliseconds + Int64(seconds * 1000))
  }
}

/// A source with the keys that every source needs, and those of `extra`.
func source(
  _ extra: String = "", name: String = "demo", start: String = "https://jobs.example/"
) throws -> Source {
  try Source(
    yaml: """
      format: adwatch.source/1
      source: \(name)
      start: [\(start)]
      purpose: test
      legal_basis: test
      \(extra)
      """, file: "Seeds/\(name).yaml")
}

/// The problems that reading a source's text gives; empty when it can be read.
func problems(_ text: String) -> [String] {
  do {
    _ = try Source(yaml: text, file: "Seeds/x.yaml")
    return []
  } catch {
    return error.problems.map(\.description)
  }
}

/// Numbers that look like chance and are the same in every run (SplitMix64).
struct Chance {
  var state: UInt64

  mutating func next(_ bound: Int) -> Int {
    state = state &+ 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return Int((z ^ (z >> 31)) % UInt64(bound))
  }
}
