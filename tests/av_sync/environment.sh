#!/bin/sh
# A screen and a sound server of one's own: sourced by the scripts beside it.
#
#   . tests/av_sync/environment.sh; av_start WIDTHxHEIGHT   ... exports DISPLAY, PULSE_SERVER, ALSA_CONFIG_PATH
#   av_stop                                                 ... ends both (also run when the shell exits)
#
# The sound server has one null sink, `nul`; what is played to it can be recorded from `nul.monitor`. A recorder
# with short fragments stays attached to it: without one the sink wakes up every two seconds only.
# Needs Xvfb, pulseaudio with its ALSA plugin (libasound2-plugins), parec and ffmpeg.

AV_DIR="" AV_XVFB="" AV_PULSE="" AV_RECORDER="" AV_FFMPEG=""

av_need() {
    for tool in Xvfb pulseaudio parec pactl ffmpeg ffprobe python3; do
        command -v "$tool" >/dev/null 2>&1 || { echo "av-sync needs '$tool' (apt-get install xvfb pulseaudio pulseaudio-utils libasound2-plugins ffmpeg python3)" >&2; exit 3; }
    done
}

av_start_sound() {
    pulseaudio -n --daemonize=no --exit-idle-time=-1 --disallow-exit --use-pid-file=no \
        -L "module-native-protocol-unix socket=$AV_DIR/pulse.sock auth-anonymous=1" \
        -L "module-null-sink sink_name=nul rate=48000" >"$AV_DIR/pulse.log" 2>&1 &
    AV_PULSE=$!
    n=0
    until pactl info >/dev/null 2>&1; do
        n=$((n + 1)); [ $n -lt 50 ] || { echo "the sound server does not start:" >&2; cat "$AV_DIR/pulse.log" >&2; exit 3; }
        sleep 0.1
    done
    parec -d nul.monitor --latency-msec=5 --process-time-msec=5 --raw >/dev/null 2>&1 &
    AV_RECORDER=$!
}

av_stop_sound() {
    [ -n "$AV_PULSE" ] && kill -9 "$AV_PULSE" 2>/dev/null || true
    wait "$AV_PULSE" "$AV_RECORDER" 2>/dev/null || true
    AV_PULSE=""
}

av_start() {
    av_need
    AV_DIR=$(mktemp -d "${TMPDIR:-/tmp}/av-sync.XXXXXX")
    chmod 700 "$AV_DIR"
    trap av_stop EXIT
    trap 'exit 130' INT TERM
    export XDG_RUNTIME_DIR="$AV_DIR" PULSE_SERVER="unix:$AV_DIR/pulse.sock" ALSA_CONFIG_PATH="$AV_DIR/asound.conf"
    unset WAYLAND_DISPLAY
    cat >"$ALSA_CONFIG_PATH" <<'CONF'
</usr/share/alsa/alsa.conf>
pcm.!default { type pulse }
ctl.!default { type pulse }
CONF
    Xvfb -displayfd 3 -screen 0 "${1:-640x360}x24" -nolisten tcp 3>"$AV_DIR/display" >"$AV_DIR/xvfb.log" 2>&1 &
    AV_XVFB=$!
    n=0
    until [ -s "$AV_DIR/display" ]; do
        n=$((n + 1)); [ $n -lt 100 ] || { echo "the screen does not start:" >&2; cat "$AV_DIR/xvfb.log" >&2; exit 3; }
        sleep 0.1
    done
    DISPLAY=":$(cat "$AV_DIR/display")"
    export DISPLAY
    av_start_sound
}

av_stop() {
    trap - EXIT
    [ -n "$AV_FFMPEG" ] && kill "$AV_FFMPEG" 2>/dev/null && wait "$AV_FFMPEG" 2>/dev/null || true
    av_stop_sound
    [ -n "$AV_XVFB" ] && kill "$AV_XVFB" 2>/dev/null && wait "$AV_XVFB" 2>/dev/null || true
    [ -n "$AV_DIR" ] && rm -rf "$AV_DIR"
    return 0
}
