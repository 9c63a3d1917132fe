/// The part of a page an element belongs to, as its landmarks tell.
///
/// Taken from the sectioning elements and the `role` attribute (HTML-AAM 1.0, section 3.5): the
/// header and footer of an article or a section belong to that, not to the page.
public enum Region: UInt8, BitwiseCopyable, Sendable, Hashable, CaseIterable {
  /// No landmark around it.
  case none
  /// `main`.
  case main
  /// `article`.
  case article
  /// `nav`.
  case navigation
  /// The page's `header`.
  case header
  /// The page's `footer`.
  case footer
  /// `aside`.
  case aside
  /// `form`, `search`.
  case form
}
