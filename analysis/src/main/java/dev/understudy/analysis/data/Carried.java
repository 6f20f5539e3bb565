package dev.understudy.analysis.data;

/// One named value that a request or an answer carries.
///
/// @param pointer where it stands: a JSON pointer, `path/2`, `query/x`, `cookie/x`, `location/1`
/// @param subject what it is about, see [Naming#subject]
/// @param value as text; `null` is not carried
/// @param identifies whether its name or its place says that it identifies something
/// @param inList whether it stands in a list, whose order may differ between arms
record Carried(String pointer, String subject, String value, boolean identifies, boolean inList) {}
