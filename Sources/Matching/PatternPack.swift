public import Vocabulary

/// The indicators of one topic, as one file under `Patterns/` holds them (`adwatch.pack/1`).
public struct PatternPack: Sendable {
  /// The pack's name, unique.
  public let name: String
  /// Raised by its authors whenever its meaning changes; at least 1.
  public let version: Int
  /// The forms of advert it applies to; an advert of unknown form gets every pack.
  public let forms: [Form]
  /// Its indicators in the order of the file.
  public let indicators: [Indicator]
  /// The file as the user named it.
  public let file: String

  public init(
    name: String, version: Int, forms: [Form], indicators: [Indicator], file: String
  ) {
    self.name = name
    self.version = version
    self.forms = forms
    self.indicators = indicators
    self.file = file
  }

  /// Whether the pack applies to adverts of this form, where nil means unknown.
  public func applies(to form: Form?) -> Bool {
    form.map(forms.contains) ?? true
  }
}
