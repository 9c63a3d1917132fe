public import WebAddress

/// What a visitor has to do before a site shows its pages: pass an age gate, press "enter", take a
/// cookie.
///
/// Declared by the operator under `steps`; nothing is guessed. Each request that a step makes is one
/// like any other: asked for at the frontier, kept in the archive.
public struct GateStep: Sendable, Hashable {
  /// When a step is done.
  public enum Trigger: Sendable, Hashable {
    /// At the beginning of a session, before the first page.
    case session
    /// When the page that came is the gate.
    case page(GateMark)
  }

  /// What is done.
  public enum Action: Sendable, Hashable {
    /// Fetch this address.
    case open(Address)
    /// Send a form of the gate.
    case submit(FormChoice)
    /// Follow the gate's first link to an address that this pattern matches.
    case follow(URLPattern)
    /// Send these cookies from now on.
    case cookies([Source.Cookie])
  }

  public var trigger: Trigger
  public var action: Action

  public init(_ trigger: Trigger, _ action: Action) {
    self.trigger = trigger
    self.action = action
  }

  /// Most steps of a source.
  public static let maximumSteps = 8
  /// Requests that a visit may take besides its own, for all steps and their redirects together.
  public static let maximumRequests = 12
  /// Fields that a step may fill in, and bytes of a form as it is sent.
  public static let maximumFields = 64
  public static let maximumFormBytes = 64 << 10
}

/// By what a gate is recognised; everything that is given has to hold.
public struct GateMark: Sendable, Hashable {
  /// The page's address matches one of these; empty for any.
  public var url: [URLPattern]
  /// The page's visible text has one of these, whatever the case of ASCII letters; empty for any.
  public var text: [String]

  public init(url: [URLPattern] = [], text: [String] = []) {
    self.url = url
    self.text = text
  }

  /// Whether an address alone tells that a gate is behind it: a redirect to it is followed.
  public func isAt(_ address: Address) -> Bool {
    !url.isEmpty && url.contains { $0.matches(address) }
  }

  /// Whether a page is the gate.
  public func matches(_ address: Address, text page: [UInt8]) -> Bool {
    guard url.isEmpty || isAt(address) else { return false }
    guard !text.isEmpty else { return true }
    let page = page.map(Self.lowered)
    return text.contains { Self.contains(page, $0.utf8.map(Self.lowered)) }
  }

  private static func lowered(_ byte: UInt8) -> UInt8 {
    (65...90).contains(byte) ? byte | 0x20 : byte
  }

  /// Needles are short (`maximumTextBytes`), so that this stays linear in the page.
  private static func contains(_ page: [UInt8], _ needle: [UInt8]) -> Bool {
    guard let first = needle.first, page.count >= needle.count else { return needle.isEmpty }
    for start in 0...(page.count - needle.count)
    where page[start] == first && page[start..<(start + needle.count)].elementsEqual(needle) {
      return true
    }
    return false
  }

  /// Bytes of a text that marks a gate.
  public static let maximumTextBytes = 200
}

/// Which form of a gate is sent, and what is filled in.
public struct FormChoice: Sendable, Hashable {
  /// The form's action matches this; nil for any.
  public var action: URLPattern?
  /// Names and values; a form without one of the names is not the one that is meant.
  ///
  /// All other fields, hidden ones above all, are sent as the page presets them.
  public var fields: [Field]

  /// A name with its value.
  public struct Field: Sendable, Hashable {
    public var name: String
    public var value: String

    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  public init(action: URLPattern? = nil, fields: [Field] = []) {
    self.action = action
    self.fields = fields
  }
}
