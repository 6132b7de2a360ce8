#!/bin/sh
# A node of the cluster, known by its name.
set -eu
{
  echo "include /etc/redis/config/redis.conf"
  echo "include /etc/redis/server/replication.conf"
  echo "cluster-announce-hostname $(hostname).redis"
} > /run/redis/redis.conf
exec redis-server /run/redis/redis.conf
