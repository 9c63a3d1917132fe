extension AddressParser {
  /// File state and file slash state.
  mutating func parseFile(base: Address?) throws(AddressError) {
    guard isSlash(byte()) else {
      try parseFileRelative(base: base)
      return
    }
    at += 1
    if isSlash(byte()) {
      at += 1
      try parseFileHost()
      return
    }
    let drive = startsWithDriveLetter(at) ? nil : base?.firstSegmentDriveLetter
    if let base {
      copy(base, through: .authority)
    } else {
      writeEmptyHost()
    }
    if let drive {
      output.append(0x2F)
      output.append(contentsOf: drive)
    }
    parsePathSegments()
    parseQueryAndFragment()
  }

  mutating func parseFileRelative(base: Address?) throws(AddressError) {
    guard let base else {
      writeEmptyHost()
      parsePathSegments()
      parseQueryAndFragment()
      return
    }
    switch byte() {
    case nil: copy(base, through: .query)
    case 0x23:
      copy(base, through: .query)
      parseFragment()
    case 0x3F:
      copy(base, through: .path)
      parseQueryAndFragment()
    default:
      if startsWithDriveLetter(at) {
        copy(base, through: .authority)
      } else {
        copy(base, through: .path)
        shortenPath()
      }
      parsePathSegments()
      parseQueryAndFragment()
    }
  }

  /// File host state.
  mutating func parseFileHost() throws(AddressError) {
    let limit =
      input[at...].firstIndex { $0 == 0x2F || $0 == 0x5C || $0 == 0x3F || $0 == 0x23 }
      ?? input.count
    if limit - at == 2, startsWithDriveLetter(at) {
      // What looks like a host is the path's first segment.
      writeEmptyHost()
      parsePathSegments()
      parseQueryAndFragment()
      return
    }
    writeEmptyHost()
    if limit > at {
      try writeHost(input[at..<limit])
      if output[Int(layout.host)...].elementsEqual("localhost".utf8) {
        output.removeSubrange(Int(layout.host)...)
        layout.hostKind = .empty
      }
      layout.hostEnd = end
      layout.authorityEnd = end
      layout.path = end
    }
    at = limit
    parsePathStart()
    parseQueryAndFragment()
  }

  mutating func writeEmptyHost() {
    output.append(0x2F)
    output.append(0x2F)
    endAuthority()
    layout.hostKind = .empty
  }

  /// Whether the input from here starts with a Windows drive letter (URL standard §4.2).
  private func startsWithDriveLetter(_ index: Int) -> Bool {
    guard input.count - index >= 2, input[index].isASCIILetter,
      input[index + 1] == 0x3A || input[index + 1] == 0x7C
    else { return false }
    guard input.count - index > 2 else { return true }
    let next = input[index + 2]
    return next == 0x2F || next == 0x5C || next == 0x3F || next == 0x23
  }
}

extension Address {
  /// The first path segment when it is a normalised Windows drive letter.
  fileprivate var firstSegmentDriveLetter: [UInt8]? {
    let path = bytes(layout.path, layout.pathEnd)
    guard path.count >= 3, path[1].isASCIILetter, path[2] == 0x3A,
      path.count == 3 || path[3] == 0x2F
    else { return nil }
    return Array(path[1...2])
  }
}
