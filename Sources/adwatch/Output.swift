import Foundation

/// Standard output and standard error, written whole and in order.
enum Output {
  /// True when standard output is a terminal that shows colours.
  static let isColourful =
    isatty(STDOUT_FILENO) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
    && ProcessInfo.processInfo.environment["TERM"] != "dumb"

  /// True when standard error is a terminal.
  static let isInteractive = isatty(STDERR_FILENO) == 1

  /// Characters in a line of standard output: the terminal's, else 100.
  static var columns: Int {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 100 }
    return max(60, Int(size.ws_col))
  }

  /// Writes a line to standard output; throws when it cannot be written.
  static func print(_ line: String) throws(OutputProblem) {
    try write(Array((line + "\n").utf8))
  }

  /// Writes bytes to standard output; throws when they cannot be written.
  static func write(_ bytes: [UInt8]) throws(OutputProblem) {
    guard !writeAll(bytes, to: STDOUT_FILENO) else { return }
    let code = errno
    if code == EPIPE { throw .closed }
    throw .failed(String(cString: strerror(code)))
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

/// Standard output cannot be written.
enum OutputProblem: Error, CustomStringConvertible {
  /// Nobody reads it any more, which is the reader's choice.
  case closed
  /// The system refused, as when a disk is full.
  case failed(String)

  var description: String {
    switch self {
    case .closed: "nobody reads standard output"
    case .failed(let why): "standard output could not be written: \(why)"
    }
  }
}

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
