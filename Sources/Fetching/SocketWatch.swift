import Dispatch
import Glibc

/// The Dispatch sources of one socket that curl uses; confined to the fetcher's queue.
///
/// They watch a duplicate of the descriptor. curl closes a socket whenever it likes, one that never
/// connected without even saying so, and Dispatch must not be left with a number that the next
/// socket gets: the duplicate is ours and is closed when Dispatch has let go of it.
///
/// The sources are suspended while curl does not care, which is cheaper than making new ones for
/// every request on a kept connection.
final class SocketWatch {
  private let duplicate: Int32
  private let queue: DispatchQueue
  private let onReady: (_ isRead: Bool) -> Void
  private var read: (source: any DispatchSourceRead, isRunning: Bool)?
  private var write: (source: any DispatchSourceWrite, isRunning: Bool)?

  /// Whether curl ever waited for something to read, so that the socket is a connection.
  private(set) var hasRead = false

  /// Nil when the process may open no more descriptors.
  init?(descriptor: Int32, queue: DispatchQueue, onReady: @escaping (_ isRead: Bool) -> Void) {
    duplicate = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    self.queue = queue
    self.onReady = onReady
    if duplicate < 0 { return nil }
  }

  /// Listens for what curl wants to know from now on.
  func want(read wantsRead: Bool, write wantsWrite: Bool) {
    if wantsRead, read == nil {
      hasRead = true
      let source = DispatchSource.makeReadSource(fileDescriptor: duplicate, queue: queue)
      source.setEventHandler { [onReady] in onReady(true) }
      read = (source, false)
    }
    if let (source, isRunning) = read, isRunning != wantsRead {
      read?.isRunning = wantsRead
      if wantsRead { source.resume() } else { source.suspend() }
    }
    if wantsWrite, write == nil {
      let source = DispatchSource.makeWriteSource(fileDescriptor: duplicate, queue: queue)
      source.setEventHandler { [onReady] in onReady(false) }
      write = (source, false)
    }
    if let (source, isRunning) = write, isRunning != wantsWrite {
      write?.isRunning = wantsWrite
      if wantsWrite { source.resume() } else { source.suspend() }
    }
  }

  /// Ends listening, then closes the duplicate, then calls `done` on the queue.
  func close(done: @escaping () -> Void) {
    let group = DispatchGroup()
    if let (source, isRunning) = read {
      group.enter()
      source.setCancelHandler { group.leave() }
      source.cancel()
      // A suspended source is neither cancelled nor may it be released.
      if !isRunning { source.resume() }
    }
    if let (source, isRunning) = write {
      group.enter()
      source.setCancelHandler { group.leave() }
      source.cancel()
      if !isRunning { source.resume() }
    }
    read = nil
    write = nil
    let closing = DispatchWorkItem { [duplicate] in
      Glibc.close(duplicate)
      done()
    }
    group.notify(queue: queue, work: closing)
  }
}
