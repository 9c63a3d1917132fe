public import Vocabulary

extension EvidenceGrade {
  /// What the grade says, in a few words.
  public var meaning: String {
    switch self {
    case .supported: "told known cases from known negatives in a study"
    case .noEffect: "was tested and told nothing"
    case .inverse: "was tested and pointed the other way"
    case .expert: "on an expert list, never tested"
    }
  }
}
