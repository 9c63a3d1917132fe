public import Vocabulary
public import WebAddress

/// A site we watch, as declared in `Seeds/<name>.yaml` (format `adwatch.source/1`).
public struct Source: Sendable {
  /// The file it was read from.
  public var file: String
  /// Its name: lower-case letters, digits and hyphens.
  public var name: String
  /// Where crawling begins.
  public var start: [Address]
  /// What belongs to the site.
  public var scope: ScopeSettings
  /// Which addresses are adverts, and where the site's own identifier stands in them.
  public var adverts: AdvertSettings
  /// Which addresses list adverts.
  public var listings: [URLPattern]
  /// Whether the sitemaps that the site's robots.txt names are taken up.
  public var sitemaps = false
  /// What the site's adverts offer, when the site has only one form.
  public var form: Form?
  /// ISO 3166 alpha-2, upper case; what phone numbers and prices are read against.
  public var country: String?
  /// How often pages are visited again.
  public var schedule: ScheduleSettings
  /// How gently the site is treated.
  public var politeness: PolitenessSettings
  /// How the site is reached.
  public var network: NetworkSettings
  /// What has to be done before the site shows its pages.
  public var steps: [GateStep] = []
  /// Whether pages are read after their scripts have run.
  public var render = RenderPolicy.none
  /// What becomes of images.
  public var images: ImagePolicy
  /// Why the site is watched.
  public var purpose: String
  /// On what legal basis.
  public var legalBasis: String
  /// Seconds for which what is collected is kept; nil for the general rule.
  public var retention: Double?
  /// Who answers for the crawl.
  public var `operator`: Operator

  /// The politeness group of an address of this source: the operator's name for it, else the address's own.
  public func group(for address: Address) -> String {
    politeness.group ?? address.politenessGroup
  }
}

extension Source {
  /// What belongs to a site.
  public struct ScopeSettings: Sendable {
    /// Hosts that may be visited; those of the start addresses when the file names none.
    public var hosts: [HostPattern]
    /// When not empty: only addresses that match one of these, an advert or a listing pattern.
    public var include: [URLPattern] = []
    /// Addresses that are never visited; beats everything else.
    public var exclude: [URLPattern] = []
    /// Links to follow from a start address.
    public var depth: Int = 20
    /// Addresses that are ever taken up; nil for no such limit.
    public var pages: Int?

    public init(hosts: [HostPattern]) { self.hosts = hosts }
  }

  /// How adverts are recognised by address.
  public struct AdvertSettings: Sendable {
    /// Addresses of adverts.
    public var url: [URLPattern] = []
    /// Patterns with `{id}`.
    public var id: [URLPattern] = []

    public init() {}

    /// The site's identifier in an address, by the first pattern that has one.
    public func identifier(in address: Address) -> String? {
      for pattern in id {
        if let found = pattern.identifier(in: address) { return found }
      }
      for pattern in url where pattern.capturesIdentifier {
        if let found = pattern.identifier(in: address) { return found }
      }
      return nil
    }
  }

  /// How often pages are visited.
  public struct ScheduleSettings: Sendable, Hashable {
    /// Seconds between visits to a listing, the mean of all of them.
    public var listings: Double = 6 * 3600
    /// Seconds that two visits to a listing lie apart at least; nil is a twelfth of `listings`.
    public var shortest: Double?
    /// Seconds that they lie apart at most; nil is eight times `listings`.
    public var longest: Double?
    /// Seconds between visits to an advert that changes.
    public var adverts: Double = 24 * 3600
    /// When visits are allowed.
    public var calendar = VisitCalendar()

    public init() {}

    /// What the learned intervals of listings keep to.
    public var limits: ListingSchedule.Limits {
      ListingSchedule.Limits(
        usual: listings, shortest: shortest ?? listings / 12, longest: longest ?? listings * 8)
    }
  }

  /// How gently a site is treated.
  public struct PolitenessSettings: Sendable, Hashable {
    /// Seconds between two requests to the group; 0 only for this machine itself.
    public var delay: Double = Politeness.defaultDelay
    /// The name of the group; nil for the registrable domain.
    public var group: String?
    /// The legal order that takes addresses out of robots.txt; nil when it is obeyed everywhere.
    public var robotsOrder: RobotsOrder?
    /// Requests to the group at the same time.
    public var concurrency: Int = 1

    public init() {}
  }

  /// How a site is reached.
  public struct NetworkSettings: Sendable {
    /// Address ranges that may be connected to although they are not public.
    public var allow: [AddressRange] = []
    /// Where requests go through; nil for straight to the site.
    public var proxy: ProxySettings?
    /// File of certificates that are trusted besides the system's.
    public var ca: String?
    /// Sent with every request to the site's hosts, in the order of the file.
    public var cookies: [Cookie] = []
    /// Whether HTTP/2 may be used.
    public var http2: Bool = true

    public init() {}
  }

  /// A proxy that resolves names itself.
  public struct ProxySettings: Sendable, Hashable {
    /// Where the login is; never in the source's file, which goes into the custody log.
    public enum LoginPlace: Sendable, Hashable {
      /// The first line of a file that nobody else may read.
      case file(String)
      /// A variable of the environment.
      case environment(String)
    }

    /// `http`, `https`, `socks5h` or `socks4a` URL without a login.
    public var address: String
    /// Where `user:password` is; nil for none.
    public var login: LoginPlace?
    /// Whether the source gets a SOCKS name of its own in each run, by which Tor keeps circuits apart.
    public var hasCircuits = false
    /// What tells from where a site sees us; nil when that is to stay unknown.
    public var echo: Address?

    public init(address: String) { self.address = address }
  }

  /// A cookie that an operator sets by hand, such as the answer to an age gate.
  public struct Cookie: Sendable, Hashable {
    /// A token (RFC 6265 section 4.1.1).
    public var name: String
    /// Cookie octets.
    public var value: String

    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// What makes a page of a site's answer.
  public enum RenderPolicy: String, Sendable, Hashable, Codable, CaseIterable {
    /// The answer is the page.
    case none
    /// A headless browser runs its scripts.
    case browser
  }

  /// What becomes of images.
  public enum ImagePolicy: String, Sendable, Hashable, Codable, CaseIterable {
    /// Not fetched.
    case none
    /// Fetched, hashed and let go.
    case hash
    /// Fetched and kept.
    case keep
  }

  /// Who answers for a crawl.
  public struct Operator: Sendable, Hashable {
    /// Person or body.
    public var name: String?
    /// Where a webmaster can complain; goes into the `User-Agent` when it is set.
    public var contact: String?

    public init(name: String? = nil, contact: String? = nil) {
      self.name = name
      self.contact = contact
    }
  }
}
