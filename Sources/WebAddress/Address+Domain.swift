extension Address {
  /// The domain that one person or firm registered, by the system's public suffix list; nil for IP
  /// addresses, bare suffixes, and addresses without a domain.
  ///
  /// Both sections of the list count, so that the customers of a hoster (`alice.github.io`) are told
  /// apart. Without a final dot.
  public var registrableDomain: String? { registrableDomain(sections: .registriesAndHosters) }

  /// What shares one politeness budget: the domain a registry delegated, else the host.
  ///
  /// Only the registries' section counts: a hoster's customers are served by one machinery, and
  /// who has ten thousand names below one domain must not get ten thousand budgets. An address
  /// literal is its own group, whatever its port.
  public var politenessGroup: String {
    if let domain = registrableDomain(sections: .registries) { return domain }
    var name = bytes(layout.host, layout.hostEnd)
    if layout.hostKind == .domain { CanonicalForm.removeFinalDot(&name) }
    return String(decoding: name, as: UTF8.self)
  }

  private func registrableDomain(sections: PublicSuffixList.Sections) -> String? {
    guard layout.hostKind == .domain else { return nil }
    let name = bytes(layout.host, layout.hostEnd)
    return PublicSuffixList.system.registrableRange(of: name[...], sections: sections)
      .map { String(decoding: name[$0], as: UTF8.self) }
  }
}
