import Foundation

// linking-bench COUNT [--add N] [--dump FILE] [--store FOLDER] | --texts FILE: links invented adverts
// and prints JSON.
/// The words of a command line: options with a value, and what is left.
struct Arguments {
  private(set) var rest = Array(CommandLine.arguments.dropFirst())

  mutating func option(_ name: String) -> String? {
    guard let place = rest.firstIndex(of: name), place + 1 < rest.count else { return nil }
    let value = rest[place + 1]
    rest.removeSubrange(place...(place + 1))
    return value
  }
}

func print(json object: Any) throws {
  let data = try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys])
  print(String(decoding: data, as: UTF8.self))
}

var arguments = Arguments()
if let path = arguments.option("--texts") {
  try print(json: try groups(ofTexts: path))
  exit(0)
}
let added = arguments.option("--add").flatMap { Int($0) } ?? 0
let file = arguments.option("--dump")
let folder = arguments.option("--store")
guard let count = arguments.rest.first.flatMap({ Int($0) }), count > 0, added >= 0 else {
  FileHandle.standardError.write(
    Data(
      "usage: linking-bench COUNT [--add N] [--dump FILE] [--store FOLDER] | --texts FILE\n".utf8))
  exit(2)
}
let world = World(count: count + added)
if let file { try dump(world, file) }
if let folder {
  var measurement = try StoredMeasurement(world, in: URL(fileURLWithPath: folder))
  try measurement.measure()
  try print(json: measurement.report)
  exit(0)
}
var measurement = Measurement(world, count: count)
try measurement.run()
try print(json: measurement.report)
