/// Text that is not shown, in stretches.
struct HiddenAssembly {
  private(set) var stretches: [HiddenText] = []
  private(set) var isCut = false
  private var assembly: TextAssembly?
  private var reason = HiddenText.Reason.display
  private var place = 0
  private var budget: Int
  private let maximumCount: Int

  init(maximumBytes: Int, maximumCount: Int) {
    budget = max(0, maximumBytes)
    self.maximumCount = maximumCount
  }

  mutating func append(
    _ range: Range<Int>, in source: UnsafeBufferPointer<UInt8>, reason: HiddenText.Reason,
    at place: Int, isPreformatted: Bool
  ) {
    open(reason, place)
    _ = assembly?.append(
      range, in: source, isPreformatted: isPreformatted, replacingNUL: false)
  }

  mutating func append(_ bytes: [UInt8], reason: HiddenText.Reason, at place: Int) {
    open(reason, place)
    if bytes.count == 1, bytes[0].isHTMLSpace {
      assembly?.separate(.space)
    } else {
      _ = assembly?.put(bytes, at: 0)
    }
  }

  mutating func separate(_ separator: TextAssembly.Separator) {
    assembly?.separate(separator)
  }

  private mutating func open(_ reason: HiddenText.Reason, _ place: Int) {
    if assembly != nil, self.reason != reason { close() }
    guard assembly == nil else { return }
    assembly = TextAssembly(maximum: budget)
    self.reason = reason
    self.place = place
  }

  /// Ends the stretch: shown text follows.
  mutating func close() {
    guard let finished = assembly else { return }
    assembly = nil
    isCut = isCut || finished.isCut
    guard !finished.bytes.isEmpty else { return }
    guard stretches.count < maximumCount else {
      isCut = true
      return
    }
    budget -= finished.bytes.count
    stretches.append(HiddenText(text: finished.bytes, at: place, reason: reason))
  }
}
