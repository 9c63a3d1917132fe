import ChildPrograms
import Testing

@Suite struct ChildProgramTests {
  @Test func childrenAreKeptWithinTheirLimits() throws {
    let shell = try #require(ChildProgram.path(of: "sh"))
    var child = ChildProgram(path: shell)
    #expect(child.run(["-c", "cat"], input: Array("given".utf8)) == Array("given".utf8))
    #expect(child.run(["-c", "exit 3"]) == nil)
    #expect(child.run(["-c", "echo $ADWATCH_DATA_SETS$USER"]) == [0x0A], "it saw our environment")
    child.limits.output = 1000
    #expect(child.run(["-c", "yes"]) == nil)
    child.limits = .init(seconds: 0.2)
    #expect(child.run(["-c", "exec sleep 30"]) == nil)
    #expect(ChildProgram(path: "/nowhere/program").run([]) == nil)
  }

  @Test func muchIsGivenAndTaken() throws {
    let shell = try #require(ChildProgram.path(of: "sh"))
    let child = ChildProgram(path: shell, limits: .init(writesNothing: true))
    let much = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 * 31) }
    #expect(child.run(["-c", "cat"], input: much) == much)
    // It need not read what it is given.
    #expect(child.run(["-c", "echo no"], input: much) == Array("no\n".utf8))
    #expect(child.run(["-c", "echo x > /tmp/adwatch-child-wrote"]) == nil, "it wrote to a file")
  }

  @Test func theProgramKnowsWhereItIs() throws {
    #expect(try #require(ChildProgram.ownPath).hasPrefix("/"))
  }
}
