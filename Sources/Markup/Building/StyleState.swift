/// What an element's own attributes say about whether its text is seen.
struct StyleDeclarations: BitwiseCopyable, Sendable {
  enum FontSize: UInt8, Sendable {
    case zero
    /// Of a size that does not depend on the parent's.
    case absolute
  }

  /// A colour as written.
  enum Colour: BitwiseCopyable, Sendable, Equatable {
    case rgb(UInt32)
    case transparent
    /// One that cannot be told from the markup.
    case unknown
  }

  var display: Bool?
  var isVisible: Bool?
  var fontSize: FontSize?
  var isTransparent = false
  var isOffscreen = false
  var hasHiddenAttribute = false
  var isAriaHidden = false
  var isUnseenElement = false
  var isInert = false
  var isPreformatted: Bool?
  var colour: Colour?
  var background: Colour?

  /// Whether it changes anything for the text in the element.
  var isEffective: Bool {
    display == false || isVisible != nil || fontSize != nil || isTransparent || isOffscreen
      || hasHiddenAttribute || isAriaHidden || isUnseenElement || isInert || colour != nil
      || background != nil
      || isPreformatted != nil
  }
}

/// What an element and those around it say about whether its text is seen.
struct StyleState: BitwiseCopyable, Sendable {
  /// Why the text cannot be seen, whatever an element in it says.
  private(set) var lasting: HiddenText.Reason?
  private(set) var isVisible = true
  private(set) var isFontZero = false
  private(set) var colour = StyleDeclarations.Colour.unknown
  private(set) var background = StyleDeclarations.Colour.unknown
  private(set) var isInert = false
  private(set) var isPreformatted = false
  /// Why the text is not seen; nil when it is.
  private(set) var reason: HiddenText.Reason?

  /// Whether it leaves no box, so that it breaks no line.
  var isBoxless: Bool {
    switch lasting {
    case .display, .hiddenAttribute, .element: true
    default: isInert
    }
  }

  /// The state in an element.
  func applying(_ own: StyleDeclarations) -> StyleState {
    var state = self
    if own.isInert { state.isInert = true }
    if let value = own.isPreformatted { state.isPreformatted = value }
    if let value = own.isVisible { state.isVisible = value }
    switch own.fontSize {
    case .zero: state.isFontZero = true
    case .absolute: state.isFontZero = false
    case nil: break
    }
    if let value = own.colour { state.colour = value }
    if let value = own.background, value != .transparent { state.background = value }
    if state.lasting == nil {
      if own.display == false {
        state.lasting = .display
      } else if own.hasHiddenAttribute, own.display != true {
        state.lasting = .hiddenAttribute
      } else if own.isUnseenElement {
        state.lasting = .element
      } else if own.isTransparent {
        state.lasting = .opacity
      } else if own.isOffscreen {
        state.lasting = .offscreen
      } else if own.isAriaHidden {
        state.lasting = .ariaHidden
      }
    }
    state.reason = state.lasting ?? state.reversible
    return state
  }

  /// A reason that an element inside can undo.
  private var reversible: HiddenText.Reason? {
    if !isVisible { return .visibility }
    if isFontZero { return .fontSize }
    if colour == .transparent { return .sameColour }
    if case .rgb(let text) = colour, case .rgb(let behind) = background, text == behind {
      return .sameColour
    }
    return nil
  }
}
