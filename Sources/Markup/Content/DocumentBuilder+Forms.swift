extension DocumentBuilder {
  mutating func startForm(_ attributes: TagAttributes) {
    guard document.forms.count < limits.maximumFields else { return }
    let method = attributes.trimmed(.method)?.lowercased() ?? "get"
    let place = visible.bytes.count
    document.forms.append(
      FormElement(
        action: attributes.trimmed(.action) ?? "",
        method: method == "post" || method == "dialog" ? method : "get", fields: [],
        range: place..<place))
    openForm = document.forms.count - 1
  }

  mutating func finishForm(_ index: Int) {
    guard document.forms.indices.contains(index) else { return }
    document.forms[index].range = trimmed(from: document.forms[index].range.lowerBound)
    if openForm == index { openForm = -1 }
  }

  mutating func readInput(_ attributes: TagAttributes) {
    let type = attributes.trimmed(.type)?.lowercased() ?? ""
    addField(type: type.isEmpty ? "text" : type, attributes)
  }

  /// Adds a control to the form around it; one outside of forms is nobody's.
  mutating func addField(type: String, _ attributes: TagAttributes) {
    guard openForm >= 0, fieldCount < limits.maximumFields else { return }
    fieldCount += 1
    document.forms[openForm].fields.append(
      .init(
        type: String(type.prefix(32)), name: attributes.string(.name) ?? "",
        value: attributes.string(.value) ?? ""))
  }
}
