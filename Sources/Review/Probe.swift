import Hummingbird
import Mustache

struct Probe {
  func router() -> Router<BasicRequestContext> { Router() }
}
