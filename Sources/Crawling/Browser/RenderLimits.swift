/// What the rendering of one page may take.
public struct RenderLimits: Sendable, Hashable {
  /// Seconds for all of it, the waits of politeness included.
  public var seconds = 180.0
  /// Seconds without a request after which a loaded page counts as finished.
  public var settle = 1.5
  /// Seconds without a request after which a page that does not finish loading is taken as it is.
  public var patience = 20.0
  /// Seconds that the browser may take to answer a command; a page whose script never ends is given up
  /// then.
  public var answer = 15.0
  /// Requests besides the page's own.
  public var requests = 40
  /// Bytes of all answers together, decoded.
  public var bytes = 16 << 20
  /// Bytes of the rendered page, and of one message of the browser.
  public var pageBytes = 8 << 20
  public var messageBytes = 48 << 20
  /// Processor seconds of each of the browser's processes.
  public var processorSeconds = 120

  public init() {}
}
