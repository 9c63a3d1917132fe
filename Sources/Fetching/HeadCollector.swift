/// Gathers the header lines that curl delivers, and tells interim, final and trailing ones apart.
struct HeadCollector {
  /// The newest head, each line as received; the final response's in the end.
  private(set) var head: [UInt8] = []
  /// Heads of 1xx responses.
  private(set) var interim: [[UInt8]] = []
  /// Lines after the body.
  private(set) var trailers: [UInt8] = []
  /// Whether the newest head has had its empty line.
  private(set) var isComplete = false
  /// Whether a line was refused because of a limit.
  private(set) var isOverflowing = false

  private var bytesLeft: Int
  private var fieldsLeft: Int

  init(maximumBytes: Int, maximumFields: Int) {
    bytesLeft = maximumBytes
    fieldsLeft = maximumFields
  }

  /// Takes one line with its ending; false when a limit is passed and the line was not kept.
  mutating func take(_ line: [UInt8], afterBody: Bool) -> Bool {
    let isEmpty = line.allSatisfy { $0 == 13 || $0 == 10 }
    let isStatusLine = line.starts(with: "HTTP/".utf8) && (head.isEmpty || isComplete)
    let startsAnew = isStatusLine && !afterBody && (head.isEmpty || isInterim)
    bytesLeft -= line.count
    if !isEmpty, !startsAnew { fieldsLeft -= 1 }
    guard bytesLeft >= 0, fieldsLeft >= 0 else {
      isOverflowing = true
      return false
    }
    if startsAnew {
      if !head.isEmpty { interim.append(head) }
      head = line
      isComplete = false
    } else if isComplete {
      trailers += line
    } else {
      head += line
      isComplete = isEmpty
    }
    return true
  }

  /// Whether the newest head is of a 1xx response: `HTTP/1.1 1`.
  private var isInterim: Bool {
    guard let space = head.firstIndex(of: 32), space + 1 < head.count else { return false }
    return head[space + 1] == UInt8(ascii: "1")
  }
}

/// Keeps the head of the last request that went out for a transfer.
///
/// A transfer may send several: curl repeats a request whose kept connection turned out to be
/// closed, and a proxy gets one of its own first.
struct RequestHeadCollector {
  private(set) var head: [UInt8] = []
  private var isComplete = false

  mutating func take(_ bytes: [UInt8]) {
    if isComplete { head.removeAll(keepingCapacity: true) }
    head += bytes
    isComplete = head.suffix(4).elementsEqual([13, 10, 13, 10])
  }
}
