#!/bin/sh
# All tests. The pictures' references were made by Mesa's software rasteriser, so that one is demanded where it is there.
set -eu
cargo=${1:-cargo}
icd=$(ls /usr/share/vulkan/icd.d/lvp_icd*.json 2>/dev/null | head -n 1 || true)
if [ -n "$icd" ]; then
    export VK_DRIVER_FILES="$icd" VK_ICD_FILENAMES="$icd" WGPU_BACKEND=vulkan REQUIRE_GPU=1
fi
unset RHETOR_ASSETS
# The whole of them runs in less than half the time so; a single one is built sooner without.
export CARGO_PROFILE_TEST_OPT_LEVEL="${CARGO_PROFILE_TEST_OPT_LEVEL:-1}"
# Property tests draw the same cases in each run, so that a change is judged by what it does; PROPTEST_RNG_SEED=N and
# PROPTEST_CASES=N draw others.
export PROPTEST_RNG_SEED="${PROPTEST_RNG_SEED:-1}"
exec "$cargo" test --all-features
