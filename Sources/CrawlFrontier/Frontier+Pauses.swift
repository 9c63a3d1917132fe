public import Vocabulary

extension Frontier {
  /// Sets what a person has paused, by name: sources, and whole politeness groups.
  ///
  /// What is paused stays due in the store; what is under way comes in. What is paused no longer goes on
  /// with the next `next(at:)`, as politely as ever.
  public mutating func pause(
    sources: Set<String>, groups: Set<String>, at now: Timestamp
  ) {
    let isResumed = !pausedSources.subtracting(sources).isEmpty
    pausedSources = sources
    pausedGroups = groups
    for index in slots.indices {
      let wasPaused = slots[index].isPaused
      slots[index].isPaused = groups.contains(slots[index].state.key)
      slots[index].window.removeAll { sources.contains($0.source) }
      // Whose addresses they are, the store knows: every group is asked once more.
      if isResumed || (wasPaused && !slots[index].isPaused) {
        slots[index].due = earliest(slots[index].due, now)
      }
      reschedule(index, at: now)
    }
  }
}
