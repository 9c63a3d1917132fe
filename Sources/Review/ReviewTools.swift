public import Analysis
public import CaseStore
public import Linking
public import Vocabulary

/// What the application asks of the rest of the program; what is nil is not offered on its pages.
public struct ReviewTools: Sendable {
  /// Records a person's decision about clusters and assesses again what it changes.
  ///
  /// Throws `CaseStoreError.refused` when it names what is not there.
  public typealias Decide =
    @Sendable (ClusterDecision.Act, _ why: String, Actor, Timestamp) throws -> Void

  public var decide: Decide?
  /// The patterns that are shown and that changed ones are tried beside.
  public var patterns: PatternFolder?
  /// The country that each source is about, ISO 3166 alpha-2, by name.
  public var countries: [String: String] = [:]
  /// The organisation that writes notices, and its role mailbox; empty when the settings name none.
  public var notifier = ""
  public var mailbox = ""

  public init() {}
}
