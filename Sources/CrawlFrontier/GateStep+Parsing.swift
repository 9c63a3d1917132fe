import Configuration
import WebAddress

/// The keys of `steps` in `adwatch.source/1`.
enum StepReader {
  static func read(
    _ node: ConfigurationNode, _ reader: inout ConfigurationReader
  ) -> [GateStep] {
    guard let items = reader.sequence(node) else { return [] }
    if items.count > GateStep.maximumSteps {
      reader.report("at most \(GateStep.maximumSteps) steps", at: node)
    }
    return items.compactMap { step($0, &reader) }
  }

  private static func step(
    _ node: ConfigurationNode, _ reader: inout ConfigurationReader
  ) -> GateStep? {
    let keys = ["when", "open", "submit", "follow", "cookies"]
    guard let fields = reader.mapping(node, keys: keys, required: ["when"]),
      let when = fields["when"], let trigger = trigger(when, &reader)
    else { return nil }
    let named = keys.dropFirst().filter { fields[$0] != nil }
    guard named.count == 1, let name = named.first, let place = fields[name] else {
      reader.report("a step has one of open, submit, follow and cookies", at: node)
      return nil
    }
    guard let action = action(name, place, &reader) else { return nil }
    switch (trigger, action) {
    case (.session, .submit), (.session, .follow):
      reader.report(
        "at the beginning of a session there is no page yet: open one, and let the next step have "
          + "the gate's text or address in when", at: node)
      return nil
    case (.page, .open):
      reader.report("open belongs to when: session; on a page it is submit or follow", at: node)
      return nil
    default: return GateStep(trigger, action)
    }
  }

  private static func trigger(
    _ node: ConfigurationNode, _ reader: inout ConfigurationReader
  ) -> GateStep.Trigger? {
    guard case .mapping = node.value else {
      guard let text = reader.string(node) else { return nil }
      if text == "session" { return .session }
      reader.report("when is session, or {url: PATTERNS, text: TEXTS} of the gate's page", at: node)
      return nil
    }
    let keys = ["url", "text"]
    guard let fields = reader.mapping(node, keys: keys) else { return nil }
    var mark = GateMark()
    mark.url = fields["url"].map { SourceReader.patterns($0, &reader) } ?? []
    mark.text = fields["text"].flatMap { reader.strings($0) } ?? []
    for text in mark.text where text.utf8.isEmpty || text.utf8.count > GateMark.maximumTextBytes {
      reader.report("a gate's text has 1 to \(GateMark.maximumTextBytes) bytes", at: node)
      return nil
    }
    guard !mark.url.isEmpty || !mark.text.isEmpty else {
      reader.report("when needs url, text or both, else every page would be the gate", at: node)
      return nil
    }
    return .page(mark)
  }

  private static func action(
    _ name: String, _ node: ConfigurationNode, _ reader: inout ConfigurationReader
  ) -> GateStep.Action? {
    switch name {
    case "open":
      guard let text = reader.string(node) else { return nil }
      guard let address = Address(text), address.isHTTP, address.username.isEmpty,
        address.password.isEmpty
      else {
        reader.report("'\(text.prefix(80))' is no http or https address", at: node)
        return nil
      }
      return .open(address)
    case "follow":
      return SourceReader.patterns(node, &reader).first.map { .follow($0) }
    case "cookies": return .cookies(SourceReader.cookies(node, &reader))
    default: return form(node, &reader).map { .submit($0) }
    }
  }

  private static func form(
    _ node: ConfigurationNode, _ reader: inout ConfigurationReader
  ) -> FormChoice? {
    let keys = ["action", "fields"]
    guard let fields = reader.mapping(node, keys: keys) else { return nil }
    var choice = FormChoice(
      action: fields["action"].flatMap { SourceReader.patterns($0, &reader).first })
    if let place = fields["fields"] {
      for (name, value, _) in reader.entries(place) ?? [] {
        guard let text = reader.string(value) else { continue }
        choice.fields.append(FormChoice.Field(name: name, value: text))
      }
      if choice.fields.count > GateStep.maximumFields {
        reader.report("at most \(GateStep.maximumFields) fields", at: place)
      }
    }
    return choice
  }
}
