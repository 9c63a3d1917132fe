import ArgumentParser
import Crawling

/// `--requests`, `--bytes`, `--time`: what one run may spend.
struct BudgetOption: ParsableArguments {
  @Option(help: "Stop after so many requests, robots.txt and redirects among them.")
  var requests: Int?

  @Option(help: "Stop when so many bytes have come in; with kB, MB or GB: 500MB.")
  var bytes: String?

  @Option(help: "Stop after this time; a number with s, m, h or d: 8h.")
  var time: String?

  /// The budget; an error for what cannot be read.
  func budget() throws -> CrawlBudget {
    if let requests, requests < 1 { throw ValidationError("--requests is a number from 1") }
    var budget = CrawlBudget(requests: requests)
    if let bytes {
      let units = [("kB", 1e3), ("MB", 1e6), ("GB", 1e9), ("B", 1), ("", 1)]
      budget.bytes = Int(try Self.number(bytes, units, "--bytes", at: 1e15))
    }
    if let time {
      budget.seconds = try Self.seconds(time, "--time")
    }
    return budget
  }

  /// A length of time of at most some nine years, in seconds.
  static func seconds(_ text: String, _ option: String) throws -> Double {
    let units = [("s", 1.0), ("m", 60), ("h", 3600), ("d", 86_400), ("", 1)]
    return try number(text, units, option, at: 3e8)
  }

  /// A number above 0 and up to `limit` with one of the units.
  private static func number(
    _ text: String, _ units: [(name: String, worth: Double)], _ option: String, at limit: Double
  ) throws -> Double {
    for unit in units where text.hasSuffix(unit.name) {
      guard let value = Double(text.dropLast(unit.name.count)), value > 0, value.isFinite,
        value * unit.worth <= limit
      else { break }
      return value * unit.worth
    }
    let names = units.map(\.name).filter { !$0.isEmpty }.joined(separator: ", ")
    throw ValidationError("\(option) is a number with one of the units \(names)")
  }
}
