/// A path segment that means "here" or "up" (URL standard §4.2), its dots percent-encoded or not.
enum DotSegment {
  case single, double

  init?(_ segment: ArraySlice<UInt8>) {
    guard segment.count <= 6, let first = segment.first, first == 0x2E || first == 0x25 else {
      return nil
    }
    var dots = 0
    var index = segment.startIndex
    while index < segment.endIndex {
      if segment[index] == 0x2E {
        index += 1
      } else if PercentCoding.escape(in: segment, at: index) == 0x2E {
        index += 3
      } else {
        return nil
      }
      dots += 1
    }
    guard dots <= 2 else { return nil }
    self = dots == 1 ? .single : .double
  }
}
