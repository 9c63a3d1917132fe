/// The links of a page in order; each is made when it is asked for.
public struct LinkList: RandomAccessCollection, Sendable, Hashable {
  private let records: [Link.Record]
  private let page: PageSource

  init(_ records: [Link.Record] = [], on page: PageSource = .empty) {
    self.records = records
    self.page = page
  }

  public var startIndex: Int { 0 }
  public var endIndex: Int { records.count }

  public subscript(index: Int) -> Link { Link(records[index], on: page) }

  public static func == (a: LinkList, b: LinkList) -> Bool { a.elementsEqual(b) }

  public func hash(into hasher: inout Hasher) { for link in self { hasher.combine(link) } }
}
