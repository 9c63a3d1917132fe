import Foundation
import Markup

// markup-bench LIST time ROUNDS   seconds that reading all pages of LIST takes, one round a line
// markup-bench LIST text          what was read: a record a page, for agreement.py
// markup-bench LIST digest        a hash of all that was read and the path, a page a line: what a change
//                                 of the reader must leave as it was
//
// LIST is a file with one path a line.

let arguments = CommandLine.arguments
guard arguments.count >= 3 else {
  FileHandle.standardError.write(
    Data("usage: markup-bench LIST time ROUNDS | text | digest\n".utf8))
  exit(2)
}
let paths = try String(contentsOfFile: arguments[1], encoding: .utf8).split(separator: "\n")
  .map(String.init)
let pages = try paths.map { try [UInt8](Data(contentsOf: URL(fileURLWithPath: $0))) }
if arguments[2] == "text" {
  for (path, page) in zip(paths, pages) {
    let document = Document(bytes: page, declaredEncoding: nil)
    FileHandle.standardOutput.write(Data(PageRecord(path, document).bytes))
  }
} else if arguments[2] == "digest" {
  for (path, page) in zip(paths, pages) {
    print(PageDigest(Document(bytes: page, declaredEncoding: nil)).hex, path)
  }
} else {
  let rounds = arguments.count > 3 ? Int(arguments[3]) ?? 1 : 1
  for _ in 0..<rounds {
    var kept = 0
    let start = threadSeconds()
    for page in pages {
      let document = Document(bytes: page, declaredEncoding: nil)
      kept &+= document.text.count
      for link in document.links { kept &+= link.withHref { $0.count } }
    }
    print(threadSeconds() - start, kept)
  }
}

/// Processor time of this thread in seconds.
func threadSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
