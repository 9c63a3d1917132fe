import Testing

@testable import Linking

@Suite struct WordReaderTests {
  @Test func spellingsOfOneTextReadAlike() {
    func hashes(_ text: String) -> [UInt32] { WordReader.read(Array(text.utf8), most: 100).hashes }
    #expect(hashes("Café ÎN Braşov") == hashes("cafe in brasov"))
    #expect(hashes("Ещё РАЗ") == hashes("еще раз"))
    #expect(hashes("don’t") == hashes("dont"))
    #expect(hashes("one two") != hashes("two one"))
    #expect(hashes("東京駅").count == 3)
    #expect(hashes("").isEmpty)
  }
}
