package dev.understudy.scenario;

/// Where something is written: a file as the user named it, a line and a column, both counted from 1.
public record Place(String file, int line, int column) implements Comparable<Place> {

    /// `file:line:col`, the form editors and terminals make clickable.
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }

    @Override
    public int compareTo(Place other) {
        int byFile = file.compareTo(other.file);
        if (byFile != 0) {
            return byFile;
        }
        return line != other.line ? Integer.compare(line, other.line) : Integer.compare(column, other.column);
    }
}
