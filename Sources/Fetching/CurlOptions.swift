import CCurl

/// Sets options of a curl handle and remembers the first that was refused.
struct CurlOptions {
  let handle: OpaquePointer
  private(set) var code = CURLE_OK

  init(handle: OpaquePointer) { self.handle = handle }

  mutating func check(_ result: CURLcode) {
    if code == CURLE_OK { code = result }
  }

  mutating func set(_ option: CURLoption, _ value: Int) {
    check(ccurl_set_long(handle, option, value))
  }

  mutating func set(_ option: CURLoption, _ value: String?) {
    check(ccurl_set_string(handle, option, value))
  }

  mutating func set(_ option: CURLoption, _ value: UnsafeMutablePointer<curl_slist>?) {
    check(ccurl_set_list(handle, option, value))
  }

  mutating func set(_ option: CURLoption, _ value: UnsafeMutablePointer<CChar>) {
    check(ccurl_set_pointer(handle, option, value))
  }
}
