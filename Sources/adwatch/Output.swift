import Foundation

/// Standard output and standard error, written whole and in order.
enum Output {
  /// True when standard output is a terminal that shows colours.
  static let isColourful =
    isatty(STDOUT_FILENO) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
    && ProcessInfo.processInfo.environment["TERM"] != "dumb"

  /// True when standard error is a terminal.
  static let isInteractive = isatty(STDERR_FILENO) == 1

  /// Writes a line to standard output; throws `OutputClosed` when nobody reads it any more.
  static func print(_ line: String) throws(OutputClosed) {
    try write(Array((line + "\n").utf8))
  }

  /// Writes bytes to standard output; throws `OutputClosed` when nobody reads them any more.
  static func write(_ bytes: [UInt8]) throws(OutputClosed) {
    guard writeAll(bytes, to: STDOUT_FILENO) else { throw .closed }
  }

  /// Writes a line to standard output, whatever becomes of it.
  static func printIgnoringErrors(_ line: String) {
    _ = writeAll(Array((line + "\n").utf8), to: STDOUT_FILENO)
  }

  /// Writes a line to standard error.
  static func complain(_ line: String) {
    _ = writeAll(Array((line + "\n").utf8), to: STDERR_FILENO)
  }

  /// Writes bytes to standard error.
  static func complain(bytes: [UInt8]) { _ = writeAll(bytes, to: STDERR_FILENO) }

  /// Text in a style when standard output shows colours.
  static func styled(_ text: String, _ style: Style) -> String {
    isColourful ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }

  /// How text stands out.
  enum Style: String {
    case bold = "1"
    case dim = "2"
    case red = "31"
    case yellow = "33"
  }

  private static func writeAll(_ bytes: [UInt8], to file: Int32) -> Bool {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes {
        Foundation.write(file, $0.baseAddress.map { $0 + done }, bytes.count - done)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      done += count
    }
    return true
  }
}

/// Nobody reads standard output any more.
enum OutputClosed: Error { case closed }

/// Text from a page as it may be shown in a terminal: no control characters, no direction changes.
func shown(_ text: String) -> String {
  String(
    String.UnicodeScalarView(
      text.unicodeScalars.map { scalar in
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .lineSeparator, .paragraphSeparator: " "
        default: scalar
        }
      }))
}
