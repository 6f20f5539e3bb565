#!/usr/bin/perl
# Prints a recording of 60 s at 20 requests a second: users write a note each and read it back.
use strict; use warnings;
for my $i (0 .. 1199) {
  my ($user, $write) = (int($i / 4) % 40 + 40 * int($i / 800), $i % 4 == 0);
  my $key = "note-$user-" . int($i / 4);
  my $type = $write ? ', "Content-Type": "application/json"' : '';
  my $path = $write ? '/notes' : '/notes/' . ($i % 4 == 3 ? 'seed-1' : $key);
  my $body = $write ? "{\\\"key\\\": \\\"$key\\\", \\\"text\\\": \\\"text of $i\\\"}" : '';
  printf qq({"offset_ms": %d, "method": "%s", "path": "%s", "headers": {"Cookie": "user=u%d"%s}, "body": "%s", "status": %d}\n),
    $i * 50, $write ? 'POST' : 'GET', $path, $user, $type, $body, $write ? 201 : 200;
}
