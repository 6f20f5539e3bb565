package dev.understudy.journal;

/// One line of a journal: when (nanoseconds on the run's timeline) and what.
public record Entry(long at, Event event) {}
