#!/usr/bin/env bash
# Lets the application in this folder start and answer once as a demonstration, and keeps what the JVM learnt: as an AOT cache from JDK 25
# on, as an archive of classes (AppCDS) before. Writes java.options, the options to start it with: java @java.options -jar quarkus-run.jar.
# Takes TRAIN_PORT (18080) and the one after it.
set -euo pipefail
port=${TRAIN_PORT:-18080}
version=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/.*java\.specification\.version = //p')

if [ "$version" -ge 25 ]; then
    record=-XX:AOTCacheOutput=$PWD/meridian.aot
    use=-XX:AOTCache=$PWD/meridian.aot
else
    record=-XX:ArchiveClassesAtExit=$PWD/meridian.jsa
    use=-XX:SharedArchiveFile=$PWD/meridian.jsa
fi
options=()
if [ "$version" -ge 24 ]; then
    # Said aloud, or the JVM warns of it at every start: ONNX Runtime is native code, protobuf and MessagePack use sun.misc.Unsafe.
    options+=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)
fi

# call <method> <path> <body>: prints the status of a call; nothing while nobody listens.
call() {
    exec 3<>"/dev/tcp/127.0.0.1/$port" || return 0
    printf '%s %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s' \
        "$1" "$2" "${#3}" "$3" >&3
    sed -n '1s/^HTTP[^ ]* \([0-9]*\).*/\1/p' <&3
    exec 3>&-
} 2>/dev/null

java "${options[@]}" "$record" -jar quarkus-run.jar serve --demo --port="$port" --management-port="$((port + 1))" --admin-port=0 &
process=$!
visit='{"placements":[{"id":"home-hero","count":2}],"subject":{"ids":[{"ns":"customer","id":"c-1001"}]},"context":{"country":"DE"}}'
for _ in $(seq 1 600); do
    [ "$(call POST /v1/decide "$visit")" = 200 ] && break
    kill -0 "$process"
    sleep 0.2
done
for _ in $(seq 1 200); do
    [ "$(call POST /v1/decide "$visit")" = 200 ]
    [ "$(call GET '/v1/decide/home-hero?country=DE&device=mobile' '')" = 200 ]
    [ "$(call POST /ofrep/v1/evaluate/flags '{"context":{"targetingKey":"c-1001","country":"DE"}}')" = 200 ]
done
kill -TERM "$process"
wait "$process" || true
# Half of the container's memory for the heap, which would be a quarter: the rest is for models, buffers and code, and is not counted there.
# Without memory for an object the process ends, and is started again, rather than go on with whatever thread is left.
# Not CPUs: how many threads decide is the service's setting (QUARKUS_VERTX_EVENT_LOOPS_POOL_SIZE), and the compiler may use what is idle.
# None of these in the run above: an archive is only good for a heap laid out alike, and half of a large machine is not.
printf '%s\n' "${options[@]}" "$use" -XX:MaxRAMPercentage=50 -XX:+ExitOnOutOfMemoryError >java.options
[ -s "${use#*=}" ]
