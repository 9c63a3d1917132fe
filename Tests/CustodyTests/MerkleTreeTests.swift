import Bytes
import Custody
import Foundation
import TestSupport
import Testing

@Suite struct MerkleTreeTests {
  private func tree(_ count: Int) -> MerkleTree {
    var tree = MerkleTree()
    for index in 0..<count { tree.append(entry(index)) }
    return tree
  }

  private func entry(_ index: Int) -> [UInt8] { Array("entry \(index)".utf8) }

  /// The example of RFC 6962's own implementation: the tree over eight well-known entries.
  @Test func theRootsOfTheReferenceTreeAreFound() throws {
    let entries = [
      "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
      "606162636465666768696a6b6c6d6e6f",
    ]
    let roots = [
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
      "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
      "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
      "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]
    var tree = MerkleTree()
    for (index, hex) in entries.enumerated() {
      tree.append(try #require(Hex.decode(hex)))
      #expect(tree.root(count: index + 1)?.hex == roots[index])
    }
    #expect(tree.root(count: 9) == nil)
  }

  @Test func everyProofLeadsToTheRootAndToNoOther() throws {
    for count in 1...33 {
      let tree = tree(count)
      let root = try #require(tree.root(count: count))
      for index in 0..<count {
        let proof = try #require(tree.proof(of: index, count: count))
        func found(_ entry: [UInt8], _ index: Int, _ proof: [SHA256Digest]) -> SHA256Digest? {
          MerkleTree.root(of: entry, at: index, count: count, proof: proof)
        }
        #expect(found(entry(index), index, proof) == root)
        #expect(found(entry(index + 1), index, proof) != root)
        if count > 1 {
          #expect(found(entry(index), (index + 1) % count, proof) != root)
          #expect(found(entry(index), index, Array(proof.dropLast())) != root)
        }
        #expect(found(entry(index), index, proof + [root]) != root)
      }
      #expect(tree.proof(of: count, count: count) == nil)
    }
  }

  @Test func aRootOfLessIsThatOfTheSmallerTree() {
    let all = tree(40)
    for count in 0...40 { #expect(all.root(count: count) == tree(count).root(count: count)) }
  }

  @Test(.enabled(if: Tools.have("python"), "no python in ADWATCH_TOOLS"))
  func pymerkleFindsTheSameRoots() throws {
    let script = """
      from pymerkle import InmemoryTree
      tree = InmemoryTree(algorithm='sha256')
      for index in range(70):
          tree.append_entry(b'entry %d' % index)
          print(tree.get_root().hex())
      """
    let result = try Tools.run("python", ["-c", script])
    #expect(result.status == 0, "\(result.output)")
    let tree = tree(70)
    let roots = result.output.split(separator: "\n").map(String.init)
    #expect(roots == (1...70).map { tree.root(count: $0)?.hex ?? "" })
  }
}
