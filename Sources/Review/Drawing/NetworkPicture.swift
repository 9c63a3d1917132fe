import ChildPrograms

/// Adverts and what they share as a picture; Graphviz finds the places, we draw.
///
/// Only numbers of our own reach Graphviz, and only coordinates come back: nothing that an advert says
/// passes through it.
struct NetworkPicture {
  /// What adverts share.
  struct Node {
    var name: String
    var joins: Bool
    /// Places in `adverts`, and whether each tie joins.
    var ties: [(advert: Int, joins: Bool)]
  }

  /// Adverts, nodes and ties that are drawn.
  static let mostAdverts = 60
  static let mostNodes = 40
  static let mostTies = 400
  private static let inch = 72.0

  /// What the adverts are called.
  let adverts: [String]
  let nodes: [Node]

  init(adverts: [String], nodes: [Node]) {
    let adverts = Array(adverts.prefix(Self.mostAdverts))
    self.adverts = adverts
    var left = Self.mostTies
    self.nodes = nodes.prefix(Self.mostNodes).compactMap { node in
      var node = node
      node.ties = Array(node.ties.filter { adverts.indices.contains($0.advert) }.prefix(left))
      left -= node.ties.count
      return node.ties.count > 1 ? node : nil
    }
  }

  /// The question in Graphviz's language.
  var question: String {
    var text =
      "graph{rankdir=LR;nodesep=0.12;ranksep=1.1;node[shape=box,fixedsize=true,label=\"\"];"
    for place in adverts.indices { text += "a\(place)[width=2.9,height=0.3];" }
    for (place, node) in nodes.enumerated() {
      text += "n\(place)[width=2.9,height=0.3];"
      for tie in node.ties { text += "a\(tie.advert)--n\(place);" }
    }
    return text + "}"
  }

  /// Draws it; nil without ties, or without Graphviz.
  func drawing(label: String, program: String? = ChildProgram.path(of: "dot")) -> Drawing? {
    guard !nodes.isEmpty, let program else { return nil }
    let child = ChildProgram(path: program)
    guard let answer = child.run(["-Kdot", "-Tplain"], input: Array(question.utf8)) else {
      return nil
    }
    return drawing(plain: String(decoding: answer, as: UTF8.self), label: label)
  }

  /// Reads Graphviz's plain format (its manual, "plain"): places of nodes and splines of edges.
  func drawing(plain: String, label: String) -> Drawing? {
    var drawing: Drawing?
    var height = 0.0
    var boxes: [(name: Substring, x: Double, y: Double)] = []
    for line in plain.split(separator: "\n") {
      let parts = line.split(separator: " ")
      let numbers = parts.map { Double($0) ?? .nan }
      switch parts.first {
      case "graph" where parts.count >= 4:
        height = numbers[3] * Self.inch
        drawing = Drawing(width: numbers[2] * Self.inch + 12, height: height + 12, label: label)
      case "node" where parts.count >= 4:
        boxes.append((parts[1], numbers[2] * Self.inch + 6, height - numbers[3] * Self.inch + 6))
      case "edge" where parts.count >= 4:
        guard let path = Self.spline(numbers, height: height) else { continue }
        drawing?.path(path, joins(parts[1], parts[2]) ? "tie" : "tie weak")
      default: break
      }
    }
    for box in boxes { draw(box.name, box.x, box.y, in: &drawing) }
    return drawing
  }

  private func draw(_ name: Substring, _ x: Double, _ y: Double, in drawing: inout Drawing?) {
    guard let number = Int(name.dropFirst()) else { return }
    let isAdvert = name.first == "a"
    guard isAdvert ? adverts.indices.contains(number) : nodes.indices.contains(number) else {
      return
    }
    let words = isAdvert ? adverts[number] : nodes[number].name
    let kind = isAdvert ? "box" : nodes[number].joins ? "box joins" : "box suggests"
    drawing?.rectangle(x: x - 104, y: y - 11, width: 208, height: 22, kind, title: words)
    drawing?.write(Drawing.short(words, 29), x: x - 98, y: y + 4)
  }

  private func joins(_ tail: Substring, _ head: Substring) -> Bool {
    let (advert, node) = tail.first == "a" ? (tail, head) : (head, tail)
    guard let place = Int(node.dropFirst()), nodes.indices.contains(place),
      let number = Int(advert.dropFirst())
    else { return false }
    return nodes[place].joins && nodes[place].ties.contains { $0.advert == number && $0.joins }
  }

  private static func spline(_ numbers: [Double], height: Double) -> String? {
    guard let count = Int(exactly: numbers[3]), count >= 4, count <= 400,
      numbers.count >= 4 + 2 * count
    else { return nil }
    var path = ""
    for number in 0..<count {
      let x = numbers[4 + 2 * number] * inch + 6
      let y = height - numbers[5 + 2 * number] * inch + 6
      guard x.isFinite, y.isFinite else { return nil }
      path += (number == 0 ? "M" : number == 1 ? "C" : " ")
      path += "\(Drawing.text(x)),\(Drawing.text(y))"
    }
    return path
  }
}
