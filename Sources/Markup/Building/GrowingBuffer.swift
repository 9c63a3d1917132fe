/// An array of plain values with one owner.
///
/// Half of the time of building a document went into asking whether arrays are shared, copying
/// what they hold and counting references. This one cannot be shared, and hands out its values in
/// place. Indices are checked.
struct GrowingBuffer<Value: BitwiseCopyable>: ~Copyable {
  private(set) var count = 0
  private var capacity: Int
  private var base: UnsafeMutablePointer<Value>

  init(capacity: Int = 64) {
    self.capacity = max(1, capacity)
    base = .allocate(capacity: self.capacity)
  }

  deinit { base.deallocate() }

  /// The values.
  @inline(__always)
  var values: UnsafeBufferPointer<Value> { UnsafeBufferPointer(start: base, count: count) }

  @inline(__always)
  subscript(index: Int) -> Value {
    _read {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "index out of range")
      yield base[index]
    }
    _modify {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "index out of range")
      yield &base[index]
    }
  }

  @inline(__always)
  mutating func append(_ value: Value) {
    if count == capacity { grow(by: 1) }
    (base + count).initialize(to: value)
    count += 1
  }

  @inline(__always)
  mutating func append(contentsOf values: UnsafeBufferPointer<Value>) {
    if capacity - count < values.count { grow(by: values.count) }
    if let start = values.baseAddress {
      (base + count).initialize(from: start, count: values.count)
      count += values.count
    }
  }

  /// Takes the last values off.
  @inline(__always)
  mutating func shorten(to length: Int) { count = min(count, max(0, length)) }

  @inline(never)
  private mutating func grow(by added: Int) {
    let wanted = max(capacity * 2, count + added)
    let larger = UnsafeMutablePointer<Value>.allocate(capacity: wanted)
    larger.moveInitialize(from: base, count: count)
    base.deallocate()
    base = larger
    capacity = wanted
  }

  /// The values as an array.
  var array: [Value] { Array(values) }
}
