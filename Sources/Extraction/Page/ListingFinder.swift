import Markup

/// Finds the repeated blocks of a page that lists adverts.
enum ListingFinder {
  /// One block of a listing.
  struct Block: Equatable {
    /// Index in the outline.
    var element: Int
    /// Where it stands in the page's text.
    var range: Range<Int>
  }

  struct Listing {
    var blocks: [Block]
    /// The share of the page's content in the blocks, 0 to 1.
    var share: Double
  }

  private struct Key: Hashable {
    var shape: UInt32
    var depth: Int
    var parent: Int32
  }

  /// The group of alike blocks with links that holds most text, nil when no three are alike.
  ///
  /// Blocks are alike when the same template made them: same shape, same depth, side by side or in
  /// rows side by side.
  static func find(
    in document: Document, outline: Outline, content: [Range<Int>], limit: Int = 1_000
  ) -> Listing? {
    let total = content.reduce(0) { $0 + $1.count }
    guard total > 0, !document.elements.isEmpty else { return nil }
    var groups: [Key: [Block]] = [:]
    var order: [Key] = []
    for (index, element) in document.elements.enumerated() {
      guard element.isBlock, element.range.count >= 20, isRoom(element.region),
        RangeSet.holds(element.range, content), outline.links(in: element.range) >= 1
      else { continue }
      let grand =
        element.parent >= 0 ? document.elements[Int(element.parent)].parent : -1
      for parent in [element.parent, grand &- 1_000_000] {
        let key = Key(shape: element.shape, depth: element.depth, parent: parent)
        if groups[key] == nil { order.append(key) }
        groups[key, default: []].append(Block(element: index, range: element.range))
      }
    }
    var best: Listing?
    for key in order {
      guard let blocks = groups[key], blocks.count >= 3 else { continue }
      let bytes = blocks.reduce(0) { $0 + $1.range.count }
      let average = bytes / blocks.count
      guard (25...2_000).contains(average), leadAway(blocks, document) else { continue }
      let share = Double(bytes) / Double(total)
      // Of groups within each other the outer one has the whole blocks; prefer more text, then
      // more blocks.
      if share > (best?.share ?? 0) + 0.02
        || share > (best?.share ?? 0) - 0.02 && blocks.count > best?.blocks.count ?? 0
      {
        best = Listing(blocks: Array(blocks.prefix(limit)), share: min(1, share))
      }
    }
    return best
  }

  private static func isRoom(_ region: Region) -> Bool {
    region == .none || region == .main || region == .article
  }

  /// Whether most blocks open with a link to a page of their own; paragraphs of an article have
  /// theirs anywhere.
  private static func leadAway(_ blocks: [Block], _ document: Document) -> Bool {
    var targets: Set<String> = []
    for block in blocks.prefix(60) {
      guard let link = firstLink(in: block.range, document),
        link.range.lowerBound - block.range.lowerBound <= 48
      else { continue }
      targets.insert(link.href)
    }
    return targets.count * 10 >= min(blocks.count, 60) * 7
  }

  /// The link a block is about: its first one with text of its own.
  static func firstLink(in range: Range<Int>, _ document: Document) -> Link? {
    var low = 0
    var high = document.links.count
    // Links stand in document order; those without text stand where they would.
    while low < high {
      let middle = (low + high) / 2
      if document.links[middle].range.lowerBound < range.lowerBound {
        low = middle + 1
      } else {
        high = middle
      }
    }
    var index = low
    var image: Link?
    while index < document.links.count, document.links[index].range.lowerBound < range.upperBound {
      let link = document.links[index]
      index += 1
      guard link.kind == .anchor, !link.href.isEmpty, !link.href.hasPrefix("#"),
        !link.href.lowercased().hasPrefix("javascript:"),
        !link.href.lowercased().hasPrefix("tel:"), !link.href.lowercased().hasPrefix("mailto:")
      else { continue }
      if !link.range.isEmpty { return link }
      image = image ?? link
    }
    return image
  }
}
