extension ItemCollection {
  /// The top-level items, with what they refer to.
  func finished(_ source: [UInt8], limits: MarkupLimits) -> [MicrodataItem] {
    guard !nodes.isEmpty else { return [] }
    var assembly = ItemAssembly(self, source, limits: limits)
    return assembly.items()
  }
}

/// Puts items together: properties to items, items in items, and what `itemref` names (HTML,
/// section 5.2.5).
///
/// Each item is put in one place only, the first; so no circle of references goes round, and what
/// is referred to does not grow with each reference to it.
private struct ItemAssembly {
  private let collection: ItemCollection
  private let maximumDepth: Int
  /// The properties of each item, those it refers to at the end, by their places in the collection.
  private var own: [[Int]]
  /// Elements by their id: of two with one id the first that holds properties.
  private var places: [String: ItemCollection.Place] = [:]
  /// Items that are placed, or that others refer to.
  private var isPlaced: [Bool]
  private var isReferred: [Bool]
  private var budget: Int

  init(_ collection: ItemCollection, _ source: [UInt8], limits: MarkupLimits) {
    self.collection = collection
    maximumDepth = limits.maximumItemDepth
    budget = limits.maximumItems
    own = Array(repeating: [], count: collection.nodes.count)
    isPlaced = Array(repeating: false, count: collection.nodes.count)
    isReferred = isPlaced
    for (index, property) in collection.properties.enumerated()
    where own.indices.contains(property.item) {
      own[property.item].append(index)
    }
    guard collection.nodes.contains(where: { !$0.references.isEmpty }) else { return }
    source.withUnsafeBufferPointer { source in
      for place in collection.places {
        let range = place.identifier.range.clamped(to: 0..<source.count)
        let name = SourceText.string(range, in: source, maximum: 1_024)
        if places[name] == nil { places[name] = place }
      }
    }
    // Many references to one large element are not followed without end.
    var left = limits.maximumItems
    for (index, node) in collection.nodes.enumerated() {
      for name in node.references {
        guard let place = places[name], place.properties.count <= left else { continue }
        left -= place.properties.count
        refer(index, to: place)
      }
    }
  }

  mutating func items() -> [MicrodataItem] {
    var found: [MicrodataItem] = []
    for index in collection.nodes.indices
    where collection.nodes[index].isTop && !isReferred[index] && !isPlaced[index] {
      found.append(assembled(index, depth: 0))
    }
    // Those that only refer to each other.
    for index in collection.nodes.indices where collection.nodes[index].isTop && !isPlaced[index] {
      found.append(assembled(index, depth: 0))
    }
    return found
  }

  private mutating func refer(_ index: Int, to place: ItemCollection.Place) {
    for property in place.properties where collection.properties[property].item == place.item {
      own[index].append(property)
      if case .item(let item) = collection.properties[property].value, item != index {
        isReferred[item] = true
      }
    }
  }

  /// An item with those in it; the depth is bounded, so the recursion is.
  private mutating func assembled(_ index: Int, depth: Int) -> MicrodataItem {
    isPlaced[index] = true
    let node = collection.nodes[index]
    var properties: [MicrodataItem.Property] = []
    for place in own[index] where budget > 0 {
      let property = collection.properties[place]
      switch property.value {
      case .text(let text):
        properties.append(.init(name: property.name, value: .text(text)))
      case .item(let inner):
        guard !isPlaced[inner], depth + 1 < maximumDepth else { continue }
        let item = assembled(inner, depth: depth + 1)
        properties.append(.init(name: property.name, value: .item(item)))
      }
      budget -= 1
    }
    return MicrodataItem(
      syntax: node.syntax, types: node.types, id: node.id, properties: properties)
  }
}
