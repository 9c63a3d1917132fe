import Analysis
import Assessment
import Foundation
import Matching
import Measurement

/// Adverts read and analysed, to be held against their labels.
struct MeasuredSample {
  /// What the rule is called beside the indicators.
  static let rule = "the whole rule"

  /// What was found in each input by its identifier; `rule` among it when it was flagged.
  private(set) var found: [String: Set<String>] = [:]
  /// Inputs that could not be read, with the reason.
  private(set) var unreadable: [String] = []

  private static let maximumBytes = 64 << 20

  /// Reads and analyses everything that the reader gives.
  init(_ reader: FileScanReader, analyser: PageAnalyser) throws {
    var reader = reader
    var found: [String: Set<String>] = [:]
    var unreadable: [String] = []
    let pipeline = OrderedPipeline<(id: String, found: Set<String>, problem: String?)>(
      width: ProcessInfo.processInfo.activeProcessorCount, maximumBytes: Self.maximumBytes)
    try pipeline.run(
      next: { try reader.next().map { ($0, $0.bytes) } },
      work: { Self.findings(in: $0, analyser) },
      emit: { result in
        if let problem = result.problem {
          unreadable.append(problem)
        } else {
          found[result.id, default: []].formUnion(result.found)
        }
      })
    self.found = found
    self.unreadable = unreadable
  }

  private static func findings(
    in input: ScanInput, _ analyser: PageAnalyser
  ) -> (id: String, found: Set<String>, problem: String?) {
    switch input {
    case .unreadable(let id, let why): return (id, [], why)
    case .page(let page):
      let analysis = analyser.analyse(page)
      if let error = analysis.error { return (page.id, [], "\(page.id): \(error)") }
      var found: Set<String> = []
      for advert in analysis.adverts {
        found.formUnion(advert.assessment.found)
        if advert.assessment.flagged { found.insert(rule) }
      }
      return (page.id, found, nil)
    }
  }

  /// Counts what was found against the labels; inputs without a label are left out.
  func tally(against labels: Labels) -> LabelTally {
    var tally = LabelTally()
    for (id, found) in found {
      if let label = labels.byID[id] { tally.add(label: label, found: found) }
    }
    return tally
  }
}
