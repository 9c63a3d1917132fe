import Foundation

/// The file system that a path is on.
public enum Disk {
  /// Bytes that a program without privileges may still write; nil when the system does not say.
  public static func free(at path: String) -> Int64? {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else { return nil }
    let (bytes, overflow) = Int64(clamping: status.f_bavail)
      .multipliedReportingOverflow(by: Int64(clamping: status.f_frsize))
    return overflow ? .max : bytes
  }
}
