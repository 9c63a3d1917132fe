/// Text that is not shown, in stretches.
struct HiddenAssembly: ~Copyable {
  private(set) var stretches: [HiddenText] = []
  private(set) var isCut = false
  private var assembly = TextAssembly(maximum: 0)
  private var isOpen = false
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
    _ = assembly.append(range, in: source, isPreformatted: isPreformatted, replacingNUL: false)
  }

  mutating func append(
    _ bytes: UnsafeBufferPointer<UInt8>, reason: HiddenText.Reason, at place: Int
  ) {
    open(reason, place)
    if bytes.count == 1, bytes[0].isHTMLSpace {
      assembly.separate(.space)
    } else {
      _ = assembly.put(bytes, at: 0)
    }
  }

  @inline(__always)
  mutating func separate(_ separator: TextAssembly.Separator) {
    if isOpen { assembly.separate(separator) }
  }

  private mutating func open(_ reason: HiddenText.Reason, _ place: Int) {
    if isOpen, self.reason != reason { close() }
    guard !isOpen else { return }
    isOpen = true
    assembly.reset(maximum: budget)
    self.reason = reason
    self.place = place
  }

  /// Ends the stretch: shown text follows.
  @inline(__always)
  mutating func close() { if isOpen { finish() } }

  private mutating func finish() {
    isOpen = false
    isCut = isCut || assembly.isCut
    guard assembly.bytes.count > 0 else { return }
    guard stretches.count < maximumCount else {
      isCut = true
      return
    }
    budget -= assembly.bytes.count
    stretches.append(HiddenText(text: assembly.bytes.array, at: place, reason: reason))
  }
}
