#!/usr/bin/perl
# Passes everything on to the store.
use strict; use warnings; use IO::Socket::INET;
my $server = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => $ENV{PORT}, Listen => 64, ReuseAddr => 1) or die "listen: $!";
$SIG{CHLD} = 'IGNORE';
$SIG{TERM} = sub { exit 0 };
while (1) {
  my $client = $server->accept or next;
  next if fork;
  alarm 5; # a caller that says nothing must not keep us
  my $request = '';
  while (my $line = <$client>) { $request .= $line; last if $line =~ /^\r?\n$/; }
  my ($length) = $request =~ /content-length:\s*(\d+)/i;
  if ($length) { read($client, my $body, $length); $request .= $body; }
  my $store = IO::Socket::INET->new(PeerAddr => $ENV{STORE}, Timeout => 2);
  if ($request =~ m{^GET /health}) { answer($client, '200 OK', '{}'); }
  elsif (!$store) { answer($client, '502 Bad Gateway', '{}'); }
  else {
    $request =~ s/\r\n(connection|host):[^\r]*//gi;
    $request =~ s/\r\n/\r\nHost: store\r\nConnection: close\r\n/;
    print $store $request;
    local $/; my $all = <$store> // '';
    if ($all) { print $client $all; } else { answer($client, '502 Bad Gateway', '{}'); }
  }
  exit 0;
}
sub answer { my ($to, $status, $body) = @_;
  print $to "HTTP/1.1 $status\r\nContent-Length: " . length($body) . "\r\nConnection: close\r\n\r\n$body"; }
