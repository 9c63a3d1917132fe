import Analysis
import Dispatch
import Extraction
import Synchronization
import WebAddress

/// Learns the templates of the hosts in an input while it is scanned.
///
/// The first pages of a host teach and are read without a template; every later one is read with
/// what these taught. Which pages these are is decided in the order of the input, and a later page
/// waits for them: the output depends neither on the number of workers nor on their speed.
final class TemplateBook: Sendable {
  /// Where a page stands among those of its host.
  struct Place: Sendable {
    fileprivate let host: Host
    fileprivate let number: Int
  }

  /// A page and its place; nil where nothing is learned.
  struct Numbered: Sendable {
    let input: ScanInput
    let place: Place?
  }

  /// What is known of a host.
  fileprivate final class Host: Sendable {
    struct State {
      var given = 0
      var sketches: [SiteTemplate.Sketch?]
      var missing: Int
      var template: SiteTemplate?
    }

    let state: Mutex<State>
    /// Signalled once when all teaching pages are there, and on by everyone who waited.
    let isLearned = DispatchSemaphore(value: 0)

    init(pages: Int) {
      state = Mutex(State(sketches: Array(repeating: nil, count: pages), missing: pages))
    }
  }

  /// Hosts that are learned; of later ones each page is read alone.
  private static let maximumHosts = 1_000

  private let limits = SiteTemplate.Limits()
  private let hosts = Mutex<[String: Host]>([:])

  /// Takes the next input in order: called by one thread.
  func numbered(_ input: ScanInput) -> Numbered {
    guard case .page(let page) = input, let name = page.hints.url?.hostname, !name.isEmpty else {
      return Numbered(input: input, place: nil)
    }
    let host: Host? = hosts.withLock { hosts in
      if let host = hosts[name] { return host }
      guard hosts.count < Self.maximumHosts else { return nil }
      let host = Host(pages: limits.pages)
      hosts[name] = host
      return host
    }
    guard let host else { return Numbered(input: input, place: nil) }
    let number = host.state.withLock { state in
      state.given += 1
      return state.given - 1
    }
    return Numbered(input: input, place: Place(host: host, number: number))
  }

  /// Gives a page its template, or asks it to teach.
  ///
  /// Waits for the pages that teach. These were started before, so that they are never waiting for
  /// this one.
  func prepare(_ page: inout PageInput, _ place: Place?) {
    guard let place else { return }
    if place.number < limits.pages {
      page.teaches = true
    } else {
      place.host.isLearned.wait()
      place.host.isLearned.signal()
      page.hints.template = place.host.state.withLock { $0.template }
    }
  }

  /// Takes what a page taught; nil when it could not be read.
  func learn(_ sketch: SiteTemplate.Sketch?, _ place: Place?) {
    guard let place, place.number < limits.pages else { return }
    let isDone = place.host.state.withLock { state in
      state.sketches[place.number] = sketch
      state.missing -= 1
      guard state.missing == 0 else { return false }
      state.template = SiteTemplate(learning: state.sketches.compactMap { $0 }, limits: limits)
      state.sketches = []
      return true
    }
    if isDone { place.host.isLearned.signal() }
  }
}
