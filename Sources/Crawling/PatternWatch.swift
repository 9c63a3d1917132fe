public import Analysis
public import Configuration
public import Logging
import Synchronization

/// An analyser that follows a folder of packs: a change is in force from the next page on.
///
/// The folder is looked at when a page asks for its analyser, at most once an interval. A folder that
/// cannot be compiled leaves what was in force in force, and is reported as an error, once a change.
/// What was compiled is kept by the digest of its contents, so that an edit that is undone costs
/// nothing.
public final class PatternWatch: Analysing {
  /// How long a look at the folder holds.
  public static let defaultInterval = Duration.seconds(2)
  /// Compiled folders that are kept, the one in force among them.
  public static let maximumKept = 4

  private struct State {
    var current: PageAnalyser
    /// By digest of their folder, the latest used last.
    var kept: [(digest: String, analyser: PageAnalyser)]
    /// The folder as it was when it was last read.
    var stamp: FolderStamp
    var lookedAt: ContinuousClock.Instant
    var isReading = false
    var isBroken = false
    var compilations = 1

    /// What was compiled of that digest, now the latest used.
    mutating func take(_ digest: String) -> PageAnalyser? {
      guard let index = kept.firstIndex(where: { $0.digest == digest }) else { return nil }
      let entry = kept.remove(at: index)
      kept.append(entry)
      return entry.analyser
    }

    mutating func keep(_ analyser: PageAnalyser, of digest: String) {
      compilations += 1
      kept.append((digest, analyser))
      if kept.count > PatternWatch.maximumKept { kept.removeFirst() }
    }
  }

  private let path: String
  private let software: String
  private let interval: Duration
  private let logger: Logger
  private let clock: @Sendable () -> ContinuousClock.Instant
  private let state: Mutex<State>

  /// Reads and compiles the folder; throws all problems of all files at once.
  public init(
    path: String, software: String, interval: Duration = PatternWatch.defaultInterval,
    logger: Logger, clock: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
  ) throws(ConfigurationProblems) {
    self.path = path
    self.software = software
    self.interval = interval
    self.logger = logger
    self.clock = clock
    let stamp = FolderStamp(path: path)
    let folder = try PatternFolder(path: path)
    let analyser = try PageAnalyser(patterns: folder, software: software)
    state = Mutex(
      State(
        current: analyser, kept: [(folder.digest, analyser)], stamp: stamp, lookedAt: clock()))
  }

  /// Version of what is in force, without a look at the folder.
  public var version: AnalysisVersion { state.withLock { $0.current.version } }

  /// How often a folder was compiled, the first time included.
  public var compilations: Int { state.withLock { $0.compilations } }

  /// What is in force now; looks at the folder when the last look is an interval ago.
  ///
  /// One caller at a time reads a changed folder; the others meanwhile get what was in force before.
  public var current: any Analysing {
    let now = clock()
    let (analyser, before) = state.withLock { state -> (PageAnalyser, FolderStamp?) in
      guard !state.isReading, now - state.lookedAt >= interval else { return (state.current, nil) }
      state.lookedAt = now
      state.isReading = true
      return (state.current, state.stamp)
    }
    guard let before else { return analyser }
    defer { state.withLock { $0.isReading = false } }
    let stamp = FolderStamp(path: path)
    guard stamp != before else { return analyser }
    return read(stamp) ?? analyser
  }

  /// Analyses a page with what is in force.
  public func analyse(_ input: PageInput) -> PageAnalysis { current.analyse(input) }

  /// Takes over the folder as it is; nil when it cannot be, or is being written at this moment.
  private func read(_ stamp: FolderStamp) -> PageAnalyser? {
    let result = Result { () throws(ConfigurationProblems) in try load() }
    // Written while it was read: the next look decides.
    guard FolderStamp(path: path) == stamp else { return nil }
    state.withLock { $0.stamp = stamp }
    switch result {
    case .success(let analyser):
      let (old, wasBroken) = state.withLock { state in
        defer {
          state.current = analyser
          state.isBroken = false
        }
        return (state.current.version, state.isBroken)
      }
      if analyser.version == old {
        if wasBroken {
          logger.notice(
            "the patterns are as before again", metadata: ["patterns": "\(old.patterns)"])
        }
      } else {
        logger.notice(
          "the patterns changed; they are in force from the next page on",
          metadata: ["from": "\(old.patterns)", "to": "\(analyser.version.patterns)"])
      }
      return analyser
    case .failure(let problems):
      state.withLock { $0.isBroken = true }
      logger.error(
        "the changed patterns cannot be used; those before stay in force",
        metadata: ["patterns": "\(version.patterns)", "why": "\(problems)"])
      return nil
    }
  }

  private func load() throws(ConfigurationProblems) -> PageAnalyser {
    let texts = try PatternTexts(path: path)
    if let kept = state.withLock({ $0.take(texts.digest) }) { return kept }
    let analyser = try PageAnalyser(patterns: PatternFolder(texts: texts), software: software)
    state.withLock { $0.keep(analyser, of: texts.digest) }
    return analyser
  }
}
