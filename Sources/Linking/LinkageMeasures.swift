import Extraction

/// What only linking can tell of an advert, for computed indicators.
///
/// The names are those that conditions in packs use. A measure of a selector is the most over the
/// selectors that join the advert to others; what is discounted as a hub counts for nothing. Style,
/// prices and wages are not compared here and stay *not evaluated*.
public struct LinkageMeasures: Sendable, Hashable {
  /// A measure's value and the node that gave it.
  public struct Value: Sendable, Hashable {
    /// The name that conditions use.
    public var name: String
    /// A count; nil when the advert has nothing of the kind.
    public var count: Int?
    /// The node with that count.
    public var node: LinkNode?
  }

  /// Every measure, each once.
  public private(set) var values: [Value]

  /// The value of a measure; nil when it is missing.
  public subscript(name: String) -> Int? { values.first { $0.name == name }?.count }

  init(_ nodes: [(edge: LinkEdge, standing: NodeStanding)]) {
    let counting = nodes.filter { $0.edge.joins && $0.standing.role == .joins }
    let selectors = counting.filter { if case .selector = $0.edge.node { true } else { false } }
    let addresses = selectors.filter {
      if case .selector(.address, _) = $0.edge.node { true } else { false }
    }
    let accounts = counting.filter { if case .account = $0.edge.node { true } else { false } }
    let texts = counting.filter { if case .text = $0.edge.node { true } else { false } }
    // An image only ever suggests, and what it says is how many names it has.
    let images = nodes.filter {
      switch $0.edge.node {
      case .image, .likeness: $0.standing.role != .discounted
      default: false
      }
    }
    func most(
      _ name: String, _ nodes: [(edge: LinkEdge, standing: NodeStanding)],
      _ path: KeyPath<NodeMeasures, Int>
    ) -> Value {
      var value = Value(name: name)
      for (edge, standing) in nodes {
        let count = standing.measures[keyPath: path]
        if count > value.count ?? -1 {
          value.count = count
          value.node = edge.node
        }
      }
      return value
    }
    values = [
      most("cities_of_selector", selectors, \.cities),
      most("countries_of_selector", selectors, \.countries),
      most("names_of_selector", selectors, \.names),
      most("ages_of_selector", selectors, \.ages),
      most("profiles_of_selector", selectors, \.profiles),
      most("adverts_of_address", addresses, \.adverts),
      most("contacts_of_account", accounts, \.contacts),
      most("circuits", selectors, \.circuits),
      most("template_adverts", texts, \.adverts),
      most("employers_of_text", texts, \.employers),
      most("countries_of_text", texts, \.allCountries),
      most("names_of_image", images, \.names),
    ]
  }
}
