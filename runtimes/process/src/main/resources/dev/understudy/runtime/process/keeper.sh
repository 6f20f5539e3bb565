# The first process of an arm. Arguments: the arm's own directory, how many directories must stay visible, these, and the
# directories to hide. Builds the view, says "ready", and waits until its input ends; the kernel then kills the arm.
set -eu
own=$1; count=$2; shift 2

mount --make-rprivate /
mount -t proc proc /proc

# What lies below a directory that gets hidden is kept open and bound back afterwards.
exec 3<&0 4<"$own"
n=5; kept=
while [ "$count" -gt 0 ]; do
  eval "exec $n<\"\$1\""; kept="$kept $n:$1"; n=$((n + 1)); count=$((count - 1)); shift
done

for hidden; do
  [ -d "$hidden" ] || continue
  mount -t tmpfs -o mode=1777 none "$hidden"
done

covered() { ! [ "$(stat -c %d:%i "$1" 2>/dev/null)" = "$(stat -L -c %d:%i "/proc/self/fd/$2")" ]; }
for entry in $kept; do
  fd=${entry%%:*}; path=${entry#*:}
  if covered "$path" "$fd"; then
    mkdir -p "$path"; mount --no-canonicalize -o bind "/proc/self/fd/$fd" "$path"
  fi
done
# Last, so that no other view of it lies on top.
mkdir -p "$own"; mount --no-canonicalize -o bind /proc/self/fd/4 "$own"

# Read-only, all of it, but the arm's own directory and the new empty ones. What can't be reached can't be changed.
while read -r _ _ _ _ at _; do
  case $at in
    "$own"|/proc|/tmp|/dev/shm) continue ;;
  esac
  at=$(printf %b "$at")
  mount -o remount,bind,ro "$at" 2>/dev/null || [ ! -w "$at" ] || { echo "can't make $at read-only"; exit 1; }
done < /proc/self/mountinfo
mount --bind /proc/sys /proc/sys && mount -o remount,bind,ro /proc/sys
mount --bind /dev/null /proc/sysrq-trigger 2>/dev/null || true

i=4; while [ "$i" -lt "$n" ]; do eval "exec $i<&-"; i=$((i + 1)); done
echo ready
exec >/dev/null 2>&1
cat <&3 &
wait $!
