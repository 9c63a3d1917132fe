/// How an element takes part in parsing and in layout.
struct TagTraits: OptionSet, Sendable {
  let rawValue: UInt16

  /// Stands on lines of its own.
  static let block = TagTraits(rawValue: 1 << 0)
  /// Has no content.
  static let void = TagTraits(rawValue: 1 << 1)
  /// "Special" in the standard (section 13.2.4.2): stops the search of an end tag.
  static let special = TagTraits(rawValue: 1 << 2)
  /// "Formatting" in the standard.
  static let formatting = TagTraits(rawValue: 1 << 3)
  /// Closes an open paragraph.
  static let closesParagraph = TagTraits(rawValue: 1 << 4)
  /// Bounds the scope in which end tags look for their element.
  static let scope = TagTraits(rawValue: 1 << 5)
  /// Bounds the list of formatting elements to reopen.
  static let marker = TagTraits(rawValue: 1 << 6)
  /// Its end tag closes it and all in it, if it is in scope.
  static let closesInScope = TagTraits(rawValue: 1 << 7)
  /// Browsers do not show what is in it.
  static let unseen = TagTraits(rawValue: 1 << 8)
  /// What is in it is no content of the page.
  static let inert = TagTraits(rawValue: 1 << 9)
  /// Line ends in it count.
  static let preformatted = TagTraits(rawValue: 1 << 10)
  /// Leads out of SVG and MathML.
  static let breaksOut = TagTraits(rawValue: 1 << 11)
  /// A part of a table.
  static let tablePart = TagTraits(rawValue: 1 << 12)
  /// A landmark, or one in some places.
  static let landmark = TagTraits(rawValue: 1 << 13)
}

extension Tag {
  /// How the element takes part in parsing and in layout.
  var traits: TagTraits {
    switch self {
    case .article, .aside, .footer, .header, .main, .nav, .search:
      [.block, .special, .closesParagraph, .closesInScope, .landmark]
    case .address, .details, .dir, .fieldset, .figcaption, .figure, .hgroup, .section, .summary:
      [.block, .special, .closesParagraph, .closesInScope]
    case .blockquote, .center, .div, .dl, .menu, .ol, .ul:
      [.block, .special, .closesParagraph, .closesInScope, .breaksOut]
    case .dialog: [.block, .special, .closesParagraph, .closesInScope]
    case .pre, .listing:
      [.block, .special, .closesParagraph, .closesInScope, .preformatted, .breaksOut]
    case .p: [.block, .special, .closesParagraph, .breaksOut]
    case .h1, .h2, .h3, .h4, .h5, .h6: [.block, .special, .closesParagraph, .breaksOut]
    case .li, .dd, .dt: [.block, .special, .breaksOut]
    case .form: [.block, .special, .closesParagraph, .landmark]
    case .legend, .optgroup, .option: [.block]
    case .hr: [.block, .void, .special, .closesParagraph, .breaksOut]
    case .table: [.block, .special, .scope, .closesInScope, .breaksOut]
    case .caption: [.block, .special, .scope, .marker, .tablePart]
    case .tbody, .thead, .tfoot, .tr: [.block, .special, .tablePart]
    case .td, .th: [.special, .scope, .marker, .tablePart]
    case .colgroup: [.special, .tablePart, .inert]
    case .col: [.special, .void, .tablePart]
    case .template: [.special, .scope, .marker, .inert]
    case .html: [.block, .special, .scope]
    case .body: [.block, .special, .breaksOut]
    case .head: [.special, .breaksOut]
    case .applet, .marquee, .object: [.special, .scope, .marker, .closesInScope]
    case .button: [.special, .closesInScope]
    case .select: [.special]
    case .textarea: [.special, .preformatted]
    case .xmp, .plaintext: [.block, .special, .closesParagraph, .preformatted]
    case .a: [.formatting]
    case .b, .big, .code, .em, .i, .nobr, .s, .small, .strike, .strong, .tt, .u:
      [.formatting, .breaksOut]
    case .font: [.formatting]
    case .area, .base, .basefont, .bgsound, .frame, .input, .keygen, .link, .param, .source,
      .track, .wbr:
      [.special, .void]
    case .br, .embed, .img, .meta: [.special, .void, .breaksOut]
    case .image: [.void]
    case .script, .style, .noscript: [.special, .inert]
    case .iframe, .noembed, .noframes, .title: [.special, .unseen]
    case .audio, .video, .canvas, .datalist, .rp: [.unseen]
    case .ruby, .span, .sub, .sup, .var: [.breaksOut]
    default: []
    }
  }

  /// Whether it is `h1` to `h6`.
  var isHeading: Bool {
    switch self {
    case .h1, .h2, .h3, .h4, .h5, .h6: true
    default: false
    }
  }
}
