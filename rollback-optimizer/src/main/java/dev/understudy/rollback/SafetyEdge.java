package dev.understudy.rollback;

/// An order between two steps that nobody declared and that is kept for safety: `before` ends before `after`
/// begins.
public record SafetyEdge(String before, String after, String reason) {
    @Override
    public String toString() {
        return before + " before " + after + ": " + reason;
    }
}
