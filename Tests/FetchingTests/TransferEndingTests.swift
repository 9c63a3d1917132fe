import CCurl
import Glibc
import Testing

@testable import Fetching

@Suite struct TransferEndingTests {
  private func ending(_ code: CURLcode, _ change: (inout TransferEnding) -> Void = { _ in })
    -> TransferEnding
  {
    var ending = TransferEnding(code: code)
    ending.totalTimeout = 10
    change(&ending)
    return ending
  }

  @Test func `one code of curl for three clocks`() {
    #expect(ending(CURLE_OPERATION_TIMEDOUT).result.outcome == .timedOut)
    let slow = ending(CURLE_OPERATION_TIMEDOUT) {
      $0.isConnected = true
      $0.elapsed = 3
      $0.headIsComplete = true
    }
    #expect(slow.result == (.tooSlow, .time))
    let late = ending(CURLE_OPERATION_TIMEDOUT) {
      $0.isConnected = true
      $0.elapsed = 10
    }
    #expect(late.result == (.timedOut, nil))
    let proxy = ending(CURLE_OPERATION_TIMEDOUT) { $0.viaProxy = true }
    #expect(proxy.result.outcome == .proxyFailure)
  }

  @Test func `connections that do not come about`() {
    #expect(ending(CURLE_COULDNT_CONNECT).result.outcome == .connectionFailed)
    let refused = ending(CURLE_COULDNT_CONNECT) { $0.systemError = ECONNREFUSED }
    #expect(refused.result.outcome == .connectionRefused)
    let forbidden = ending(CURLE_COULDNT_CONNECT) { $0.refused = 1 }
    #expect(forbidden.result.outcome == .refusedAddress)
    let tried = ending(CURLE_COULDNT_CONNECT) {
      $0.refused = 1
      $0.opened = 1
      $0.systemError = ECONNREFUSED
    }
    #expect(tried.result.outcome == .connectionRefused)
  }

  @Test func `our limits win over curl's code`() {
    let body = ending(CURLE_WRITE_ERROR) {
      $0.bodyIsOverflowing = true
      $0.headIsComplete = true
    }
    #expect(body.result == (.tooBig, .length))
    #expect(
      ending(CURLE_WRITE_ERROR) { $0.headIsOverflowing = true }.result.outcome == .headersTooBig)
  }

  @Test func `curl's own limits on headers, and other failures to receive`() {
    #expect(ending(CURLE_OUT_OF_MEMORY).result.outcome == .headersTooBig)
    let whole = ending(CURLE_OUT_OF_MEMORY) { $0.headIsComplete = true }
    #expect(whole.result.outcome == .internalError)
    #expect(ending(CURLE_RECV_ERROR).result == (.disconnected, nil))
    let tunnel = ending(CURLE_RECV_ERROR) {
      $0.viaProxy = true
      $0.proxyStatus = 407
    }
    #expect(tunnel.result.outcome == .proxyFailure)
  }

  @Test func `whole responses`() {
    #expect(ending(CURLE_OK) { $0.status = 304 }.result.outcome == .fetched)
    let asked = ending(CURLE_OK) {
      $0.status = 304
      $0.isConditional = true
    }
    #expect(asked.result.outcome == .notModified)
    #expect(ending(CURLE_OK).result.outcome == .badResponse)
  }
}

private func == (
  a: (outcome: FetchOutcome, truncated: Truncation?), b: (FetchOutcome, Truncation?)
) -> Bool { a.outcome == b.0 && a.truncated == b.1 }
