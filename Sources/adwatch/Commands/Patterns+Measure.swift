import Analysis
import ArgumentParser
import Foundation
import Matching
import Measurement

extension Patterns {
  /// `adwatch patterns measure`.
  struct Measure: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "What the indicators are worth, held against labelled adverts.",
      discussion: """
        Reads adverts as 'adwatch scan' does and labels that people gave them, and says for each
        indicator and for the whole rule in how many adverts it was found, precision, recall and lift
        with 95 % intervals, beside the base rate. Where the sample is too small it says so.

        Example:
          adwatch patterns measure adverts.jsonl --labels labels.csv --label-means 'confirmed case'
        """)

    @Argument(help: "Files or folders, as for 'scan'; - is standard input.")
    var paths: [String]

    @Option(help: "The labels: JSON Lines, CSV or TSV with id and label (true or false).")
    var labels: String?

    @Option(help: "Take labels from this member of each JSON line instead.")
    var labelField: String?

    @Option(help: "What a true label means, such as 'confirmed case'.")
    var labelMeans: String?

    @OptionGroup var patterns: PatternsOption

    @Flag(help: "Write one JSON object.")
    var json = false

    func validate() throws {
      guard labels == nil || labelField == nil else {
        throw ValidationError("labels come from --labels or from --label-field, not from both")
      }
      guard labels != nil || labelField != nil else {
        throw ValidationError(
          "there is nothing to measure against: name a file with --labels, or a member of the JSON "
            + "lines with --label-field; verdicts of reviewers are not used by this version")
      }
    }

    func run() throws {
      let given = try labels.map { path in
        guard let data = FileManager.default.contents(atPath: path) else {
          throw UsageProblem(description: "\(path): cannot be read")
        }
        return try Labels(Array(data), file: path)
      }
      let folder = try PatternFolder(path: patterns.path())
      let absent = folder.library.packs.flatMap(\.indicators)
        .filter { $0.condition?.restsOnAbsence ?? false }.map(\.id)
      let analyser = try PageAnalyser(
        patterns: folder.leavingOut(Set(absent)), software: Program.software)
      let field = labelField.map(LabelField.init)
      let sample = try MeasuredSample(
        FileScanReader(paths: paths, format: .auto, labels: field), analyser: analyser)
      for problem in sample.unreadable { Output.complain("adwatch: unreadable: \(shown(problem))") }
      let known = given ?? field?.labels ?? Labels()
      let tally = sample.tally(against: known)
      guard tally.total > 0 else {
        throw UsageProblem(
          description:
            "none of \(sample.found.count) adverts has a label; the ids of the labels have "
            + "to be those of the input, and --label-field has to be a member of its lines")
      }
      if labelMeans == nil { Output.complain(Self.warning) }
      let report = MeasureReport(
        library: folder.library, digest: folder.digest, meaning: labelMeans,
        leftOut: absent.sorted(),
        tally: tally, unlabelled: sample.found.count - tally.total,
        unread: known.byID.count - tally.total)
      try Output.print(json ? report.json : report.lines.joined(separator: "\n"))
      if !sample.unreadable.isEmpty { throw StatusError(status: .found) }
    }

    private static let warning =
      "adwatch: warning: it is not said what these labels mean (--label-means). Labels of fraud, spam "
      + "or removal are not labels of trafficking: the figures tell how well the indicators predict "
      + "the label, nothing else."
  }
}
