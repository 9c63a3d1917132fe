/// Text made safe between tags and in quoted attributes.
enum HTMLText {
  /// Escapes what HTML reads as markup; control and direction characters become spaces.
  static func escape(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default:
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse: result += " "
        default: result.unicodeScalars.append(scalar)
        }
      }
    }
    return result
  }
}
