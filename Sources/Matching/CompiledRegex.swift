import CPCRE2
import Synchronization

/// Why a regular expression was refused, and where in it.
struct RegexProblem: Error, Hashable {
  /// PCRE2's message, or ours.
  let message: String
  /// UTF-8 bytes before the place.
  let offset: Int
}

/// A regular expression compiled by PCRE2, to machine code where the system allows.
///
/// The expression itself is compiled at once, so that a bad one is refused where it is read. Machine
/// code is made at the first search: most patterns of a library are never tried on a run's texts, and
/// machine code is most of what compiling costs.
///
/// Caseless, UTF-8 with Unicode properties; `.` stops at a line feed. Bytes that are not UTF-8 match
/// nothing and stop nothing (`PCRE2_MATCH_INVALID_UTF`).
final class CompiledRegex: Sendable {
  /// PCRE2 never writes to a code after its compilation, so that threads may share it.
  ///
  /// See pcre2jit, "Multithreading". `prepare` writes to it once, before any search of it.
  nonisolated(unsafe) let code: OpaquePointer
  private let state = Atomic<UInt8>(State.fresh)
  private let preparing = Mutex(())

  private enum State {
    static let fresh: UInt8 = 0
    static let interpreted: UInt8 = 1
    static let machineCode: UInt8 = 2
  }

  /// Whether it runs as machine code, which is made now if it was not yet.
  ///
  /// Every search asks this first: who comes while another thread makes the code waits for it.
  var hasMachineCode: Bool {
    let known = state.load(ordering: .acquiring)
    return known == State.fresh ? prepare() : known == State.machineCode
  }

  private func prepare() -> Bool {
    preparing.withLock { _ in
      let known = state.load(ordering: .acquiring)
      guard known == State.fresh else { return known == State.machineCode }
      let isMade = pcre2_jit_compile_8(code, PCRE2_JIT_COMPLETE) == 0
      state.store(isMade ? State.machineCode : State.interpreted, ordering: .releasing)
      return isMade
    }
  }

  /// Longer patterns are mistakes, and cost their compiler time.
  static let maximumBytes = 8192

  init(_ source: String) throws(RegexProblem) {
    let bytes = Array(source.utf8)
    guard bytes.count <= Self.maximumBytes else {
      throw RegexProblem(
        message: "\(bytes.count) bytes long; at most \(Self.maximumBytes) are allowed", offset: 0)
    }
    if let problem = PatternSyntax.forbidden(in: bytes) { throw problem }
    let options =
      PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS | PCRE2_MATCH_INVALID_UTF | PCRE2_USE_OFFSET_LIMIT
      | PCRE2_NEVER_BACKSLASH_C
    guard let context = pcre2_compile_context_create_8(nil) else {
      throw RegexProblem(message: "no memory", offset: 0)
    }
    defer { pcre2_compile_context_free_8(context) }
    // The default newline is the library builder's choice; ours may not depend on it.
    pcre2_set_newline_8(context, UInt32(PCRE2_NEWLINE_LF))
    var status: Int32 = 0
    var offset = 0
    let compiled = bytes.withUnsafeBufferPointer { buffer in
      pcre2_compile_8(buffer.baseAddress, buffer.count, options, &status, &offset, context)
    }
    guard let compiled else {
      throw RegexProblem(message: Self.message(status), offset: min(offset, bytes.count))
    }
    guard adwatch_pcre2_matches_empty(compiled) == 0 else {
      pcre2_code_free_8(compiled)
      throw RegexProblem(message: "it can match the empty string", offset: 0)
    }
    code = compiled
  }

  deinit { pcre2_code_free_8(code) }

  /// Bytes of memory, with the machine code that there is by now.
  var size: Int { adwatch_pcre2_size(code) }

  private static func message(_ status: Int32) -> String {
    let text = [UInt8](unsafeUninitializedCapacity: 256) { buffer, count in
      count = Int(max(0, pcre2_get_error_message_8(status, buffer.baseAddress, buffer.count)))
    }
    return String(decoding: text, as: UTF8.self)
  }
}
