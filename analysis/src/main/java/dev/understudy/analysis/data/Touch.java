package dev.understudy.analysis.data;

/// A write that names something.
///
/// @param created whether only its answer names it: the write made it
/// @param aimed whether the path of the request ends in it: a DELETE of it deletes it
record Touch(PairedExchange exchange, boolean created, boolean aimed) {}
