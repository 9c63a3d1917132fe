import Bytes
import Matching
import PatternTools

/// What the examples of packs came to.
struct ExampleReport {
  let results: [(example: ExampleCase, outcome: ExampleOutcome)]
  /// Names of the patterns the examples are about.
  let patterns: [String]

  var failures: [(example: ExampleCase, outcome: ExampleOutcome)] {
    results.filter { !$0.outcome.isAsExpected }
  }

  /// Patterns that find nothing in any example that should match.
  var unproven: [String] {
    let found = results.filter(\.example.shouldMatch).reduce(into: Set<String>()) {
      $0.formUnion($1.outcome.found)
    }
    return patterns.filter { !found.contains($0) }
  }

  // MARK: For people

  /// Each failure with its reasons, then the counts.
  var text: String {
    let parts = failures.map { Self.text($0.example, $0.outcome) }
    return (parts + [summary]).joined(separator: "\n")
  }

  private var summary: String {
    let failed = failures.count
    let proven =
      unproven.isEmpty
      ? ""
      : "; \(unproven.count) of \(patterns.count) patterns find none: "
        + unproven.prefix(10).joined(separator: ", ") + (unproven.count > 10 ? ", …" : "")
    return failed == 0
      ? "\(results.count) examples, all as they should be\(proven)."
      : "\(results.count) examples, \(results.count - failed) as they should be, "
        + "\(failed) not\(proven)."
  }

  private static func text(_ example: ExampleCase, _ outcome: ExampleOutcome) -> String {
    let place = example.example.place
    let what =
      example.shouldMatch
      ? "has to find this '\(example.language)' example and does not"
      : "must not find anything in this '\(example.language)' example"
    var lines = [
      "\(shown(place.file)):\(place.line):\(place.column): "
        + Output.styled("\(example.indicator.id) \(what)", .bold)
    ]
    let text = Array(example.example.text.utf8)
    if !outcome.notes.contains(where: { $0.kind != .other }) {
      if outcome.notes.isEmpty { lines.append("    " + Underline(text, 0..<0).text) }
      lines.append("      nothing in it comes near a pattern of \(example.indicator.id)")
    }
    for note in outcome.notes.prefix(8) {
      if let range = note.range {
        let underline = Underline(text, range)
        lines.append("    " + underline.text)
        lines.append("    " + Output.styled(underline.carets, note.kind == .other ? .dim : .red))
      }
      lines.append("      " + sentence(note))
    }
    if outcome.notes.count > 8 { lines.append("      and \(outcome.notes.count - 8) more") }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func sentence(_ note: ExampleNote) -> String {
    let pattern = note.pattern ?? ""
    let expression = short(note.expression ?? "")
    switch note.kind {
    case .cancelled: return "\(pattern) finds this, but 'unless' cancels it"
    case .exception: return "this is what 'unless' matches: \(expression)"
    case .unwanted: return "\(pattern) finds this"
    case .limited: return "\(pattern) reached a limit; 'adwatch patterns check' says why"
    case .other: return "\(pattern), of another indicator, finds this"
    case .near:
      let wanted = [
        note.before.map { "before it: \(short($0))" }, note.after.map { "after it: \(short($0))" },
      ].compactMap { $0 }
      return "nearest is \(pattern): \(expression) matches this"
        + (wanted.isEmpty ? "" : ", but it wants " + wanted.joined(separator: ", and "))
    }
  }

  private static func short(_ expression: String) -> String {
    let scalars = shown(expression).unicodeScalars
    guard scalars.count > 90 else { return String(scalars) }
    return String(scalars.prefix(60)) + " … " + String(scalars.suffix(25))
  }

  // MARK: For programs

  /// `examples`, `passed`, `failures` and `unproven`.
  var json: String {
    var json = JSONWriter()
    json.object { json in
      json.key("examples")
      json.integer(results.count)
      json.key("passed")
      json.integer(results.count - failures.count)
      json.key("failures")
      json.array { json in
        for failure in failures { Self.write(failure.example, failure.outcome, to: &json) }
      }
      json.key("unproven")
      json.array { json in
        for name in unproven { json.string(name) }
      }
    }
    return json.text
  }

  private static func write(
    _ example: ExampleCase, _ outcome: ExampleOutcome, to json: inout JSONWriter
  ) {
    json.object { json in
      json.member("indicator", example.indicator.id)
      json.member("language", example.language)
      json.member("kind", example.shouldMatch ? "match" : "miss")
      json.member("file", example.example.place.file)
      json.key("line")
      json.integer(example.example.place.line)
      json.key("column")
      json.integer(example.example.place.column)
      json.member("text", example.example.text)
      json.key("notes")
      json.array { json in
        for note in outcome.notes { write(note, to: &json) }
      }
    }
  }

  private static func write(_ note: ExampleNote, to json: inout JSONWriter) {
    json.object { json in
      json.member("kind", note.kind.rawValue)
      json.member("pattern", note.pattern)
      json.member("expression", note.expression)
      json.key("start")
      json.integer(note.range?.lowerBound)
      json.key("end")
      json.integer(note.range?.upperBound)
      json.member("before", note.before)
      json.member("after", note.after)
    }
  }
}
