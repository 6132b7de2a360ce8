#!/bin/sh
# The sentinel writes what it learns into its configuration, so that lives on its disk and is made only once.
set -eu
conf=/data/sentinel.conf
if [ ! -e "$conf" ]; then
  {
    cat /etc/redis/config/sentinel.conf /etc/redis/server/sentinel-auth.conf
    echo "sentinel announce-ip $(hostname).redis-sentinel"
    echo "sentinel announce-port 26379"
  } > "$conf.new"
  mv "$conf.new" "$conf"
fi
exec redis-sentinel "$conf"
