import Markup
import Measurement

/// Collects what a member of each JSON line says of its advert.
final class LabelField {
  let name: String
  private(set) var labels = Labels()

  init(name: String) { self.name = name }

  /// Takes the label of a line; a line without the member states none.
  func take(from object: JSONValue, of id: String) throws(Labels.Problem) {
    do {
      try labels.add(object[name], of: id)
    } catch {
      throw Labels.Problem(message: "'\(name)': \(error.message)")
    }
  }
}
