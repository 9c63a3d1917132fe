import Bytes
import CaseStore
import Linking
import Vocabulary

/// A cluster in a list: who is in it, and what joins them.
struct ClusterSummary {
  let cluster: Int64
  private let view: LinkView
  private let captions: [Int64: AdvertCaption]

  /// Nodes that a line of text names.
  private static let mostNodes = 3

  /// Nil when there is no cluster of that name.
  init?(_ cluster: Int64, in store: CaseStore) throws {
    guard let view = try store.links({ try $0.view(ofCluster: cluster) }) else { return nil }
    self.cluster = cluster
    self.view = view
    captions = try store.captions(of: view.adverts.map(\.advert.id))
  }

  private var joining: [SharedNode] {
    view.shared.filter(\.joins).sorted { ($1.ties.count, $0.node) < ($0.ties.count, $1.node) }
  }

  /// Two lines: what it is called and how large it is, and what joins it.
  var text: String {
    let adverts = view.adverts.map(\.advert)
    let sources = Set(adverts.map(\.source)).sorted()
    let places = Set(adverts.flatMap { $0.sightings.compactMap(\.place) }).count
    let title = captions[cluster]?.title ?? adverts.first?.key ?? ""
    let nodes = joining.prefix(Self.mostNodes).map { "\(shown($0.node.text)) (\($0.ties.count))" }
    let more = joining.count - nodes.count
    let facts = [
      "\(adverts.count) adverts", sources.map(shown).joined(separator: ", "),
      places > 1 ? "\(places) places" : nil,
    ].compactMap { $0 }
    let by = nodes.isEmpty ? "a person's decision" : nodes.joined(separator: ", ")
    return Output.styled("cluster \(cluster)", .bold) + "  \(facts.joined(separator: "; "))  "
      + Output.styled(shown(title), .dim) + "\n  joined by \(by)"
      + (more > 0 ? " and \(more) more" : "")
  }

  /// One object, `adwatch.cluster/1`.
  var json: String {
    var json = JSONWriter()
    json.object { json in
      json.member("schema", "adwatch.cluster/1")
      json.member("cluster", cluster)
      json.list("adverts", view.adverts) { record, json in
        json.object { json in
          json.member("id", record.advert.id)
          json.member("source", record.advert.source)
          json.member("key", record.advert.key)
          json.member("url", captions[record.advert.id]?.url)
          json.member("title", captions[record.advert.id]?.title)
        }
      }
      json.list("joins", joining) { shared, json in
        json.object { json in
          json.member("node", shared.node.text)
          json.list("adverts", shared.ties.filter { $0.doubt == nil }) { tie, json in
            json.integer(Int(tie.advert))
          }
        }
      }
    }
    return json.text
  }
}
