import ArgumentParser
import Bytes
import Crawling
import Dispatch
import Logging
import Synchronization
import Vocabulary

/// Log lines on standard error, from notices up: words for people, or one JSON object a line.
struct ConsoleLog: LogHandler {
  /// How lines are written.
  enum Form: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
  }

  /// The form in force.
  static let form = Mutex(Form.text)

  /// The program's log.
  static let logger = Logger(label: "adwatch") { _ in ConsoleLog() }

  var logLevel: Logger.Level = .notice
  var metadata: Logger.Metadata = [:]

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let details = (event.metadata ?? [:]).sorted { $0.key < $1.key }
    switch Self.form.withLock({ $0 }) {
    case .text:
      let words = details.map { " \($0.key)=\(shown($0.value.description))" }.joined()
      Output.complain("adwatch: \(event.level): \(event.message)\(words)")
    case .json:
      var json = JSONWriter()
      json.object { json in
        json.key("ts")
        json.string(Timestamp.now.rfc3339Milliseconds)
        json.key("level")
        json.string("\(event.level)")
        json.key("message")
        json.string("\(event.message)")
        json.key("fields")
        json.object { json in
          for (key, value) in details {
            json.key(key)
            json.string(value.description)
          }
        }
      }
      Output.complain(json.text)
    }
  }
}

/// A text that one task writes and one thread reads afterwards.
final class PageBox: Sendable {
  private let text = Mutex("")

  func set(_ value: String) { text.withLock { $0 = value } }
  func get() -> String { text.withLock { $0 } }
}
