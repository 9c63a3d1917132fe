extension Region {
  /// The landmark that an element is by its name.
  @inline(__always)
  init?(_ tag: Tag) {
    switch tag {
    case .main: self = .main
    case .article: self = .article
    case .nav: self = .navigation
    case .header: self = .header
    case .footer: self = .footer
    case .aside: self = .aside
    case .form, .search: self = .form
    default: return nil
    }
  }

  /// The landmark that an element is by its `role`.
  init?(role attributes: TagAttributes) {
    let found = attributes.firstWord(.role, in: Self.roles)
    guard found > 0 else { return nil }
    self.init(rawValue: found)
  }

  private static let roles = NameTable<UInt8>(
    ([
      ("main", .main), ("article", .article), ("navigation", .navigation),
      ("menubar", .navigation), ("menu", .navigation), ("banner", .header),
      ("contentinfo", .footer), ("complementary", .aside), ("form", .form), ("search", .form),
    ] as [(String, Region)]).map { ($0, $1.rawValue) }, missing: 0)
}
