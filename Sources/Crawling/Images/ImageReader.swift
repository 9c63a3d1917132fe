import Bytes
public import ChildPrograms

/// Has pictures read by a process of its own for each: `adwatch image-hash`.
public struct ImageReader: Sendable {
  /// What reading a picture gave.
  struct Reading: Sendable, Hashable {
    /// `hashed`, `none` for a picture that says nothing, or why it was not read.
    var name: String
    /// The hash of what it shows.
    var hash: UInt64?
    /// Points of a row.
    var width: Int?
    /// Rows.
    var height: Int?

    init(name: String) { self.name = name }

    /// Reads the answer of the child, which may be anything.
    init(answer: [UInt8]) {
      let line = String(decoding: answer.prefix { $0 != 0x0A }, as: UTF8.self)
      let words = line.split(separator: " ", omittingEmptySubsequences: false)
      let first = words.first.map(String.init) ?? ""
      let isWord =
        !first.isEmpty && first.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x2D }
      if words.count == 4, let width = Int(words[2]), let height = Int(words[3]),
        width > 0, height > 0
      {
        self.width = width
        self.height = height
        if let bytes = Hex.decode(first), bytes.count == 8 {
          hash = bytes.reduce(0) { $0 << 8 | UInt64($1) }
        }
      }
      name = hash != nil ? "hashed" : isWord ? first : "failed"
    }
  }

  /// The program that reads; nil leaves pictures unread.
  public var program: String?
  /// How much reading one may take.
  public var limits = ChildProgram.Limits(
    seconds: 10, memory: 1 << 30, output: 100, writesNothing: true)

  /// Has the program itself read them.
  public init(program: String? = ChildProgram.ownPath) { self.program = program }

  /// Reads a picture; blocks for as long as its limits say at the most.
  func read(_ bytes: [UInt8]) -> Reading {
    guard let program else { return Reading(name: "unread") }
    guard
      let answer = ChildProgram(path: program, limits: limits).run(["image-hash"], input: bytes)
    else { return Reading(name: "failed") }
    return Reading(answer: answer)
  }
}
