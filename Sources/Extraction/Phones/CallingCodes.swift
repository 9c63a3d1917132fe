/// Country calling codes (ITU-T E.164) of the countries watched most.
enum CallingCodes {
  static func code(_ region: String) -> String? {
    switch region {
    case "NL": return "31"
    case "BE": return "32"
    case "FR": return "33"
    case "ES": return "34"
    case "HU": return "36"
    case "IT": return "39"
    case "RO": return "40"
    case "CH": return "41"
    case "AT": return "43"
    case "GB": return "44"
    case "DK": return "45"
    case "SE": return "46"
    case "NO": return "47"
    case "PL": return "48"
    case "DE": return "49"
    case "GR": return "30"
    case "TR": return "90"
    case "NG": return "234"
    case "PT": return "351"
    case "IE": return "353"
    case "AL": return "355"
    case "FI": return "358"
    case "BG": return "359"
    case "LT": return "370"
    case "LV": return "371"
    case "EE": return "372"
    case "MD": return "373"
    case "UA": return "380"
    case "RS": return "381"
    case "HR": return "385"
    case "SI": return "386"
    case "BA": return "387"
    case "CZ": return "420"
    case "SK": return "421"
    default: return nil
    }
  }
}
