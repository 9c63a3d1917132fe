public import Linking

extension StoredLinkIndex {
  public func record(_ advert: Int64) throws -> LinkRecord? {
    try cache.record(advert) {
      let row = try session.row(
        "SELECT body FROM link_advert WHERE advert = ?1", [.integer(advert)])
      return try row?.text(0).map { try LinkRecord(stored: $0, advert: advert) }
    }
  }

  public mutating func save(_ record: LinkRecord) throws {
    cache.keep(record)
    let advert = SQLValue.integer(record.advert.id)
    try session.execute(
      """
      INSERT INTO link_advert (advert, body) VALUES (?1, ?2)
      ON CONFLICT (advert) DO UPDATE SET body = excluded.body
      """, [advert, .text(try record.stored())])
    let known = try session.rows("SELECT node FROM link_edge WHERE advert = ?1", [advert])
      .compactMap { $0.integer(0) }
    let nodes = try record.edges.map { try identifier(of: $0.node) }
    for node in Set(known).subtracting(nodes) {
      try session.execute(
        "DELETE FROM link_edge WHERE node = ?1 AND advert = ?2", [.integer(node), advert])
      // The name is an identifier, or a hash: it goes with the last advert that had it.
      try session.execute(
        """
        DELETE FROM link_node WHERE id = ?1
          AND NOT EXISTS (SELECT 1 FROM link_edge WHERE node = ?1)
        """, [.integer(node)])
    }
    for node in Set(nodes).subtracting(known) {
      try session.execute(
        "INSERT INTO link_edge (node, advert) VALUES (?1, ?2)", [.integer(node), advert])
    }
  }

  public mutating func remove(advert: Int64) throws {
    cache.forget(advert)
    // Its edges go with it.
    try session.execute("DELETE FROM link_advert WHERE advert = ?1", [.integer(advert)])
  }

  public func adverts(of node: LinkNode, most: Int) throws -> [Int64] {
    try session.rows(
      """
      SELECT e.advert FROM link_edge e JOIN link_node n ON n.id = e.node
      WHERE n.name = ?1 ORDER BY e.advert DESC LIMIT ?2
      """, [.text(node.text), SQLValue(most)]
    ).compactMap { $0.integer(0) }.reversed()
  }

  public func advertCount(of node: LinkNode) throws -> Int {
    let count = try session.integer(
      """
      SELECT COUNT(*) FROM link_edge e JOIN link_node n ON n.id = e.node WHERE n.name = ?1
      """, [.text(node.text)])
    return Int(count ?? 0)
  }

  public func standing(of node: LinkNode) throws -> NodeStanding? {
    try cache.standing(of: node) {
      let row = try session.row(
        "SELECT standing FROM link_node WHERE name = ?1", [.text(node.text)])
      return row?.text(0).flatMap(NodeStanding.init(text:))
    }
  }

  public mutating func save(_ standing: NodeStanding?, of node: LinkNode) throws {
    cache.keep(standing, of: node)
    try session.execute(
      "UPDATE link_node SET standing = ?2 WHERE name = ?1",
      [.text(node.text), SQLValue(standing?.text)])
  }

  private func identifier(of node: LinkNode) throws -> Int64 {
    let name = SQLValue.text(node.text)
    if let id = try session.integer("SELECT id FROM link_node WHERE name = ?1", [name]) {
      return id
    }
    guard
      let id = try session.integer("INSERT INTO link_node (name) VALUES (?1) RETURNING id", [name])
    else { throw CaseStoreError.failed("a link was not stored") }
    return id
  }
}
