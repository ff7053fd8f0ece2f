#!/usr/bin/env bash
# Redfish clients that are not ours, against a lab BMC: each reads it, sets PXE once and restarts it.
# Takes them from Debian when it runs as root and they are missing; says clearly when it skips.
set -euo pipefail
cd "$(dirname "$0")/../.."

python=/usr/bin/python3
have() { command -v redfishtool >/dev/null && "$python" -c 'import sushy' 2>/dev/null; }
if ! have && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    redfishtool python3-sushy >/dev/null || true
fi
if ! have; then
  echo 'SKIPPED: redfishtool and python3-sushy are not installed (apt-get install redfishtool python3-sushy)'
  exit 0
fi
exec "${NODE:-node}" test/interop/run.mjs "$python"
