/// The name of an element, interned.
///
/// All elements of the HTML standard, the obsolete ones that still have a parsing rule, and those
/// of SVG and MathML that the rules for foreign content name.
public enum Tag: UInt8, BitwiseCopyable, Sendable, Hashable, CaseIterable {
  /// A name that is none of the others; `Document.name(of:)` knows it.
  case other
  case a, abbr, acronym, address, applet, area, article, aside, audio, b, base, basefont, bdi
  case bdo, bgsound, big, blink, blockquote, body, br, button, canvas, caption, center, cite
  case code, col, colgroup, data, datalist, dd, del, details, dfn, dialog, dir, div, dl, dt, em
  case embed, fieldset, figcaption, figure, font, footer, form, frame, frameset, h1, h2, h3, h4
  case h5, h6, head, header, hgroup, hr, html, i, iframe, image, img, input, ins, kbd, keygen
  case label, legend, li, link, listing, main, map, mark, marquee, menu, meta, meter, nav, nobr
  case noembed, noframes, noscript, object, ol, optgroup, option, output, p, param, picture
  case plaintext, pre, progress, q, rb, rp, rt, rtc, ruby, s, samp, script, search, section
  case select, slot, small, source, span, strike, strong, style, sub, summary, sup, table, tbody
  case td, template, textarea, tfoot, th, thead, time, title, tr, track, tt, u, ul, `var`, video
  case wbr, xmp, svg, math, mi, mo, mn, ms, mtext, mglyph, malignmark, annotationXML, desc
  case foreignobject, text

  /// The name in lower case; empty for `other`.
  public var name: String {
    switch self {
    case .other: ""
    case .annotationXML: "annotation-xml"
    default: "\(self)"
    }
  }
}
