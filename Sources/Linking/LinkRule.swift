/// Every limit of linking, by name.
public struct LinkRule: Sendable, Hashable {
  // MARK: Texts

  /// Texts of fewer words are not linked: short ones are alike by chance.
  public var textWords = 8
  /// Words beyond this many are not read.
  public var mostWords = 1_000
  /// Words in a shingle.
  public var shingle = 3
  /// Bands of the signature; two hashes each.
  public var bands = 20
  /// Sentences of fewer words are no candidates' key and never become known passages.
  public var sentenceWords = 4
  /// The most sentences of a text that are keys.
  public var sentences = 32
  /// The most templates that are looked at under one key.
  public var holders = 16
  /// The most templates that a text is aligned with.
  public var candidates = 8
  /// A slot holds at most so many words; where both texts have more, they have passages of their own.
  public var slotWords = 12
  /// A passage in so many otherwise different texts is common: it leads to no candidates.
  public var commonTexts = 8
  /// A shared passage of so many words suggests a link, where it does not join.
  public var passageWords = 16

  // MARK: Adverts

  /// The most selectors of an advert that are ties, those in its own words first.
  public var selectors = 64
  /// The most names, and the most places, that are taken for words that vary.
  public var names = 32
  /// Sightings of an advert at one place are kept so many days apart, and the last one.
  public var sightingDays = 7
  /// The most sightings of an advert that are kept, the latest.
  public var sightings = 200

  // MARK: Nodes

  /// A selector read with less confidence only suggests.
  public var confidence = 0.6
  /// How many adverts of a node are looked at, the latest first to stay.
  public var nodeAdverts = 500
  /// Employers beside a hub.
  public var hubEmployers = 5
  /// Otherwise different texts beside a hub.
  public var hubTexts = 25
  /// Sources of a hub.
  public var hubSources = 6
  /// Accounts of a hub.
  public var hubAccounts = 25
  /// Names beside a hub.
  public var hubNames = 40
  /// Contacts beside one text of one source, above which the text is the source's own form.
  public var formContacts = 25
  /// One measure at so many times its limit makes a hub by itself; below that it takes two.
  public var hubFactor = 4
  /// Contacts beside a picture above which it is a stock picture or a logo, when most of the adverts
  /// that show it have one of their own.
  public var pictureContacts = 12

  // MARK: Images

  /// Bits of 64 in which two images may differ and still be alike, at most 7.
  public var imageDistance = 5
  /// The most images that are looked at under one key.
  public var imageHolders = 64

  // MARK: Clusters

  /// Two groups of so many adverts each are joined only by two nodes.
  public var bulk = 50
  /// Where so many adverts hang together with what is new, and are not new themselves, they are not
  /// settled again: new adverts are attached to their clusters as they are.
  public var settledAdverts = 2_000
  /// Adverts of a node that are asked for their cluster when a new one is attached.
  public var attachingAdverts = 8
  /// The most suggestions that are told of a cluster.
  public var suggestions = 100

  // MARK: Windows

  /// Days in which places count together.
  public var placeDays = 30
  /// Days in which names and ages count together.
  public var personDays = 365
  /// Days without a sighting after which the next one at the same place is another stay.
  public var absenceDays = 14
  /// Hours from one arrival to the next; adverts that follow sooner are in both places at once.
  public var legHours = 12
  /// Places of the shortest round.
  public var circuitPlaces = 3
  /// Counts end here: beyond it more adverts change nothing.
  public var most = 100

  public init() {}
}
