#!/usr/bin/env bash
# Starts an image once as it is run in earnest, with a read-only root and no capabilities, as a demonstration, and waits for its first decision.
# From the project's root: src/main/docker/try.sh meridian:native. Takes the ports 8080, 9000 and 8100 of this machine.
set -euo pipefail
image=$1
restricted=(--read-only --cap-drop ALL --security-opt no-new-privileges --tmpfs /tmp:exec --tmpfs /var/lib/meridian:uid=10001)

docker run --rm "${restricted[@]}" "$image" --help
# The demonstration listens on 127.0.0.1 only; its rules are not in the image.
container=$(docker run --detach --network host "${restricted[@]}" -v "$PWD/edge-config:/opt/meridian/edge-config:ro" "$image" serve --demo)
trap 'docker logs "$container"; docker rm --force "$container"' EXIT
curl --silent --show-error --fail --retry 60 --retry-delay 1 --retry-connrefused --max-time 5 \
    'http://127.0.0.1:8080/v1/decide/home-hero?country=DE&device=mobile'
