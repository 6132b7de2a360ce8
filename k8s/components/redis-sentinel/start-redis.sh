#!/bin/sh
# Starts this Redis as what the sentinels say it is: the master, or a replica of it. Waits until they say something.
set -eu
me="$(hostname).redis"

master() {
  until found="$(redis-cli --tls --cacert /etc/redis/server/ca.crt -h redis-sentinel -p 26379 \
      --user health --pass health --no-auth-warning sentinel get-master-addr-by-name meridian 2>/dev/null | head -n 1)" \
      && [ -n "$found" ]; do
    sleep 1
  done
  echo "$found"
}

master="$(master)"
# A master that lost its disk must not come back empty and have the replicas forget too: it waits until one of them has taken over.
# In a new region there is none, and it stays the master.
if [ "$master" = "$me" ] && ! ls /data/appendonly* >/dev/null 2>&1; then
  sleep 30
  master="$(master)"
fi

{
  echo "include /etc/redis/config/redis.conf"
  echo "include /etc/redis/server/replication.conf"
  echo "replica-announce-ip $me"
  echo "replica-announce-port 6379"
  [ "$master" = "$me" ] || echo "replicaof $master 6379"
} > /run/redis/redis.conf
exec redis-server /run/redis/redis.conf
