/// The special schemes of the URL standard (§4.2) and the rest.
enum Scheme: UInt8, Sendable {
  case other, http, https, ws, wss, ftp, file

  init(_ name: ArraySlice<UInt8>) {
    self =
      switch name.count {
      case 2 where name.elementsEqual("ws".utf8): .ws
      case 3 where name.elementsEqual("wss".utf8): .wss
      case 3 where name.elementsEqual("ftp".utf8): .ftp
      case 4 where name.elementsEqual("http".utf8): .http
      case 4 where name.elementsEqual("file".utf8): .file
      case 5 where name.elementsEqual("https".utf8): .https
      default: .other
      }
  }

  @inline(__always)
  var isSpecial: Bool { self != .other }

  var defaultPort: UInt16? {
    switch self {
    case .http, .ws: 80
    case .https, .wss: 443
    case .ftp: 21
    case .file, .other: nil
    }
  }
}
