import CaseStore

/// What a route asks of whoever asks for it.
enum Permission: Sendable, Hashable, CaseIterable {
  /// Nothing.
  case anybody
  /// An account that has signed in, whatever its role.
  case account
  /// Seeing adverts.
  case read
  /// Notes, and taking adverts to work on.
  case work
  /// Verdicts.
  case judge
  /// Seeing notices and what came of them.
  case notices
  /// Writing, approving and settling notices.
  case notify
  /// Trying changed patterns.
  case tryOut
  /// Seeing who saw what.
  case audit
  /// Seeing accounts.
  case administer

  /// The roles that have it.
  var roles: Set<Role> {
    switch self {
    case .anybody, .account: Set(Role.allCases)
    case .read: [.investigator, .analyst, .operator, .noticeOfficer]
    case .work: [.investigator, .analyst]
    case .judge: [.analyst]
    case .notices: [.noticeOfficer, .analyst, .investigator]
    case .notify: [.noticeOfficer]
    case .tryOut: [.analyst, .operator]
    case .audit: [.auditor]
    case .administer: [.administrator]
    }
  }

  /// Whether somebody with those roles has it.
  func isGiven(to roles: Set<Role>) -> Bool { !self.roles.isDisjoint(with: roles) }
}
