#!/usr/bin/env bash
# Kills the real daemon N times (500 if not said) at every named moment and at random ones, and judges what is left:
# bench/kill.sh [N]. Takes a few seconds a kill. The result of such a run is in docs/proof.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec mvn -q -B -ntp -P '!checks' -pl app -am test -Dtest=KillCampaignTest -Dsurefire.failIfNoSpecifiedTests=false \
  -Dstepwell.kills="${1:-500}"
