import Glibc

/// How many files and connections this process may have open at once.
public enum DescriptorLimit {
  /// Raises the soft limit of open descriptors to `wanted`, as far as the hard one goes (setrlimit(2)).
  ///
  /// Shells give 1,024: fewer than a crawl of a thousand sources needs, which keeps one file of the
  /// archive open for each, or a server whose visitors hold connections that stand still.
  public static func raise(to wanted: Int) {
    var limit = rlimit()
    let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    guard wanted > 0, getrlimit(kind, &limit) == 0, limit.rlim_cur < rlim_t(wanted) else { return }
    limit.rlim_cur = min(limit.rlim_max, rlim_t(wanted))
    _ = setrlimit(kind, &limit)
  }
}
