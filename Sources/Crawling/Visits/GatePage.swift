import Analysis
import CrawlFrontier
import Fetching
import Markup
import WebAddress

/// A page that may be a gate, read as far as its steps need it.
struct GatePage {
  let address: Address
  /// Nil when it is no HTML, or was not read because no gate can be here.
  let document: Document?

  /// Reads a page when one of the marks may be on it.
  init(_ exchange: Exchange, marks: [GateMark]) {
    address = exchange.address
    let mayBeGate = marks.contains { $0.url.isEmpty || $0.isAt(exchange.address) }
    let type = MediaType(exchange.headers["content-type"])
    guard mayBeGate, exchange.outcome == .fetched, !exchange.body.isEmpty,
      let body = try? exchange.decodedBody(), case .html = type.reading(of: body)
    else {
      document = nil
      return
    }
    document = Document(bytes: body, declaredEncoding: type.charset)
  }

  /// Whether the page bears a mark.
  func bears(_ mark: GateMark) -> Bool {
    guard let document else { return false }
    return mark.matches(address, text: document.text)
  }

  /// The address of the first link that a pattern matches.
  func link(to pattern: URLPattern) -> Address? {
    guard let document else { return nil }
    for link in document.links {
      if let found = resolve(link.href), pattern.matches(found.canonical) { return found }
    }
    return nil
  }

  /// An address as the page writes it.
  func resolve(_ reference: String) -> Address? {
    let base = document?.base.flatMap { address.resolving($0) } ?? address
    return base.resolving(reference)
  }
}

/// A form of a page, filled in and ready to be sent (HTML Standard, 4.10.21).
struct FormSubmission: Hashable {
  let address: Address
  let method: HTTPMethod
  /// `application/x-www-form-urlencoded`; empty for GET.
  let body: [UInt8]

  static let contentType = "application/x-www-form-urlencoded"

  /// The form that a step means, with what the step fills in; nil when the page has none such.
  ///
  /// All other controls are sent as the page presets them, so that what hidden fields carry (a token
  /// against forgery, where to go afterwards) goes along; boxes that must be ticked and buttons are
  /// sent when the step names them.
  init?(_ choice: FormChoice, on page: GatePage) {
    guard let document = page.document else { return nil }
    for form in document.forms where form.method != "dialog" {
      guard let target = page.resolve(form.action.isEmpty ? page.address.href : form.action),
        target.isHTTP, choice.action.map({ $0.matches(target.canonical) }) ?? true,
        choice.fields.allSatisfy({ field in form.fields.contains { $0.name == field.name } })
      else { continue }
      let data = Self.encoded(form, choice)
      guard data.count <= GateStep.maximumFormBytes else { return nil }
      let bare = target.withoutFragment
      if form.method == "post" {
        (address, method, body) = (bare, .post, data)
        return
      }
      let path = String(bare.href.prefix { $0 != "?" })
      guard let query = Address(path + "?" + String(decoding: data, as: UTF8.self)) else {
        return nil
      }
      (address, method, body) = (query, .get, [])
      return
    }
    return nil
  }

  private static func encoded(_ form: FormElement, _ choice: FormChoice) -> [UInt8] {
    let silent: Set = ["submit", "button", "image", "reset", "checkbox", "radio", "file"]
    var pairs: [(name: String, value: String)] = []
    var filled: Set<String> = []
    for field in form.fields where !field.name.isEmpty {
      if let own = choice.fields.first(where: { $0.name == field.name }) {
        if filled.insert(own.name).inserted { pairs.append((own.name, own.value)) }
      } else if !silent.contains(field.type) {
        pairs.append((field.name, field.value))
      }
    }
    var bytes: [UInt8] = []
    for (index, pair) in pairs.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: "&")) }
      append(pair.name, to: &bytes)
      bytes.append(UInt8(ascii: "="))
      append(pair.value, to: &bytes)
    }
    return bytes
  }

  /// URL Standard, 5.2.
  private static func append(_ text: String, to bytes: inout [UInt8]) {
    let digits = Array("0123456789ABCDEF".utf8)
    for byte in text.utf8 {
      switch byte {
      case 0x20: bytes.append(UInt8(ascii: "+"))
      case 48...57, 65...90, 97...122, 0x2A, 0x2D, 0x2E, 0x5F: bytes.append(byte)
      default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
  }
}
