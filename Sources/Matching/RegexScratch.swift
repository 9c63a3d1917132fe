import CPCRE2
import Synchronization

/// What one search after the other needs: PCRE2's match data, limits and stack.
///
/// Used by one thread at a time, which the pool sees to; that is why its pointers may cross threads.
final class RegexScratch: Sendable {
  nonisolated(unsafe) let data: OpaquePointer
  nonisolated(unsafe) let context: OpaquePointer
  private nonisolated(unsafe) let stack: OpaquePointer?

  init?(_ limits: MatchLimits) {
    guard let data = pcre2_match_data_create_8(1, nil) else { return nil }
    guard let context = pcre2_match_context_create_8(nil) else {
      pcre2_match_data_free_8(data)
      return nil
    }
    self.data = data
    self.context = context
    stack = pcre2_jit_stack_create_8(32 << 10, limits.stackBytes, nil)
    pcre2_set_match_limit_8(context, limits.matchLimit)
    pcre2_set_depth_limit_8(context, limits.depthLimit)
    pcre2_set_heap_limit_8(context, limits.heapKibibytes)
    // Without a stack of its own the machine code has 32 KiB of the thread's, which is enough for
    // all but deep backtracking, and running out is reported.
    if let stack { pcre2_jit_stack_assign_8(context, nil, UnsafeMutableRawPointer(stack)) }
  }

  deinit {
    pcre2_match_data_free_8(data)
    pcre2_match_context_free_8(context)
    if let stack { pcre2_jit_stack_free_8(stack) }
  }

  /// What one search came to.
  enum Outcome {
    case found(Range<Int>)
    case nothing
    /// A limit was reached before it was clear.
    case limited
  }

  /// Finds the leftmost non-empty match that starts from `start` to `last`, where nil means anywhere.
  ///
  /// `start` has to be the first byte of a scalar, or the end.
  func search(
    _ regex: CompiledRegex, in text: UnsafeBufferPointer<UInt8>, from start: Int, to last: Int?
  ) -> Outcome {
    pcre2_set_offset_limit_8(context, last ?? adwatch_pcre2_unset())
    let status =
      regex.hasMachineCode
      ? pcre2_jit_match_8(
        regex.code, text.baseAddress, text.count, start, PCRE2_NOTEMPTY, data, context)
      : pcre2_match_8(
        regex.code, text.baseAddress, text.count, start, PCRE2_NOTEMPTY, data, context)
    guard status >= 0 else { return status == PCRE2_ERROR_NOMATCH ? .nothing : .limited }
    guard let vector = pcre2_get_ovector_pointer_8(data) else { return .limited }
    let range = (lower: vector[0], upper: vector[1])
    guard range.lower < range.upper, range.upper <= text.count else { return .nothing }
    return .found(range.lower..<range.upper)
  }
}

/// Scratch that is not in use, so that a matcher shared by many threads makes few.
final class RegexScratchPool: Sendable {
  private let limits: MatchLimits
  private let idle = Mutex<[RegexScratch]>([])

  init(_ limits: MatchLimits) {
    self.limits = limits
  }

  /// Runs the body with scratch of its own, or with nil when there is no memory for any.
  func with<Result>(_ body: (RegexScratch?) -> Result) -> Result {
    let scratch = idle.withLock { $0.popLast() } ?? RegexScratch(limits)
    defer {
      if let scratch { idle.withLock { $0.append(scratch) } }
    }
    return body(scratch)
  }
}
