#!/usr/bin/perl
# Keeps notes as files in DATA_DIR. POST /notes {"key": "...", "text": "..."}, GET /notes/KEY.
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
    open(my $file, '>', "$ENV{DATA_DIR}/$key.txt") or die; print $file $text; close $file;
    ($status, $answer) = ('201 Created', note($key, $text));
  } elsif ($path =~ m{^/notes/([a-z0-9-]+)$} && open(my $file, '<', "$ENV{DATA_DIR}/$1.txt")) {
    local $/; ($status, $answer) = ('200 OK', note($1, <$file> // ''));
  }
  print $client "HTTP/1.1 $status\r\nContent-Type: application/json\r\nContent-Length: " . length($answer) . "\r\nConnection: close\r\n\r\n$answer";
  exit 0;
}
sub note { my ($key, $text) = @_;
  my $more = $version eq '2.0' ? ', "length": ' . length($text) : '';
  return "{\"key\": \"$key\", \"text\": \"$text\"$more}"; }
