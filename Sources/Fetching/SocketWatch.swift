import Dispatch
import Glibc

/// The Dispatch sources of one socket that curl uses; confined to the fetcher's queue.
///
/// They live as long as the socket and are suspended while curl does not care, which is cheaper
/// than making new ones for every request on a kept connection.
final class SocketWatch {
  private let descriptor: Int32
  private let queue: DispatchQueue
  private let onReady: (_ descriptor: Int32, _ isRead: Bool) -> Void
  private var read: (source: any DispatchSourceRead, isRunning: Bool)?
  private var write: (source: any DispatchSourceWrite, isRunning: Bool)?

  init(
    descriptor: Int32, queue: DispatchQueue,
    onReady: @escaping (_ descriptor: Int32, _ isRead: Bool) -> Void
  ) {
    self.descriptor = descriptor
    self.queue = queue
    self.onReady = onReady
  }

  /// Listens for what curl wants to know from now on.
  func want(read wantsRead: Bool, write wantsWrite: Bool) {
    if wantsRead, read == nil {
      let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
      source.setEventHandler { [descriptor, onReady] in onReady(descriptor, true) }
      read = (source, false)
    }
    if let (source, isRunning) = read, isRunning != wantsRead {
      read?.isRunning = wantsRead
      if wantsRead { source.resume() } else { source.suspend() }
    }
    if wantsWrite, write == nil {
      let source = DispatchSource.makeWriteSource(fileDescriptor: descriptor, queue: queue)
      source.setEventHandler { [descriptor, onReady] in onReady(descriptor, false) }
      write = (source, false)
    }
    if let (source, isRunning) = write, isRunning != wantsWrite {
      write?.isRunning = wantsWrite
      if wantsWrite { source.resume() } else { source.suspend() }
    }
  }

  /// Ends listening, then closes the socket, then calls `done` on the queue.
  ///
  /// Closing first would let the number be used for another socket while Dispatch still has it.
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
    let closing = DispatchWorkItem { [descriptor] in
      Glibc.close(descriptor)
      done()
    }
    group.notify(queue: queue, work: closing)
  }
}

extension SocketWatch {
  /// Closes a socket that was never watched.
  static func closeUnwatched(_ descriptor: Int32) { Glibc.close(descriptor) }
}
