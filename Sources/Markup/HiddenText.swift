/// Text in a page that a browser does not show.
public struct HiddenText: Sendable, Hashable {
  /// Why it is not shown.
  public enum Reason: String, BitwiseCopyable, Sendable, Hashable, CaseIterable {
    /// The `hidden` attribute.
    case hiddenAttribute
    /// `aria-hidden="true"`: on the screen perhaps, but kept from those who have the page read out.
    case ariaHidden
    /// `display: none`.
    case display
    /// `visibility: hidden` or `collapse`.
    case visibility
    /// A font size below one pixel.
    case fontSize
    /// An opacity of zero.
    case opacity
    /// The text has the colour of what is behind it.
    case sameColour
    /// Moved out of the window by a large negative indent.
    case offscreen
    /// An element browsers never show: a closed dialog, what stands in for a video or a frame, a
    /// second title, a description in an SVG image.
    case element
  }

  /// The text, white space collapsed as in `Document.text`.
  public let text: [UInt8]
  /// The offset in `Document.text` where it would stand.
  public let at: Int
  /// Why it is not shown.
  public let reason: Reason
}
