import Archive
import Glibc
import Testing

@Suite struct DescriptorLimitTests {
  private func limit() -> rlimit {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    return limit
  }

  @Test func itIsRaisedAsFarAsTheHardLimitGoesAndNeverLowered() {
    let before = limit()
    DescriptorLimit.raise(to: Int(before.rlim_cur) + 1)
    let raised = limit()
    #expect(raised.rlim_cur == min(before.rlim_max, before.rlim_cur + 1))
    for less in [-1, 0, 1] {
      DescriptorLimit.raise(to: less)
      #expect(limit().rlim_cur == raised.rlim_cur)
    }
  }
}
