#!/usr/bin/perl
# Keeps notes as files in DATA_DIR. POST /notes {"key": "...", "text": "..."}, GET /notes/KEY.
# 2.0 answers with a note's length, too, and reads two kinds of files. 3.0 also writes the new kind.
use strict; use warnings; use IO::Socket::INET;
my $version = shift // '1.0';
my $server = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => $ENV{PORT}, Listen => 64, ReuseAddr => 1) or die "listen: $!";
$SIG{CHLD} = 'IGNORE';
$SIG{TERM} = sub { exit 0 };
while (1) {
  my $client = $server->accept or next;
  next if fork;
  alarm 5; # a caller that says nothing must not keep us
  my $head = '';
  while (my $line = <$client>) { last if $line =~ /^\r?\n$/; $head .= $line; }
  my ($length) = $head =~ /content-length:\s*(\d+)/i;
  my $body = '';
  read($client, $body, $length) if $length;
  my ($method, $path) = $head =~ /^(\S+) (\S+)/;
  my ($status, $answer) = ('404 Not Found', '{}');
  if ($path eq '/health') { ($status, $answer) = ('200 OK', '{}'); }
  elsif ($method eq 'POST' && $body =~ /"key":\s*"([a-z0-9-]+)".*"text":\s*"([^"]*)"/) {
    my ($key, $text) = ($1, $2);
    my $kind = $version eq '3.0' ? 'note' : 'txt';
    open(my $file, '>', "$ENV{DATA_DIR}/$key.$kind") or die; print $file $text; close $file;
    ($status, $answer) = ('201 Created', note($key, $text));
  } elsif ($path =~ m{^/notes/([a-z0-9-]+)$}) {
    my $key = $1;
    for my $kind ($version eq '1.0' ? ('txt') : ('note', 'txt')) {
      open(my $file, '<', "$ENV{DATA_DIR}/$key.$kind") or next;
      local $/; ($status, $answer) = ('200 OK', note($key, <$file> // ''));
      last;
    }
  }
  print $client "HTTP/1.1 $status\r\nContent-Type: application/json\r\nContent-Length: " . length($answer) . "\r\nConnection: close\r\n\r\n$answer";
  exit 0;
}
sub note { my ($key, $text) = @_;
  my $more = $version ne '1.0' ? ', "length": ' . length($text) : '';
  return "{\"key\": \"$key\", \"text\": \"$text\"$more}"; }
